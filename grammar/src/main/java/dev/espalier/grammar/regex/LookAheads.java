// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import static dev.espalier.grammar.regex.Anchored.BOTH;
import static dev.espalier.grammar.regex.Anchored.END;
import static dev.espalier.grammar.regex.Anchored.FREE;
import static dev.espalier.grammar.regex.Anchored.START;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.regex.Anchored.LookAhead;
import dev.espalier.grammar.regex.Anchored.Part;
import dev.espalier.grammar.source.SourceText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies look-aheads exactly: what follows one, up to the end of the text, is intersected with what it demands, or
 * loses what it forbids. That is possible where nothing outside its own group follows the group.
 */
final class LookAheads {

    private final SourceText source;
    private final Expression tail;
    private int depth;

    /**
     * Look-aheads of one pattern.
     *
     * @param tail what may follow the whole pattern: anything when it is searched for, the empty text otherwise
     */
    LookAheads(SourceText source, Expression tail) {
        this.source = source;
        this.tail = tail;
    }

    /** The parser enters a look-ahead, inside which anything may follow. */
    void open() {
        depth++;
    }

    /** The parser leaves a look-ahead. */
    void close() {
        depth--;
    }

    /**
     * Checks that something holds no look-ahead.
     *
     * @throws UnsupportedFeatureException if it does
     */
    void checkFree(Anchored item) {
        if (item.lookAheadAt() != Anchored.NOWHERE) {
            throw unsupported(item);
        }
    }

    private UnsupportedFeatureException unsupported(Anchored item) {
        return new UnsupportedFeatureException(
                "look-ahead",
                "a look-ahead can be enforced only in the pattern's outermost sequence, or in a group that nothing"
                        + " follows or repeats",
                source.place(item.lookAheadAt()));
    }

    /**
     * What follows a look-ahead, restricted to what it allows.
     *
     * @param item the look-ahead
     * @param following what follows it in its sequence
     * @param before what stands between it and the look-ahead before it
     */
    Anchored apply(Anchored item, Anchored following, Anchored before) {
        LookAhead lookAhead = Objects.requireNonNull(item.lookAhead());
        Part anywhere = beginning(lookAhead.body(), false);
        Part atStart = beginning(lookAhead.body(), true);
        Part inside = toEnd(following, FREE, END);
        Part fromStart = toEnd(following, START, BOTH);
        if (lookAhead.body().part(START) != null || lookAhead.body().part(BOTH) != null) {
            // the look-ahead says more at the text's start than anywhere else
            fromStart = union(fromStart, inside);
            if (isStart(before)) {
                inside = null;
            } else if (lookAhead.negative() && mayBeEmpty(before)) {
                throw unsupported(item);
            }
        }
        Anchored.Builder result = new Anchored.Builder();
        result.reachesAsFarAs(item);
        add(result, END, restricted(inside, anywhere, lookAhead.negative()));
        add(result, BOTH, restricted(fromStart, atStart, lookAhead.negative()));
        return result.build();
    }

    private static void add(Anchored.Builder result, int demand, @Nullable Part part) {
        if (part != null) {
            result.add(demand, part);
        }
    }

    /** All texts that begin with what a look-ahead describes; those that hold only at the text's start if wanted. */
    private static @Nullable Part beginning(Anchored body, boolean atStart) {
        Part free = followed(body.part(FREE), Anchored.ANYTHING);
        Part texts = union(free, body.part(END));
        if (atStart) {
            Part more = union(followed(body.part(START), Anchored.ANYTHING), body.part(BOTH));
            texts = union(texts, more);
        }
        return texts;
    }

    private @Nullable Part toEnd(Anchored following, int open, int closed) {
        Part completed = followed(following.part(open), depth > 0 ? Anchored.ANYTHING : tail);
        return union(completed, following.part(closed));
    }

    private static @Nullable Part followed(@Nullable Part part, Expression tail) {
        if (part == null || tail.equals(Expression.EMPTY)) {
            return part;
        }
        return part.nullable()
                ? new Part(tail, true)
                : new Part(Expression.Sequence.of(part.expression(), tail), false);
    }

    private static @Nullable Part union(@Nullable Part a, @Nullable Part b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new Part(Expression.Choice.of(a.expression(), b.expression()), a.nullable() || b.nullable());
    }

    private static @Nullable Part restricted(@Nullable Part texts, @Nullable Part demand, boolean negative) {
        if (texts == null || (demand == null && !negative)) {
            return null;
        } else if (demand == null) {
            return texts;
        } else if (negative) {
            return new Part(
                    new Difference(texts.expression(), demand.expression()), texts.nullable() && !demand.nullable());
        }
        return new Part(
                new Intersection(texts.expression(), demand.expression()), texts.nullable() && demand.nullable());
    }

    /** Whether something is exactly the start of the text. */
    private static boolean isStart(Anchored before) {
        Part start = before.part(START);
        return start != null
                && start.expression().equals(Expression.EMPTY)
                && before.part(FREE) == null
                && before.part(END) == null
                && before.part(BOTH) == null;
    }

    private static boolean mayBeEmpty(Anchored before) {
        for (int demand = FREE; demand <= BOTH; demand++) {
            Part part = before.part(demand);
            if (part != null && part.nullable()) {
                return true;
            }
        }
        return false;
    }
}
