// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;

/** What a task asks for. */
public enum TaskKind {
    /** The values that a text names. */
    EXTRACTION(256),
    /** One label of a few. */
    CLASSIFICATION(32),
    /** A short reason, and the answer to a question. */
    REASONING(128);

    private final int budget;

    TaskKind(int budget) {
        this.budget = budget;
    }

    /** The most tokens of an answer. */
    public int budget() {
        return budget;
    }

    /** What it is called on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a name.
     *
     * @throws InvalidInputException if there is none
     */
    public static TaskKind parse(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "no tasks are called " + name + "; there are " + Arrays.toString(values())));
    }
}
