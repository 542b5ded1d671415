// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import dev.espalier.schemas.work.LateLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of an expression whose automaton has too many states to be made: its states are terms, each derived when a text leads to it, and a
 * search says how far the end is. Thread-safe, by its monitor. What it has derived is dropped when it takes much memory.
 */
@FastPath(oracle = "DerivedTextsTest")
public final class DerivedTexts {

    /** A distance to no end. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** The estimated bytes of terms after which they are derived anew. */
    private static final long MOST_BYTES = 16L << 20;

    /** The length up to which a completion is spelled. */
    private static final int LONG = 4_096;

    private final Limits limits;
    private final Expression expression;
    private Arena arena;

    /** Texts of an expression. */
    public DerivedTexts(Expression expression, Limits limits) {
        this.expression = expression;
        this.limits = LateLimits.of(limits);
        this.arena = new Arena(new Derivatives(budget()));
    }

    private WorkBudget budget() {
        return WorkBudget.ofPart(limits);
    }

    /** The empty text; null if there is no text at all. */
    public synchronized @Nullable Place start() {
        Arena terms = arena();
        return terms.place(terms.derivatives.of(expression));
    }

    /** The terms to go on with: new ones if those there are take too much memory. */
    private Arena arena() {
        if (arena.derivatives.bytes() > MOST_BYTES) {
            arena = new Arena(new Derivatives(budget()));
        }
        arena.derivatives.chargeTo(budget());
        return arena;
    }

    /** A text read so far. Immutable; two are equal if the same texts complete them, as far as that is seen. */
    public static final class Place {

        private final Arena arena;
        private final int term;

        private Place(Arena arena, int term) {
            this.arena = arena;
            this.term = term;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place that && arena == that.arena && term == that.term;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(arena) + term;
        }
    }

    /** The text with one more character; null if no text goes on like this. */
    public synchronized @Nullable Place next(Place from, int codePoint) {
        int[] triples = triples(from);
        int at = find(triples, codePoint);
        if (at < 0) {
            return null;
        }
        Arena now = arena();
        int term = triples[at + 2];
        return now == from.arena ? now.place(term) : now.place(now.derivatives.copy(from.arena.derivatives, term));
    }

    private int[] triples(Place from) {
        from.arena.derivatives.chargeTo(budget());
        return from.arena.derivatives.transitions(from.term);
    }

    /** Whether a text is whole. */
    public synchronized boolean isWhole(Place at) {
        return at.arena.derivatives.isNullable(at.term);
    }

    /** The fewest characters that complete a text. */
    public synchronized int characters(Place at) {
        at.arena.derivatives.chargeTo(budget());
        return at.arena.distance(at.term, false);
    }

    /** The fewest bytes, in JSON's spelling, that complete a text. */
    public synchronized int bytes(Place at) {
        at.arena.derivatives.chargeTo(budget());
        return at.arena.distance(at.term, true);
    }

    /** A completion of the fewest bytes; null if it is long. */
    public synchronized @Nullable String ending(Place at) {
        StringBuilder text = new StringBuilder();
        int term = at.term;
        at.arena.derivatives.chargeTo(budget());
        while (at.arena.distance(term, true) > 0) {
            if (text.length() > LONG) {
                return null;
            }
            term = at.arena.nearer(term, text);
        }
        return text.toString();
    }

    /** The last character up to which all from a given one on lead to equal texts. */
    public synchronized int sameUntil(Place at, int codePoint) {
        int[] triples = triples(at);
        int found = find(triples, codePoint);
        if (found >= 0) {
            return triples[found + 1];
        }
        int next = -found - 1;
        return next < triples.length ? triples[next] - 1 : Character.MAX_CODE_POINT;
    }

    /** The first character of the range that leads where a given one leads and begins lowest; the given one if that has none. */
    public synchronized int like(Place at, int codePoint) {
        int[] triples = triples(at);
        int found = find(triples, codePoint);
        for (int i = 0; found >= 0 && i < found; i += 3) {
            if (triples[i + 2] == triples[found + 2]) {
                return triples[i];
            }
        }
        return found >= 0 ? triples[found] : codePoint;
    }

    /** The index of the range of a character; if there is none, that of the next one, negated and less one. */
    private static int find(int[] triples, int codePoint) {
        int from = 0;
        int to = triples.length / 3;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (triples[3 * middle + 1] < codePoint) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return 3 * from < triples.length && triples[3 * from] <= codePoint ? 3 * from : -3 * from - 1;
    }

    /** Terms with what is known of their distances. */
    private static final class Arena {

        private final Derivatives derivatives;
        private final Map<Integer, Integer> characters = new HashMap<>();
        private final Map<Integer, Integer> bytes = new HashMap<>();

        Arena(Derivatives derivatives) {
            this.derivatives = derivatives;
        }

        @Nullable
        Place place(int term) {
            return distance(term, true) == NEVER ? null : new Place(this, term);
        }

        /** A term on the way to the end, the least bytes of the texts between. */
        private record Open(
                int term, int cost, long bound, @Nullable Open from) {}

        private static final Comparator<Open> BEST_FIRST =
                Comparator.comparingLong(Open::bound).thenComparing(open -> -open.cost);

        /** The fewest characters or bytes to an end. A search by lower bounds, which are hardly ever too low. */
        int distance(int term, boolean inBytes) {
            Map<Integer, Integer> known = inBytes ? bytes : characters;
            Integer before = known.get(term);
            return before != null ? before : search(term, inBytes, known);
        }

        private int search(int start, boolean inBytes, Map<Integer, Integer> known) {
            PriorityQueue<Open> open = new PriorityQueue<>(BEST_FIRST);
            Set<Integer> seen = new HashSet<>();
            add(open, start, 0, null, known);
            while (!open.isEmpty()) {
                Open next = open.remove();
                derivatives.spend(1);
                Integer behind = known.get(next.term);
                if (behind != null || derivatives.isNullable(next.term)) {
                    int whole = next.cost + (behind == null ? 0 : behind);
                    for (Open on = next; on != null; on = on.from) {
                        known.put(on.term, whole - on.cost);
                        derivatives.allocate(96);
                    }
                    return whole;
                }
                if (!seen.add(next.term)) {
                    continue;
                }
                int[] triples = derivatives.transitions(next.term);
                for (int i = 0; i < triples.length; i += 3) {
                    int step = inBytes ? JsonCharacters.bytes(triples[i], triples[i + 1]) : 1;
                    add(open, triples[i + 2], next.cost + step, next, known);
                }
            }
            seen.forEach(dead -> known.put(dead, NEVER));
            known.put(start, NEVER);
            derivatives.allocate(96L * (1 + seen.size()));
            return NEVER;
        }

        private void add(
                PriorityQueue<Open> open, int term, int cost, @Nullable Open from, Map<Integer, Integer> known) {
            Integer exact = known.get(term);
            long left = exact != null
                    ? exact == NEVER ? Lengths.ENDLESS : exact
                    : derivatives.lengths().least(term);
            if (left < Lengths.ENDLESS) {
                open.add(new Open(term, cost, cost + left, from));
            }
        }

        /** The next term on a shortest way, whose character is appended. */
        int nearer(int term, StringBuilder text) {
            int left = distance(term, true);
            int[] triples = derivatives.transitions(term);
            for (int i = 0; i < triples.length; i += 3) {
                int step = JsonCharacters.bytes(triples[i], triples[i + 1]);
                if (derivatives.lengths().least(triples[i + 2]) <= left - step
                        && distance(triples[i + 2], true) == left - step) {
                    text.appendCodePoint(cheapest(triples[i], triples[i + 1]));
                    return triples[i + 2];
                }
            }
            throw new IllegalStateException("no way is as short as the shortest");
        }

        private static int cheapest(int first, int last) {
            int best = first;
            for (int c = first; c <= Math.min(last, 0x7F); c++) {
                best = JsonCharacters.bytes(c, c) < JsonCharacters.bytes(best, best) ? c : best;
            }
            return best;
        }
    }

    /** The fewest and the most characters of the texts of terms: bounds that may be too wide. */
    static final class Lengths {

        /** No bound, or no text. */
        static final long ENDLESS = Long.MAX_VALUE / 4;

        private final Derivatives derivatives;
        private final Map<Integer, long[]> known = new HashMap<>();

        Lengths(Derivatives derivatives) {
            this.derivatives = derivatives;
        }

        /** A lower bound; {@link #ENDLESS} if there is no text. */
        long least(int term) {
            return of(term)[0];
        }

        private long[] of(int term) {
            long[] found = known.get(term);
            if (found != null) {
                return found;
            }
            List<Integer> spine = new ArrayList<>();
            int at = term;
            while (!known.containsKey(at) && derivatives.term(at).kind() == Derivatives.Kind.SEQUENCE) {
                spine.add(at);
                at = derivatives.term(at).parts().get(1);
            }
            long[] last = known.get(at);
            last = last == null ? find(derivatives.term(at), at) : last;
            known.put(at, last);
            for (int i = spine.size() - 1; i >= 0; i--) {
                long[] head = of(derivatives.term(spine.get(i)).parts().get(0));
                last = new long[] {sum(head[0], last[0]), sum(head[1], last[1])};
                known.put(spine.get(i), last);
            }
            derivatives.allocate(64L * (1 + spine.size()));
            return last;
        }

        private static long sum(long a, long b) {
            return Math.min(ENDLESS, a + b);
        }

        private static long times(long count, long each) {
            return count == 0 || each == 0 ? 0 : count > ENDLESS / each ? ENDLESS : count * each;
        }

        private long[] find(Derivatives.Term term, int number) {
            switch (term.kind()) {
                case NOTHING -> {
                    return new long[] {ENDLESS, 0};
                }
                case EMPTY -> {
                    return new long[] {0, 0};
                }
                case CLASS -> {
                    return new long[] {1, 1};
                }
                case REPEAT -> {
                    long[] item = of(term.parts().get(0));
                    return new long[] {
                        times(term.min(), item[0]),
                        term.max() == Expression.UNBOUNDED ? ENDLESS : times(term.max(), item[1])
                    };
                }
                case CHOICE -> {
                    return new long[] {
                        term.parts().stream()
                                .mapToLong(part -> of(part)[0])
                                .min()
                                .orElse(ENDLESS),
                        term.parts().stream()
                                .mapToLong(part -> of(part)[1])
                                .max()
                                .orElse(0)
                    };
                }
                case BOTH -> {
                    long least = term.parts().stream()
                            .mapToLong(part -> of(part)[0])
                            .max()
                            .orElse(0);
                    long most = term.parts().stream()
                            .mapToLong(part -> of(part)[1])
                            .min()
                            .orElse(ENDLESS);
                    return new long[] {least > most ? ENDLESS : least, most};
                }
                default -> {
                    return new long[] {derivatives.isNullable(number) ? 0 : 1, ENDLESS};
                }
            }
        }
    }
}
