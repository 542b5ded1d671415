package dev.espalier.schemas;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * The classes of the keys that go on from a state, one after another, those with the shortest keys first: a search by bytes
 * that goes no further than it is asked. Used by one thread.
 */
final class NearestClasses {

    /** There is no further class. */
    static final int NONE = -1;

    private final KeyClasses classes;
    private final CharacterAutomaton automaton;
    private final Deadline deadline;
    private final PriorityQueue<At> open = new PriorityQueue<>();
    private final BitSet met = new BitSet();
    private final int start;
    private int[] bytes = {};
    private int[] before = {};
    private int[] character = {};
    private int last = NONE;

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
        if (start >= 0) {
            open.add(new At(0, start));
        }
    }

    /** The next class, or {@link #NONE}. */
    int next() {
        while (!open.isEmpty()) {
            At at = open.poll();
            if (bytes.length > 0 && at.bytes > bytes[at.state]) {
                continue;
            }
            deadline.tick();
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
        if (bytes.length == 0) {
            boolean isAlone = automaton.rangeStart(at.state) == automaton.rangeEnd(at.state) || automaton.states() == 1;
            if (isAlone) {
                return;
            }
            bytes = new int[automaton.states()];
            Arrays.fill(bytes, Integer.MAX_VALUE);
            bytes[start] = 0;
            before = new int[bytes.length];
            character = new int[bytes.length];
        }
        for (int r = automaton.rangeStart(at.state); r < automaton.rangeEnd(at.state); r++) {
            int target = automaton.target(r);
            int sum = at.bytes + JsonCharacters.bytes(automaton.first(r), automaton.last(r));
            if (sum < bytes[target]) {
                bytes[target] = sum;
                before[target] = at.state;
                character[target] = JsonCharacters.cheapest(automaton.first(r), automaton.last(r));
                open.add(new At(sum, target));
            }
        }
    }

    /** The bytes that spell the shortest text from the state to the class that came last. */
    int bytes() {
        return bytes.length == 0 ? 0 : bytes[last];
    }

    /** A shortest text from the state to the class that came last. */
    String text() {
        StringBuilder reversed = new StringBuilder();
        for (int at = last; at != start; at = before[at]) {
            reversed.appendCodePoint(character[at]);
        }
        return reversed.reverse().toString();
    }
}
