// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.Nanos;
import java.util.Objects;

/**
 * One text that the model wrote.
 *
 * @param end how it ended
 * @param error why, where it is an error
 * @param text what was written
 * @param faults what the validator holds against it; empty if it is valid, and where it is not complete
 * @param promptTokens tokens that the model read first
 * @param tokens tokens of the text
 * @param forcedTokens how many of them were certain, and committed without asking the model
 * @param firstTokenNanos from the schema's text, compilation included, to the first token that the model was asked for; 0 if
 *     there is none
 * @param tokenNanos the mean time of each later token, those of attempts that were taken back included; 0 if there is none
 * @param totalNanos from the schema's text to the end
 */
public record Writing(
        @JsonProperty("outcome") End end,
        String error,
        String text,
        String faults,
        int promptTokens,
        int tokens,
        int forcedTokens,
        @Nanos("first_token_us") long firstTokenNanos,
        @Nanos("token_us") long tokenNanos,
        @Nanos("total_us") long totalNanos) {

    /** How a text ended. */
    public enum End {
        /** It is whole: a text of the schema, or, written freely, one that the model ended by itself. */
        COMPLETE,
        /** No token was left before it was whole. */
        CUT,
        /** It could be continued in bytes, but by no token. */
        DEAD_END,
        /** It took too long. */
        TIMEOUT,
        /** The model failed, or the request could not be served. */
        ERROR
    }

    /** Refuses what has no end. */
    public Writing {
        Objects.requireNonNull(end);
    }

    /** A text that was never begun. */
    static Writing failed(String error) {
        return new Writing(End.ERROR, error, "", "", 0, 0, 0, 0, 0, 0);
    }

    boolean isComplete() {
        return end == End.COMPLETE;
    }

    /** Whether it is complete and the validator finds no fault. */
    @JsonProperty("valid")
    boolean isValid() {
        return isComplete() && faults.isEmpty();
    }
}
