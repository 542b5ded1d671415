// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.grammar.Expression;
import dev.espalier.schemas.characters.DerivedTexts;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.format.TextReading;
import org.jspecify.annotations.Nullable;

/** The texts of a pattern that are derived while they are read. Equal by the pattern's expression. */
final class DerivedKind implements TextKind {

    private final DerivedTexts texts;
    private final Expression expression;
    private final int hash;

    DerivedKind(DerivedTexts texts, Expression expression) {
        this.texts = texts;
        this.expression = expression;
        this.hash = expression.hashCode();
    }

    @Override
    public @Nullable TextReading begin() {
        return reading(texts.start());
    }

    private @Nullable TextReading reading(DerivedTexts.@Nullable Place place) {
        return place == null ? null : new Reading(texts, place);
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public String what() {
        return "a pattern";
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DerivedKind that && hash == that.hash && expression.equals(that.expression));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private record Reading(DerivedTexts texts, DerivedTexts.Place place) implements TextReading {

        @Override
        public @Nullable TextReading next(int codePoint, int room) {
            DerivedTexts.Place next = texts.next(place, codePoint);
            return next == null ? null : new Reading(texts, next);
        }

        @Override
        public boolean isAccepted() {
            return texts.isWhole(place);
        }

        @Override
        public int charactersLeft() {
            return texts.characters(place);
        }

        @Override
        public int bytesLeft() {
            return texts.bytes(place);
        }

        @Override
        public @Nullable String ending() {
            return texts.ending(place);
        }

        @Override
        public int like(int codePoint) {
            return texts.like(place, codePoint);
        }

        @Override
        public int sameUntil(int codePoint) {
            return texts.sameUntil(place, codePoint);
        }

        @Override
        public int alikeUntil(int codePoint) {
            return texts.sameUntil(place, codePoint);
        }
    }
}
