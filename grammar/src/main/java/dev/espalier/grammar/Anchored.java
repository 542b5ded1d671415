package dev.espalier.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a regular expression matches, by what it demands of its surroundings: nothing, that it begins where
 * the text begins ({@code ^}), that it ends where the text ends ({@code $}), or both.
 */
final class Anchored {

    static final int FREE = 0;
    static final int START = 1;
    static final int END = 2;
    static final int BOTH = START | END;

    /** One of the four languages, and whether the empty text is in it. */
    record Part(Expression expression, boolean nullable) {

        static final Part EMPTY = new Part(Expression.EMPTY, true);
    }

    private final @Nullable Part[] parts;

    private Anchored(@Nullable Part[] parts) {
        this.parts = parts;
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

    /** The free part of something without anchors; null if there are some. */
    @Nullable
    Part plain() {
        return parts[START] == null && parts[END] == null && parts[BOTH] == null ? parts[FREE] : null;
    }

    /** Collects languages by their demands. */
    static final class Builder {

        private final List<List<Expression>> expressions = new ArrayList<>(4);
        private final boolean[] nullable = new boolean[4];

        Builder() {
            for (int demand = FREE; demand <= BOTH; demand++) {
                expressions.add(new ArrayList<>(1));
            }
        }

        void add(int demand, Part part) {
            expressions.get(demand).add(part.expression());
            nullable[demand] |= part.nullable();
        }

        Anchored build() {
            @Nullable Part[] parts = new Part[4];
            for (int demand = FREE; demand <= BOTH; demand++) {
                List<Expression> union = expressions.get(demand);
                if (!union.isEmpty()) {
                    parts[demand] = new Part(new PlainAlgebra().choice(union), nullable[demand]);
                }
            }
            return new Anchored(parts);
        }
    }
}
