// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagFormat.AnyText;
import dev.espalier.tag.Tags;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reasoning that comes before an answer, between two marks. It is free text up to the first end mark; the answer follows the gap. Immutable.
 *
 * @param begin the mark before it
 * @param end the mark behind it
 * @param gap what stands between the end mark and the answer
 * @param start how it begins
 * @param maxTokens how many tokens may end in it before its end is written; empty for any number
 */
public record Reasoning(String begin, String end, String gap, Start start, OptionalInt maxTokens) {

    /** The name that its text has among the {@linkplain dev.espalier.sampler.SamplingParameters#parts() parts} of the whole. */
    public static final String PART = "reasoning";

    /** The name that the answer has. */
    public static final String ANSWER_PART = "answer";

    /** If the model wants to, between {@code <think>} and {@code </think>}, with an empty line before the answer: as Qwen 3, DeepSeek R1 and many others write it. */
    public static final Reasoning THINK =
            new Reasoning("<think>", "</think>", "\n\n", Start.ALLOWED, OptionalInt.empty());

    /** How reasoning begins. */
    public enum Start {
        /** The model may begin with it, or with the answer. */
        ALLOWED,
        /** The model begins with it. */
        REQUIRED,
        /** The prompt ends inside it, behind the begin mark. */
        BEGUN
    }

    /**
     * Checks the marks.
     *
     * @throws InvalidInputException if a mark is empty
     */
    public Reasoning {
        Objects.requireNonNull(gap, "gap");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(maxTokens, "maxTokens");
        if (begin.isEmpty() || end.isEmpty()) {
            throw new InvalidInputException("reasoning needs a mark before it and one behind it");
        }
    }

    /** The same, begun in another way. */
    public Reasoning with(Start other) {
        return new Reasoning(begin, end, gap, other, maxTokens);
    }

    /**
     * The same, closed when so many tokens have ended in it: no further character is begun then, and the end mark is written.
     *
     * @throws InvalidInputException if the number is negative
     */
    public Reasoning atMost(int tokens) {
        if (tokens < 0) {
            throw new InvalidInputException("expected a number of tokens ≥ 0, but not " + tokens);
        }
        return new Reasoning(begin, end, gap, start, OptionalInt.of(tokens));
    }

    /** The format of a text with an answer behind the reasoning. */
    TagFormat format() {
        TagFormat thought = Tags.sequence(
                Tags.tag(
                        start == Start.BEGUN ? "" : begin,
                        Tags.span(PART, new AnyText(List.of(), OptionalInt.empty(), maxTokens)),
                        end),
                Tags.text(gap));
        return Tags.sequence(
                start == Start.ALLOWED ? Tags.optional(thought) : thought,
                Tags.span(ANSWER_PART, Tags.output(ANSWER_PART)));
    }

    /** The reasoning in a text that was written, whether it was ended or not; empty if there is none. */
    Optional<String> thought(String text) {
        int from = start == Start.BEGUN ? 0 : begin.length();
        if (start != Start.BEGUN && !text.startsWith(begin)) {
            return Optional.empty();
        }
        int to = text.indexOf(end, from);
        return Optional.of(text.substring(from, to < 0 ? text.length() : to));
    }

    /** The answer in a whole text. */
    String answer(String text) {
        int from = start == Start.BEGUN ? 0 : begin.length();
        int to = start == Start.BEGUN || text.startsWith(begin) ? text.indexOf(end, from) : -1;
        return to < 0 ? text : text.substring(to + end.length() + gap.length());
    }
}
