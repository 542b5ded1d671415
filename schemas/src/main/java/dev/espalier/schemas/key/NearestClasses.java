// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.characters.LeastBytes;
import dev.espalier.schemas.work.Deadline;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An iteration over the classes of the keys that continue from a state, those with the shortest keys first. The nearest one is looked
 * up, if it was computed for all states; the others are found by a best-first search by bytes, only as far as needed. Used by one
 * thread.
 */
@FastPath(oracle = "KeyClassesOracleTest")
public final class NearestClasses {

    /** There is no further class. */
    public static final int NONE = -1;
    /** Stands for: the nearest class is not computed yet. */
    static final int UNKNOWN = -2;

    /** The cost of a state beside its ranges, in ranges. */
    private static final int STEPS_A_STATE = 4;

    private final KeyClasses classes;
    private final CharacterAutomaton automaton;
    private final Deadline deadline;
    private final int start;
    /** The shortest ways from all states, while the class that came last is the nearest one of all. */
    private LeastBytes.@Nullable Ways nearest;

    private @Nullable Search search;
    private IntPredicate isLeftOut = state -> false;

    /** The classes from a state on; none where there is no state. */
    NearestClasses(KeyClasses classes, int start, Deadline deadline) {
        this.classes = classes;
        this.automaton = classes.automaton();
        this.deadline = deadline;
        this.start = start;
    }

    /** The nearest class, before any other, if it was computed for all states; else {@link #UNKNOWN}. */
    public int nearest() {
        LeastBytes.Ways all = start < 0 ? null : classes.nearest();
        if (all == null) {
            return start < 0 ? NONE : UNKNOWN;
        }
        deadline.spendSteps(1);
        nearest = all;
        return nearestClass(all);
    }

    /** The next class, or {@link #NONE} if there are no more. */
    public int next() {
        Search begun = search;
        if (begun == null) {
            int first = nearest == null ? nearest() : UNKNOWN;
            if (first != UNKNOWN) {
                return first;
            }
            begun = new Search(nearest == null ? NONE : nearestClass(nearest));
            search = begun;
            nearest = null;
        }
        return begun.next();
    }

    /** Excludes states from which no wanted class is reached; must be called before {@link #next}. */
    public void leaveOut(IntPredicate states) {
        isLeftOut = states;
    }

    /** The states that were looked at: all that follow if there is no further class. */
    public Collection<Integer> reached() {
        Search begun = search;
        return begun == null ? List.of() : begun.ways.keySet();
    }

    private int nearestClass(LeastBytes.Ways all) {
        int at = start;
        while (all.ranges()[at] >= 0) {
            at = automaton.target(all.ranges()[at]);
        }
        return all.bytes()[start] == Integer.MAX_VALUE ? NONE : automaton.outcome(at);
    }

    /** The bytes that spell the shortest text from the state to the class that came last. */
    public int bytes() {
        LeastBytes.Ways all = nearest;
        return all == null ? found().bytes() : all.bytes()[start];
    }

    /** A shortest text from the state to the class that came last. */
    public String text() {
        LeastBytes.Ways all = nearest;
        if (all == null) {
            return found().text();
        }
        StringBuilder text = new StringBuilder();
        for (int range = all.ranges()[start]; range >= 0; range = all.ranges()[automaton.target(range)]) {
            text.appendCodePoint(JsonCharacters.cheapest(automaton.first(range), automaton.last(range)));
        }
        return text.toString();
    }

    private Search found() {
        return Objects.requireNonNull(search, "no class came yet");
    }

    /** The bytes to a state, the state before it, and a character that leads from there. */
    private record Step(int bytes, int before, int character) {}

    /** Best-first from the state on. */
    private final class Search {
        private final PriorityQueue<LeastBytes.At> open = new PriorityQueue<>();
        private final BitSet met = new BitSet();
        /** By state a shortest way to it; the search mostly ends near where it begins. */
        private final Map<Integer, Step> ways = new HashMap<>();

        private int last = start;

        /** @param before the class that came before; {@link #NONE} if none did */
        Search(int before) {
            open.add(new LeastBytes.At(0, start));
            ways.put(start, new Step(0, NONE, NONE));
            if (before >= 0) {
                met.set(before);
            }
        }

        int next() {
            while (!open.isEmpty()) {
                LeastBytes.At at = open.poll();
                if (at.bytes() > way(at.state()).bytes) {
                    continue;
                }
                last = at.state();
                int keyClass = automaton.outcome(at.state());
                boolean isNew = keyClass >= 0 && !met.get(keyClass) && !classes.isTaken(keyClass);
                extend(at);
                if (isNew) {
                    met.set(keyClass);
                    return keyClass;
                }
            }
            return NONE;
        }

        private void extend(LeastBytes.At at) {
            int end = automaton.rangeEnd(at.state());
            deadline.spendSteps(STEPS_A_STATE + end - automaton.rangeStart(at.state()));
            for (int r = automaton.rangeStart(at.state()); r < end; r++) {
                int target = automaton.target(r);
                if (isLeftOut.test(target)) {
                    continue;
                }
                int sum = at.bytes() + JsonCharacters.bytes(automaton.first(r), automaton.last(r));
                Step known = ways.get(target);
                if (known == null || sum < known.bytes) {
                    int character = JsonCharacters.cheapest(automaton.first(r), automaton.last(r));
                    ways.put(target, new Step(sum, at.state(), character));
                    open.add(new LeastBytes.At(sum, target));
                }
            }
        }

        private Step way(int state) {
            return Objects.requireNonNull(ways.get(state), "only states that were reached are open");
        }

        int bytes() {
            return way(last).bytes;
        }

        String text() {
            StringBuilder reversed = new StringBuilder();
            for (int at = last; at != start; at = way(at).before) {
                reversed.appendCodePoint(way(at).character);
            }
            return reversed.reverse().toString();
        }
    }
}
