package dev.espalier.schemas;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the keys that go on from a state, one after another, those with the shortest keys first: a search by bytes
 * that goes no further than it is asked. Used by one thread.
 */
final class NearestClasses {

    /** There is no further class. */
    static final int NONE = -1;

    /** So many ranges are looked at in about a microsecond. */
    private static final int RANGES_A_UNIT = 32;

    private final KeyClasses classes;
    private final CharacterAutomaton automaton;
    private final Deadline deadline;
    private final PriorityQueue<At> open = new PriorityQueue<>();
    private final BitSet met = new BitSet();
    private final int start;
    /** By state a shortest way to it; the search mostly ends near where it begins. */
    private final Map<Integer, Way> ways = new HashMap<>();

    private int last = NONE;
    /** The shortest ways from all states, while the class that came last is the nearest one of all. */
    private LeastBytes.@Nullable Ways nearest;

    private boolean isBegun;

    /** The bytes to a state, the state before it, and a character that leads from there. */
    private record Way(int bytes, int before, int character) {}

    /** A state and the bytes to it. */
    private record At(int bytes, int state) implements Comparable<At> {
        @Override
        public int compareTo(At other) {
            return Integer.compare(bytes, other.bytes);
        }
    }

    /** The classes from a state on; none where there is no state. */
    NearestClasses(KeyClasses classes, int start, Deadline deadline) {
        this.classes = classes;
        this.automaton = classes.automaton();
        this.deadline = deadline;
        this.start = start;
    }

    /** The next class, or {@link #NONE}. */
    int next() {
        if (start < 0) {
            return NONE;
        }
        if (!isBegun) {
            isBegun = true;
            nearest = classes.nearest();
            open.add(new At(0, start));
            ways.put(start, new Way(0, NONE, NONE));
            if (nearest != null) {
                return nearest(nearest);
            }
        }
        nearest = null;
        return further();
    }

    private int nearest(LeastBytes.Ways all) {
        deadline.tick();
        if (all.bytes()[start] == Integer.MAX_VALUE) {
            open.clear();
            return NONE;
        }
        int at = start;
        while (all.ranges()[at] >= 0) {
            at = automaton.target(all.ranges()[at]);
        }
        met.set(automaton.outcome(at));
        return automaton.outcome(at);
    }

    private int further() {
        while (!open.isEmpty()) {
            At at = open.poll();
            if (at.bytes > way(at.state).bytes) {
                continue;
            }
            last = at.state;
            int keyClass = automaton.outcome(at.state);
            boolean isNew = keyClass >= 0 && !met.get(keyClass) && !classes.isTaken(keyClass);
            extend(at);
            if (isNew) {
                met.set(keyClass);
                return keyClass;
            }
        }
        return NONE;
    }

    private void extend(At at) {
        int end = automaton.rangeEnd(at.state);
        deadline.spend(1 + (end - automaton.rangeStart(at.state)) / RANGES_A_UNIT);
        for (int r = automaton.rangeStart(at.state); r < end; r++) {
            int target = automaton.target(r);
            int sum = at.bytes + JsonCharacters.bytes(automaton.first(r), automaton.last(r));
            Way known = ways.get(target);
            if (known == null || sum < known.bytes) {
                ways.put(
                        target, new Way(sum, at.state, JsonCharacters.cheapest(automaton.first(r), automaton.last(r))));
                open.add(new At(sum, target));
            }
        }
    }

    private Way way(int state) {
        return Objects.requireNonNull(ways.get(state), "only states that were reached are open");
    }

    /** The bytes that spell the shortest text from the state to the class that came last. */
    int bytes() {
        LeastBytes.Ways all = nearest;
        return all != null ? all.bytes()[start] : last == NONE ? 0 : way(last).bytes;
    }

    /** A shortest text from the state to the class that came last. */
    String text() {
        LeastBytes.Ways all = nearest;
        if (all != null) {
            StringBuilder text = new StringBuilder();
            for (int range = all.ranges()[start]; range >= 0; range = all.ranges()[automaton.target(range)]) {
                text.appendCodePoint(JsonCharacters.cheapest(automaton.first(range), automaton.last(range)));
            }
            return text.toString();
        }
        StringBuilder reversed = new StringBuilder();
        for (int at = last; at != start; at = way(at).before) {
            reversed.appendCodePoint(way(at).character);
        }
        return reversed.reverse().toString();
    }
}
