// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import dev.espalier.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;

/** Where drafts come from. */
public enum DraftKind {
    /** Copied from the prompt and the text. */
    PROMPT,
    /** The same, and written by a smaller model where nothing can be copied. */
    MODEL,
    /** As {@link #PROMPT}, and from earlier steps where nothing can be copied. */
    RECYCLED;

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
    public static DraftKind parse(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "no drafts are called " + name + "; there are " + Arrays.toString(values())));
    }
}
