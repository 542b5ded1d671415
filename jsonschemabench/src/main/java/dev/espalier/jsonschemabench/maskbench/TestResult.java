// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalInt;

/**
 * What became of an instance.
 *
 * @param valid whether the schema must accept it
 * @param accepted whether all its tokens were accepted, and its end
 * @param tokens how many tokens it has
 * @param rejectedAt the index of the first token that was refused; {@code tokens} for the end; empty if accepted
 */
public record TestResult(
        boolean valid,
        boolean accepted,
        int tokens,
        @JsonInclude(JsonInclude.Include.ALWAYS) OptionalInt rejectedAt) {

    /** An instance that was accepted. */
    public static TestResult accepted(boolean valid, int tokens) {
        return new TestResult(valid, true, tokens, OptionalInt.empty());
    }

    /** An instance that was refused at a token. */
    public static TestResult rejected(boolean valid, int tokens, int at) {
        return new TestResult(valid, false, tokens, OptionalInt.of(at));
    }
}
