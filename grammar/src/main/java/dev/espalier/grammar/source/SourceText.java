// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.Limits;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A source as code points, with the places of its errors. Immutable once made. */
public final class SourceText {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final String name;
    private final String text;
    private final int[] codePoints;

    private SourceText(String name, String text) {
        this(name, text, text.codePoints().toArray());
    }

    private SourceText(String name, String text, int[] codePoints) {
        this.name = name;
        this.text = text;
        this.codePoints = codePoints;
    }

    /**
     * A file: UTF-8 without a byte-order mark and without NUL.
     *
     * @throws LimitExceededException past {@code maxSourceBytes}
     * @throws SyntaxException if it is not such a text
     */
    public static SourceText file(String name, byte[] utf8, Limits limits) {
        checkSize(name, utf8.length, limits);
        CharBuffer chars = CharBuffer.allocate(utf8.length);
        ByteBuffer bytes = ByteBuffer.wrap(utf8);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
        String decoded = chars.flip().toString();
        if (result.isError()) {
            Place place = Place.in(name, decoded, decoded.length());
            throw new SyntaxException("the text is not well-formed UTF-8 at byte " + bytes.position(), place);
        }
        SourceText source = new SourceText(name, decoded);
        source.checkCharacters();
        return source;
    }

    /**
     * A pattern, which may hold any Unicode scalar value.
     *
     * @throws LimitExceededException past {@code maxSourceBytes}
     * @throws SyntaxException if it has an unpaired surrogate
     */
    public static SourceText pattern(String name, String text, Limits limits) {
        checkSize(name, text.length(), limits);
        SourceText source = new SourceText(name, text);
        source.checkSurrogates();
        return source;
    }

    /**
     * A file that is a string already.
     *
     * @throws LimitExceededException past {@code maxSourceBytes}
     * @throws SyntaxException if it has an unpaired surrogate, a byte-order mark or NUL
     */
    public static SourceText file(String text, Limits limits) {
        pattern("", text, limits);
        return file("", text.getBytes(StandardCharsets.UTF_8), limits);
    }

    private static void checkSize(String name, long bytes, Limits limits) {
        if (bytes > limits.maxSourceBytes()) {
            Place place = new Place(name, 0, 0, "", "");
            throw new LimitExceededException("maxSourceBytes", limits.maxSourceBytes(), bytes, place);
        }
    }

    private void checkCharacters() {
        if (codePoints.length > 0 && codePoints[0] == BYTE_ORDER_MARK) {
            throw error("the text starts with a byte-order mark; save it as UTF-8 without one", 0);
        }
        for (int i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == 0) {
                throw error("a NUL character; write \\x00 for it inside a literal", i);
            }
        }
    }

    private void checkSurrogates() {
        for (int i = 0; i < codePoints.length; i++) {
            if (isSurrogate(codePoints[i])) {
                throw error("an unpaired surrogate is not a character", i);
            }
        }
    }

    /** Whether a number is one of the code points that no text contains. */
    public static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /**
     * The same source with some stretches, such as comments, read as blanks; places do not change.
     *
     * @param bounds where each stretch begins, and ends
     */
    public SourceText blanked(IntList bounds) {
        int[] seen = codePoints.clone();
        for (int i = 0; i + 1 < bounds.size(); i += 2) {
            Arrays.fill(seen, bounds.get(i), bounds.get(i + 1), ' ');
        }
        return new SourceText(name, text, seen);
    }

    String name() {
        return name;
    }

    /** The length in code points. */
    public int length() {
        return codePoints.length;
    }

    /** The code point at an index, or -1 past the end. */
    public int at(int index) {
        return index < codePoints.length ? codePoints[index] : -1;
    }

    /** Whether a line ends at an index. */
    public boolean isLineEnd(int index) {
        return at(index) == '\n' || at(index) == '\r';
    }

    /** The text between two indexes of code points; the second is not included. */
    public String slice(int from, int to) {
        int end = Math.min(to, codePoints.length);
        return from >= end ? "" : new String(codePoints, from, end - from);
    }

    /** The place of the code point at an index. Cost: linear in the text. */
    public Place place(int index) {
        return Place.in(name, text, text.offsetByCodePoints(0, Math.min(index, codePoints.length)));
    }

    /** An error at the code point at an index. */
    public SyntaxException error(String message, int index) {
        return new SyntaxException(message, place(index));
    }
}
