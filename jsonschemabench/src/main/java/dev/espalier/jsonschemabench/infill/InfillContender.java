// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The strategies that are compared. */
public enum InfillContender {
    /** Exact masks. */
    EXACT(InfillStrategy.exact()),
    /** Look ahead, then verify. */
    LOOK_AHEAD(InfillStrategy.lookAhead()),
    /** The test that takes gaps to be of any length. */
    ANY_LENGTH(InfillStrategy.anyLength()),
    /** No constraint. */
    FREE(InfillStrategy.unconstrained());

    private final InfillStrategy strategy;

    InfillContender(InfillStrategy strategy) {
        this.strategy = strategy;
    }

    InfillStrategy strategy() {
        return strategy;
    }

    /** Its name in results and on the command line: {@code look-ahead}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The strategy of a name.
     *
     * @throws InvalidInputException if there is none
     */
    @JsonCreator
    public static InfillContender parse(String label) {
        return Arrays.stream(values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("\"" + label + "\" is no strategy; known are "
                        + List.of(values()).stream().map(InfillContender::label).toList()));
    }
}
