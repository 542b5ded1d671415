// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * What a text of a language cost: one line of {@code results.jsonl}.
 *
 * @param language what it is written in
 * @param origin where it is from
 * @param end how it ended
 * @param reasons why, if that is not the end of the text
 * @param characters code points of the text
 * @param tokens tokens of the text
 * @param read tokens that were allowed
 * @param compileNanos grammar text to compiled grammar
 * @param firstMaskNanos grammar text to first mask
 * @param steps mask and commit of each token, the least time of all readings
 * @param parts the text in parts of equal length
 * @param mostNodes trie nodes that the widest mask visited
 * @param heapFirstHalf bytes held after half of the tokens
 * @param heapSecondHalf bytes held more at the end
 * @param stacks how large sets of stacks got
 */
public record LanguageResult(
        @JsonProperty("id") Language language,
        String origin,
        End end,
        List<Reason> reasons,
        int characters,
        int tokens,
        int read,
        @Nanos("compile_us") long compileNanos,
        @Nanos("first_mask_us") long firstMaskNanos,
        @JsonProperty("step_ns") LatencyHistogram steps,
        List<Part> parts,
        long mostNodes,
        long heapFirstHalf,
        long heapSecondHalf,
        StackSizes stacks)
        implements ResultsFile.Result {

    /** How a text ended. */
    public enum End {
        /** All tokens were allowed, and the text may end there. */
        READ,
        /** The grammar does not allow it. */
        REFUSED,
        /** A limit was reached, or something went wrong. */
        FAILED
    }

    /**
     * A tenth of a text.
     *
     * @param tokens how many tokens
     * @param nanos mask and commit of all of them, each one's least time of all readings
     * @param nodes trie nodes that were visited, in the first reading
     * @param allocated bytes that were allocated, in the last reading
     */
    public record Part(int tokens, long nanos, long nodes, long allocated) {}

    /** Copies the lists. */
    public LanguageResult {
        Objects.requireNonNull(language);
        Objects.requireNonNull(end);
        reasons = List.copyOf(reasons);
        parts = List.copyOf(parts);
    }

    /** A text of which nothing is known but why. */
    static LanguageResult failed(LanguageText text, int tokens, Reason reason) {
        int characters = text.text().codePointCount(0, text.text().length());
        return new LanguageResult(
                text.language(),
                text.origin(),
                End.FAILED,
                List.of(reason),
                characters,
                tokens,
                0,
                0,
                0,
                new LatencyHistogram(),
                List.of(),
                0,
                0,
                0,
                StackSizes.NONE);
    }

    @Override
    public String id() {
        return language.label();
    }

    @JsonProperty("step_us")
    JsonNode stepFigures() {
        return steps.figures();
    }

    /** The mean time of a token in a part, in microseconds; 0 of nothing. */
    double micros(int part) {
        Part one = parts.get(part);
        return one.tokens() == 0 ? 0 : one.nanos() / 1000.0 / one.tokens();
    }
}
