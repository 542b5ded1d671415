// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.util.function.Predicate;

/**
 * A text read so far that is judged only when it is whole.
 *
 * @param kind the language of which the whole text must be
 * @param text the text read so far
 */
public record WholeText(TextKind kind, String text) implements TextReading {

    /** A language whose texts are judged only when they are whole. */
    public interface Kind extends TextKind, Predicate<String> {

        @Override
        default TextReading begin() {
            return new WholeText(this, "");
        }

        @Override
        default boolean isExact() {
            return false;
        }

        @Override
        default boolean contains(String text) {
            return test(text);
        }
    }

    @Override
    public TextReading next(int codePoint, int room) {
        return new WholeText(kind, text + Character.toString(codePoint));
    }

    @Override
    public boolean isAccepted() {
        return kind.contains(text);
    }

    @Override
    public int charactersLeft() {
        return 0;
    }

    @Override
    public int bytesLeft() {
        return 0;
    }

    @Override
    public int sameUntil(int codePoint) {
        return codePoint;
    }

    @Override
    public int alikeUntil(int codePoint) {
        return Character.MAX_CODE_POINT;
    }
}
