// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import static dev.espalier.grammar.regex.Anchored.BOTH;
import static dev.espalier.grammar.regex.Anchored.END;
import static dev.espalier.grammar.regex.Anchored.FREE;
import static dev.espalier.grammar.regex.Anchored.START;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.Anchored.Part;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Composes parts of regular expressions with anchors anywhere in them, exactly: whatever stands before a {@code ^} or
 * after a {@code $} must be the empty text.
 */
final class AnchoredAlgebra implements ExpressionBuilder.Algebra<Anchored> {

    private static final Anchored EMPTY = Anchored.of(FREE, Part.EMPTY);

    private final PlainAlgebra plain = new PlainAlgebra();
    private final LookAheads lookAheads;

    AnchoredAlgebra(LookAheads lookAheads) {
        this.lookAheads = lookAheads;
    }

    /** Look-aheads see all that follows them, so they are applied from the last to the first. */
    @Override
    public Anchored sequence(List<Anchored> items) {
        int end = items.size();
        Anchored rest = null;
        for (int i = items.size() - 1; i >= 0; i--) {
            Anchored item = items.get(i);
            if (item.lookAhead() != null) {
                Anchored following = withRest(items.subList(i + 1, end), rest);
                rest = lookAheads.apply(item, following, beforeIt(items, i));
                end = i;
            } else if (i < items.size() - 1) {
                lookAheads.checkFree(item);
            }
        }
        return withRest(items.subList(0, end), rest);
    }

    private Anchored withRest(List<Anchored> items, @Nullable Anchored rest) {
        if (rest == null) {
            return items.size() == 1 ? items.get(0) : joined(items);
        }
        return items.isEmpty() ? rest : joined(joined(items), rest);
    }

    /** What stands between a look-ahead and the one before it. */
    private Anchored beforeIt(List<Anchored> items, int lookAhead) {
        int from = lookAhead;
        while (from > 0 && items.get(from - 1).lookAhead() == null) {
            from--;
        }
        // look-aheads in a row stand at the same place
        return from == lookAhead && from > 0 ? beforeIt(items, from - 1) : joined(items.subList(from, lookAhead));
    }

    private Anchored joined(List<Anchored> items) {
        List<Anchored> runs = new ArrayList<>();
        List<Part> run = new ArrayList<>(items.size());
        for (Anchored item : items) {
            Part part = item.plain();
            if (part != null) {
                run.add(part);
            } else {
                flush(run, runs);
                runs.add(item);
            }
        }
        flush(run, runs);
        return runs.isEmpty() ? EMPTY : joined(runs, 0, runs.size());
    }

    private void flush(List<Part> run, List<Anchored> runs) {
        if (!run.isEmpty()) {
            runs.add(Anchored.of(FREE, inTurn(run)));
            run.clear();
        }
    }

    private Part inTurn(List<Part> run) {
        List<Expression> expressions = new ArrayList<>(run.size());
        boolean nullable = true;
        for (Part part : run) {
            expressions.add(part.expression());
            nullable &= part.nullable();
        }
        return new Part(plain.sequence(expressions), nullable);
    }

    /** Joins in the shape of a balanced tree, so that many anchors in a row do not nest deeply. */
    private Anchored joined(List<Anchored> items, int from, int to) {
        if (to - from == 1) {
            return items.get(from);
        }
        int middle = (from + to) >>> 1;
        return joined(joined(items, from, middle), joined(items, middle, to));
    }

    private Anchored joined(Anchored left, Anchored right) {
        Anchored.Builder result = new Anchored.Builder();
        result.reachesAsFarAs(right);
        for (int first = FREE; first <= BOTH; first++) {
            for (int second = FREE; second <= BOTH; second++) {
                Part a = (second & START) == 0 ? left.part(first) : onlyEmpty(left.part(first));
                Part b = (first & END) == 0 ? right.part(second) : onlyEmpty(right.part(second));
                if (a != null && b != null) {
                    result.add(first | second, inTurn(List.of(a, b)));
                }
            }
        }
        return result.build();
    }

    private static @Nullable Part onlyEmpty(@Nullable Part part) {
        return isNullable(part) ? Part.EMPTY : null;
    }

    private static boolean isNullable(@Nullable Part part) {
        return part != null && part.nullable();
    }

    @Override
    public Anchored choice(List<Anchored> alternatives) {
        Anchored.Builder union = new Anchored.Builder();
        for (Anchored alternative : alternatives) {
            union.reachesAsFarAs(alternative);
            for (int demand = FREE; demand <= BOTH; demand++) {
                Part part = alternative.part(demand);
                if (part != null) {
                    union.add(demand, part);
                }
            }
        }
        return union.build();
    }

    /**
     * Repeats. Of the iterations, those before the last one that demands the start are empty, and so are those
     * after the first one that demands the end; between them all are free.
     */
    @Override
    public Anchored repeat(Anchored item, int min, int max) {
        if (max == 0) {
            return EMPTY;
        }
        lookAheads.checkFree(item);
        Anchored.Builder result = new Anchored.Builder();
        Part free = repeated(item.part(FREE), min, max);
        if (free != null) {
            result.add(FREE, free);
        }
        if (item.plain() == null) {
            addAnchored(item, min, max, result);
        }
        return result.build();
    }

    private void addAnchored(Anchored item, int min, int max, Anchored.Builder result) {
        Part start = item.part(START);
        Part end = item.part(END);
        Part both = item.part(BOTH);
        boolean padsStart = isNullable(item.part(FREE)) || isNullable(start);
        boolean padsEnd = isNullable(item.part(FREE)) || isNullable(end);
        boolean pads = padsStart || padsEnd;
        addJoined(result, START, start, rest(item, padsStart, 1, min, max), Part.EMPTY);
        addJoined(result, END, Part.EMPTY, rest(item, padsEnd, 1, min, max), end);
        addJoined(result, BOTH, start, rest(item, pads, 2, min, max), end);
        Part alone = min <= 1 || pads ? both : onlyEmpty(both);
        if (alone != null) {
            result.add(BOTH, alone);
        }
    }

    /** The free iterations beside a number of anchored ones; padded: empty iterations make up the least number. */
    private @Nullable Part rest(Anchored item, boolean padded, int anchored, int min, int max) {
        if (max != Expression.UNBOUNDED && max < anchored) {
            return null;
        }
        int least = padded ? 0 : Math.max(0, min - anchored);
        return repeated(item.part(FREE), least, max == Expression.UNBOUNDED ? max : max - anchored);
    }

    private @Nullable Part repeated(@Nullable Part part, int min, int max) {
        if (part == null) {
            return min == 0 ? Part.EMPTY : null;
        }
        return new Part(plain.repeat(part.expression(), min, max), min == 0 || part.nullable());
    }

    private void addJoined(
            Anchored.Builder result, int demand, @Nullable Part first, @Nullable Part rest, @Nullable Part last) {
        if (first != null && rest != null && last != null) {
            result.add(demand, inTurn(List.of(first, rest, last)));
        }
    }
}
