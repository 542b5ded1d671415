// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.gap;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Given texts with gaps between them, one more text than gaps; any of them may be empty. Immutable.
 *
 * <pre>{@code
 * GappedText.of("{\"name\": ").gap(1, 12).text(", \"born\": ").gap(1, 4).text("}")
 * }</pre>
 *
 * @param texts the given texts
 * @param gaps the gap after each but the last of them
 */
public record GappedText(List<String> texts, List<Gap> gaps) {

    /**
     * Copies the lists.
     *
     * @throws InvalidInputException unless there is one more text than gaps
     */
    public GappedText {
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(gaps, "gaps");
        texts = List.copyOf(texts);
        gaps = List.copyOf(gaps);
        if (texts.size() != gaps.size() + 1) {
            throw new InvalidInputException(
                    texts.size() + " texts have " + (texts.size() - 1) + " gaps between them, not " + gaps.size());
        }
    }

    /** A text without gaps, to be continued with {@link #gap} and {@link #text}. */
    public static GappedText of(String text) {
        Objects.requireNonNull(text, "text");
        return new GappedText(List.of(text), List.of());
    }

    /** As {@link #parse(String, String)}, of a text without a name. */
    public static GappedText parse(String text) {
        return parse("", text);
    }

    /**
     * Reads a text with gaps, as people write them: {@code {"name":"[[4-12]]","tags":[[[*]]]}}. Cost: linear in the text.
     *
     * <ul>
     *   <li>{@code [[8]]} is a gap of exactly eight tokens, {@code [[4-12]]} of four to twelve, {@code [[4-*]]} of four or
     *       more, {@code [[*]]} of any number, none included. Everything else is given text.
     *   <li>Of more than two opening brackets in a row the last two begin a gap: {@code [[[8]]]} is a gap in brackets.
     *   <li>Where two brackets are meant, a backslash stands before them: {@code \[[}. A backslash before a gap or before such
     *       brackets is doubled; elsewhere it is a backslash.
     * </ul>
     *
     * @param source what the text is called in messages; may be empty
     * @throws dev.espalier.core.error.SyntaxException if two brackets are neither a gap nor escaped, or the bounds of a gap are out of
     *     order; says where
     */
    public static GappedText parse(String source, String text) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(text, "text");
        return GapSyntax.read(source, text);
    }

    /** This, with more text at the end. */
    public GappedText text(String more) {
        Objects.requireNonNull(more, "more");
        List<String> longer = new ArrayList<>(texts);
        longer.set(gaps.size(), longer.get(gaps.size()) + more);
        return new GappedText(longer, gaps);
    }

    /**
     * This, with a gap of a number of tokens between two bounds, inclusive, at the end.
     *
     * @throws InvalidInputException unless 0 ≤ least ≤ most
     */
    public GappedText gap(int least, int most) {
        if (most < least) {
            throw new InvalidInputException("a gap cannot have " + least + " to " + most + " tokens");
        }
        return with(new Gap(least, most));
    }

    /**
     * This, with a gap of any number of tokens from one on at the end.
     *
     * @throws InvalidInputException if the number is negative
     */
    public GappedText gapFrom(int least) {
        return with(new Gap(least, Gap.UNLIMITED));
    }

    private GappedText with(Gap gap) {
        List<String> moreTexts = new ArrayList<>(texts);
        moreTexts.add("");
        List<Gap> moreGaps = new ArrayList<>(gaps);
        moreGaps.add(gap);
        return new GappedText(moreTexts, moreGaps);
    }
}
