// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a regular expression matches, by what it demands of its surroundings: nothing, that it begins where
 * the text begins ({@code ^}), that it ends where the text ends ({@code $}), or both.
 */
final class Anchored {

    /** Any text. */
    static final Expression ANYTHING =
            new Expression.Repeat(new Expression.CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED);

    static final int FREE = 0;
    static final int START = 1;
    static final int END = 2;
    static final int BOTH = START | END;

    /** One of the four languages, and whether the empty text is in it. */
    record Part(Expression expression, boolean nullable) {

        static final Part EMPTY = new Part(Expression.EMPTY, true);
    }

    /** No look-ahead. */
    static final int NOWHERE = -1;

    private final @Nullable Part[] parts;
    private final @Nullable LookAhead lookAhead;
    private final int lookAheadAt;

    private Anchored(@Nullable Part[] parts, @Nullable LookAhead lookAhead, int lookAheadAt) {
        this.parts = parts;
        this.lookAhead = lookAhead;
        this.lookAheadAt = lookAheadAt;
    }

    /**
     * A demand on everything that follows up to the end of the text.
     *
     * @param negative whether it is that what follows does not begin with {@code body}
     * @param body what follows begins with
     */
    record LookAhead(boolean negative, Anchored body) {}

    /** A look-ahead that has not met what follows it yet. */
    static Anchored of(LookAhead lookAhead, int offset) {
        return new Anchored(new Part[4], lookAhead, offset);
    }

    /** A language that demands nothing. */
    static Anchored free(Expression expression, boolean nullable) {
        return of(FREE, new Part(expression, nullable));
    }

    /** {@code ^} or {@code $}. */
    static Anchored assertion(int demand) {
        return of(demand, Part.EMPTY);
    }

    /** Nothing but a language with one demand. */
    static Anchored of(int demand, Part part) {
        Builder builder = new Builder();
        builder.add(demand, part);
        return builder.build();
    }

    /** The language with exactly this demand; null: there is none. */
    @Nullable
    Part part(int demand) {
        return parts[demand];
    }

    /** The look-ahead that this is; null for anything else. */
    @Nullable
    LookAhead lookAhead() {
        return lookAhead;
    }

    /**
     * Where the last look-ahead inside this is written, or {@link #NOWHERE}. What was under a look-ahead reaches up to
     * the end of the text and can be followed by nothing.
     */
    int lookAheadAt() {
        return lookAheadAt;
    }

    /** The free part of something without anchors and look-aheads; null if there are some. */
    @Nullable
    Part plain() {
        boolean demands = parts[START] != null || parts[END] != null || parts[BOTH] != null || lookAheadAt != NOWHERE;
        return demands ? null : parts[FREE];
    }

    /** Collects languages by their demands. */
    static final class Builder {

        private final List<List<Expression>> expressions = new ArrayList<>(4);
        private final boolean[] nullable = new boolean[4];
        private int lookAheadAt = NOWHERE;

        public Builder() {
            for (int demand = FREE; demand <= BOTH; demand++) {
                expressions.add(new ArrayList<>(1));
            }
        }

        public void add(int demand, Part part) {
            expressions.get(demand).add(part.expression());
            nullable[demand] |= part.nullable();
        }

        /** Takes over where a part has its look-ahead. */
        void reachesAsFarAs(Anchored part) {
            lookAheadAt = Math.max(lookAheadAt, part.lookAheadAt);
        }

        public Anchored build() {
            @Nullable Part[] parts = new Part[4];
            for (int demand = FREE; demand <= BOTH; demand++) {
                List<Expression> union = expressions.get(demand);
                if (!union.isEmpty()) {
                    parts[demand] = new Part(new PlainAlgebra().choice(union), nullable[demand]);
                }
            }
            return new Anchored(parts, null, lookAheadAt);
        }
    }
}
