package dev.espalier.schemas;

import dev.espalier.grammar.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The keys that are no names of their own, in classes: two keys are in one class when they belong to the same key sets.
 * An automaton finds the class of a key; how many keys a class has from each state on is counted, as far as it is finite.
 */
final class KeyClasses {

    /** More keys than anybody can write. */
    static final int ENDLESS = Integer.MAX_VALUE;

    private final List<CharacterAutomaton> automata;
    private final CharacterAutomaton automaton;
    private final List<boolean[]> vectors = new ArrayList<>();
    private final Map<Integer, int[]> counts = new HashMap<>();
    private final Map<Integer, int[]> least = new HashMap<>();

    /** The classes that some automata make. */
    KeyClasses(List<CharacterAutomaton> automata, WorkBudget budget) {
        this.automata = automata;
        this.automaton = automata.isEmpty()
                ? CharacterAutomaton.ALL
                : CharacterAutomatonBuilder.product(automata, this::vector, budget);
        if (automata.isEmpty()) {
            vectors.add(new boolean[0]);
        }
    }

    private int vector(int[] outcomes) {
        boolean[] vector = new boolean[outcomes.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = outcomes[i] >= 0;
        }
        for (int i = 0; i < vectors.size(); i++) {
            if (Arrays.equals(vectors.get(i), vector)) {
                return i;
            }
        }
        vectors.add(vector);
        return vectors.size() - 1;
    }

    /** The number of classes. */
    int size() {
        return vectors.size();
    }

    /** The automaton; its outcomes are classes, and every text has one. */
    CharacterAutomaton automaton() {
        return automaton;
    }

    /** Whether the keys of a class belong to a set, names apart. */
    boolean belongs(int keyClass, KeySet keys) {
        if (keys instanceof KeySet.Matching matching) {
            return vectors.get(keyClass)[automata.indexOf(matching.automaton())];
        } else if (keys instanceof KeySet.Except except) {
            return except.automata().stream().noneMatch(a -> vectors.get(keyClass)[automata.indexOf(a)]);
        }
        return false;
    }

    /**
     * All keys of the classes that have only a few, and of the others those of which only a few begin as they do. The caller
     * makes names of them: the former classes count as empty from now on.
     *
     * @param most keys, all together
     */
    List<String> takeFew(int most) {
        List<String> few = new ArrayList<>();
        int start = automaton.start();
        for (int keyClass = 0; keyClass < size(); keyClass++) {
            if (count(keyClass, start) <= most - few.size()) {
                addAll(keyClass, start, "", few);
                counts.put(keyClass, new int[automaton.states()]);
            }
            for (int r = automaton.rangeStart(start); r < automaton.rangeEnd(start); r++) {
                long each = count(keyClass, automaton.target(r));
                if (each * (automaton.last(r) - automaton.first(r) + 1) <= most - few.size()) {
                    addBehind(keyClass, r, "", few);
                }
            }
        }
        return few;
    }

    private void addAll(int keyClass, int state, String text, List<String> all) {
        if (automaton.outcome(state) == keyClass) {
            all.add(text);
        }
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            addBehind(keyClass, r, text, all);
        }
    }

    private void addBehind(int keyClass, int range, String text, List<String> all) {
        boolean leads = count(keyClass, automaton.target(range)) > 0;
        for (int c = automaton.first(range); leads && c <= automaton.last(range); c++) {
            addAll(keyClass, automaton.target(range), text + Character.toString(c), all);
        }
    }

    /** How many texts of a class there are from a state on; {@link #ENDLESS} if without end. */
    int count(int keyClass, int state) {
        if (automata.isEmpty()) {
            return ENDLESS;
        }
        return counts.computeIfAbsent(keyClass, this::counted)[state];
    }

    /** Counts by rounds: what still grows after as many rounds as there are states grows for ever. */
    private int[] counted(int keyClass) {
        int states = automaton.states();
        long[] now = new long[states];
        for (int round = 0; round <= states; round++) {
            long[] next = new long[states];
            for (int state = 0; state < states; state++) {
                long sum = automaton.outcome(state) == keyClass ? 1 : 0;
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    long each = now[automaton.target(r)];
                    sum = Math.min(ENDLESS, sum + each * (automaton.last(r) - automaton.first(r) + 1));
                }
                next[state] = sum;
            }
            if (Arrays.equals(now, next)) {
                break;
            }
            if (round == states) {
                for (int state = 0; state < states; state++) {
                    next[state] = next[state] > now[state] ? ENDLESS : next[state];
                }
                endless(next);
            }
            now = next;
        }
        return Arrays.stream(now).mapToInt(n -> (int) n).toArray();
    }

    private void endless(long[] counts) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = 0; state < counts.length; state++) {
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    if (counts[automaton.target(r)] == ENDLESS && counts[state] != ENDLESS) {
                        counts[state] = ENDLESS;
                        changed = true;
                    }
                }
            }
        }
    }

    /** Whether some class has texts from a state on, but only so many. */
    boolean isFinite(int state) {
        for (int c = 0; c < size(); c++) {
            int count = count(c, state);
            if (count != ENDLESS && count != 0) {
                return true;
            }
        }
        return false;
    }

    /** A whole key, and the bytes that spell what is left of it. */
    record Word(String text, int bytes) {}

    /** A beginning of a key on the way to the shortest ones; {@code bound} is what the whole key costs at least. */
    private record Beginning(int bytes, int bound, int state, String text) {}

    private static final Comparator<Beginning> BEST_FIRST =
            Comparator.comparingInt(Beginning::bound).thenComparing(b -> -b.bytes());

    /** The bytes of the shortest texts of a class from each state on. */
    private int[] leastBytes(int keyClass) {
        int[] least = new int[automaton.states()];
        Arrays.fill(least, Integer.MAX_VALUE);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = least.length - 1; state >= 0; state--) {
                int best = automaton.outcome(state) == keyClass ? 0 : least[state];
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    int rest = least[automaton.target(r)];
                    int bytes = JsonCharacters.bytes(automaton.first(r), automaton.last(r));
                    best = rest == Integer.MAX_VALUE ? best : Math.min(best, rest + bytes);
                }
                changed |= best < least[state];
                least[state] = best;
            }
        }
        return least;
    }

    /**
     * The shortest texts of a class from a state on, by the bytes that spell them from there, without some.
     *
     * @param prefix the text that led to the state
     * @param taken whole texts that do not count
     * @param wanted how many
     */
    List<Word> shortest(int keyClass, int state, String prefix, TakenKeys taken, int wanted) {
        List<Word> words = new ArrayList<>();
        int[] left = least.computeIfAbsent(keyClass, this::leastBytes);
        PriorityQueue<Beginning> open = new PriorityQueue<>(BEST_FIRST);
        if (left[state] < Integer.MAX_VALUE) {
            open.add(new Beginning(0, left[state], state, prefix));
        }
        while (words.size() < wanted && !open.isEmpty()) {
            Beginning next = open.poll();
            if (automaton.outcome(next.state) == keyClass && !taken.contains(next.text)) {
                words.add(new Word(next.text, next.bytes));
            }
            // Of so many characters, at least as many as wanted lead to nothing that is taken.
            int enough = wanted + taken.startingWith(next.text);
            for (int r = automaton.rangeStart(next.state); r < automaton.rangeEnd(next.state); r++) {
                if (left[automaton.target(r)] < Integer.MAX_VALUE) {
                    extend(next, r, enough, left, open);
                }
            }
        }
        return words;
    }

    /** Adds the cheapest characters of a range: first plain ASCII, then the others from the range's start. */
    private void extend(Beginning from, int range, int enough, int[] left, PriorityQueue<Beginning> open) {
        int added = 0;
        int first = automaton.first(range);
        int last = automaton.last(range);
        for (int c = Math.max(first, 0x20); c <= Math.min(last, 0x7F) && added < enough; c++) {
            added += add(from, c, automaton.target(range), left, open);
        }
        for (int c = first; c <= last && added < enough; c++) {
            added += c >= 0x20 && c <= 0x7F ? 0 : add(from, c, automaton.target(range), left, open);
        }
    }

    private static int add(Beginning from, int c, int target, int[] left, PriorityQueue<Beginning> open) {
        int bytes = from.bytes + JsonCharacters.bytes(c, c);
        open.add(new Beginning(bytes, bytes + left[target], target, from.text + Character.toString(c)));
        return 1;
    }
}
