// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.SequenceIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.characters.KeyCounts;
import dev.espalier.schemas.characters.LeastBytes;
import dev.espalier.schemas.characters.Predecessors;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Equivalence classes of the keys that are not names: two keys are in one class if they belong to the same key sets. An automaton finds
 * the class of a key; {@link KeyCounts} and {@link KeySizes} say how many keys a class has. There may be as many classes as subsets of
 * the sets, so that nothing here looks at all classes from all states.
 */
@FastPath(oracle = "KeyClassesOracleTest")
public final class KeyClasses {

    /** A count that means: more keys than anybody can write. */
    public static final int ENDLESS = KeyCounts.ENDLESS;

    /** Bits in the sets of {@link #leading} that are kept. */
    private static final long MAX_LEADING_BITS = 1L << 24;

    /** The number of states up to which the shortest ways are computed at the first search. */
    private static final int FEW_STATES = 2;

    /** The steps charged for adding and visiting a beginning of a key. */
    private static final int STEPS_A_BEGINNING = 3;

    /** The number of searches after which they are computed for larger automata. */
    private static final int SEARCHES_WITHOUT_WAYS = 64;

    private final List<CharacterAutomaton> automata;
    private final CharacterAutomaton automaton;
    private final Deadline deadline;
    private final List<boolean[]> vectors = new ArrayList<>();
    private final KeyCounts counts;
    private final KeySizes sizes;
    /** Classes whose every key has become a name. */
    private final BitSet taken = new BitSet();
    /** The states from which some class has a finite number of keys. */
    private BitSet finite = new BitSet();
    /** The states from which some text leads to one of these. */
    private @Nullable BitSet leadingToFinite;

    private final LeastBytes leastBytes;
    /** By class the states that lead to it. */
    private final Map<Integer, BitSet> leading = new HashMap<>();

    /** By class the shortest key that is no name. */
    private final Map<Integer, Word> shortest = new HashMap<>();
    /** By class the shortest text, if a search met it before it was needed. */
    private final Map<Integer, Word> firsts = new HashMap<>();

    private @Nullable NearestClasses beginnings;

    private @Nullable Predecessors predecessors;
    private LeastBytes.@Nullable Ways nearest;
    private int searches;

    /**
     * The classes that some automata make.
     *
     * @param budget for working out the classes
     * @param deadline for later questions
     */
    public KeyClasses(List<CharacterAutomaton> automata, WorkBudget budget, Deadline deadline) {
        this.automata = automata;
        this.deadline = deadline;
        this.automaton = automata.isEmpty() ? CharacterAutomaton.ALL : product(budget);
        if (automata.isEmpty()) {
            vectors.add(new boolean[0]);
        }
        this.leastBytes = new LeastBytes(automaton, deadline);
        this.counts = new KeyCounts(automaton, budget);
        this.sizes = new KeySizes(automaton, deadline);
        this.finite = findFinite();
    }

    private CharacterAutomaton product(WorkBudget budget) {
        SequenceIndex numbers = new SequenceIndex();
        return CharacterAutomatonBuilder.product(
                automata,
                outcomes -> {
                    int[] member = new int[outcomes.length];
                    boolean[] vector = new boolean[outcomes.length];
                    for (int i = 0; i < vector.length; i++) {
                        vector[i] = outcomes[i] >= 0;
                        member[i] = vector[i] ? 1 : 0;
                    }
                    int number = numbers.add(member);
                    if (number == vectors.size()) {
                        budget.allocate(64 + 5L * vector.length);
                        vectors.add(vector);
                    }
                    return number;
                },
                budget);
    }

    private BitSet findFinite() {
        BitSet found = new BitSet();
        for (int keyClass : counts.scarce()) {
            for (int state = 0; state < automaton.states() && !taken.get(keyClass); state++) {
                int count = counts.of(keyClass, state);
                found.set(state, found.get(state) || (count != ENDLESS && count != 0));
            }
        }
        return found;
    }

    /** The number of classes. */
    public int size() {
        return vectors.size();
    }

    /** The automaton; its outcomes are classes, and every text has one. */
    public CharacterAutomaton automaton() {
        return automaton;
    }

    /** True if the keys of a class belong to a set, regardless of names. */
    public boolean belongs(int keyClass, KeySet keys) {
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
    public List<String> takeFew(int most) {
        List<String> few = new ArrayList<>();
        int start = automaton.start();
        for (int keyClass : counts.scarce()) {
            boolean isTaken = counts.of(keyClass, start) <= most - few.size();
            if (isTaken) {
                addAll(keyClass, start, "", few);
                taken.set(keyClass);
            }
            for (int r = automaton.rangeStart(start); r < automaton.rangeEnd(start) && !isTaken; r++) {
                long each = counts.of(keyClass, automaton.target(r));
                if (each * (automaton.last(r) - automaton.first(r) + 1) <= most - few.size()) {
                    addBehind(keyClass, r, "", few);
                }
            }
        }
        finite = findFinite();
        leadingToFinite = null;
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
        boolean leads = counts.of(keyClass, automaton.target(range)) > 0;
        for (int c = automaton.first(range); leads && c <= automaton.last(range); c++) {
            addAll(keyClass, automaton.target(range), text + Character.toString(c), all);
        }
    }

    /** Whether every key of a class has become a name. */
    boolean isTaken(int keyClass) {
        return taken.get(keyClass);
    }

    /** The number of keys of a class; {@link #ENDLESS} if infinite. */
    public int count(int keyClass) {
        return taken.get(keyClass) ? 0 : counts.of(keyClass, automaton.start());
    }

    /**
     * The number of texts of a class from a state; {@link #ENDLESS} if infinite.
     *
     * @param keyClass one that {@link #from} has of the state, or one of {@link #scarce}
     */
    public int count(int keyClass, int state) {
        return taken.get(keyClass) ? 0 : counts.of(keyClass, state);
    }

    /** Whether some key of a class goes on from a state. The first question about a class costs a pass over the automaton. */
    public boolean leadsTo(int keyClass, int state) {
        return state >= 0 && !taken.get(keyClass) && leading(keyClass).get(state);
    }

    private Predecessors predecessors() {
        Predecessors known = predecessors;
        if (known == null) {
            known = Predecessors.of(automaton.states(), this::targets, 0, 1);
            predecessors = known;
        }
        return known;
    }

    private BitSet leading(int keyClass) {
        BitSet known = leading.get(keyClass);
        if (known == null) {
            known = predecessors().leading(state -> {
                deadline.tick();
                return automaton.outcome(state) == keyClass;
            });
            if ((leading.size() + 1L) * automaton.states() > MAX_LEADING_BITS) {
                leading.clear();
            }
            leading.put(keyClass, known);
        }
        return known;
    }

    private int[] targets(int state) {
        deadline.spendSteps(STEPS_A_BEGINNING);
        return IntStream.range(automaton.rangeStart(state), automaton.rangeEnd(state))
                .map(automaton::target)
                .toArray();
    }

    /** The classes that may have a finite number of keys from some state on, ascending; shared. */
    public int[] scarce() {
        return counts.scarce();
    }

    /** The shortest ways to the nearest class from all states; null if they are not computed yet. */
    LeastBytes.@Nullable Ways nearest() {
        LeastBytes.Ways known = nearest;
        if (known == null && (automaton.states() <= FEW_STATES || ++searches > SEARCHES_WITHOUT_WAYS)) {
            known = leastBytes.find(keyClass -> !taken.get(keyClass));
            nearest = known;
        }
        return known;
    }

    /** The classes of the keys that go on from a state. */
    public NearestClasses from(int state) {
        return new NearestClasses(this, state, deadline);
    }

    /** True if some class has finitely many texts from a state, but at least one. */
    public boolean isFinite(int state) {
        return finite.get(state);
    }

    /** True if no text leads from a state to one from which some class has finitely many texts. */
    public boolean isNeverFinite(int state) {
        BitSet known = leadingToFinite;
        if (known == null) {
            known = predecessors().leading(finite::get);
            leadingToFinite = known;
        }
        return state >= 0 && !known.get(state);
    }

    /** True if some class has finitely many texts from some state, but at least one. */
    public boolean hasFinite() {
        return !finite.isEmpty();
    }

    /** By state the bytes of the shortest text of a class; {@link Integer#MAX_VALUE} where there is none. Shared. */
    int[] bytesTo(int keyClass) {
        return leastBytes.of(keyClass);
    }

    /** The greatest length in bytes, over the states that lead to a class, of the shortest text to it. */
    public int mostBytes(int keyClass) {
        int most = 0;
        for (int bytes : bytesTo(keyClass)) {
            most = bytes == Integer.MAX_VALUE ? most : Math.max(most, bytes);
        }
        return most;
    }

    /** The number of keys of each class by the bytes that spell them. */
    public KeySizes sizes() {
        return sizes;
    }

    /** A whole key, and the bytes that spell the rest of it. */
    public record Word(String text, int bytes) {}

    /** A beginning of a key on the way to the shortest ones; {@code bound} is what the whole key costs at least. */
    private record Beginning(int bytes, int bound, int state, String text) {}

    private static final Comparator<Beginning> BEST_FIRST =
            Comparator.comparingInt(Beginning::bound).thenComparing(b -> -b.bytes());

    /** A shortest key of a class, except some keys. There must be one. Cost: constant if the first one is not excluded. */
    public Word shortest(int keyClass, TakenKeys without) {
        Word best = shortest.get(keyClass);
        if (best == null) {
            TakenKeys names = new TakenKeys(without.names(), UsedKeys.NONE);
            Word first = first(keyClass);
            best = first != null && !names.contains(first.text)
                    ? first
                    : shortest(keyClass, automaton.start(), "", names);
            shortest.put(keyClass, best);
        }
        return without.contains(best.text) ? shortest(keyClass, automaton.start(), "", without) : best;
    }

    /** A shortest text of a class; null if it has none. One search finds those of all classes, as far as needed. */
    private @Nullable Word first(int keyClass) {
        Word known = firsts.remove(keyClass);
        if (known != null) {
            return known;
        }
        NearestClasses search = beginnings == null ? from(automaton.start()) : beginnings;
        beginnings = null; // a search that is ended on its way does not go on
        int next = search.next();
        while (next >= 0 && next != keyClass) {
            firsts.put(next, new Word(search.text(), search.bytes()));
            next = search.next();
        }
        beginnings = search;
        return next < 0 ? null : new Word(search.text(), search.bytes());
    }

    /**
     * The shortest text of a class from a state on, by the bytes that spell it from there, without some. There must be one.
     *
     * @param prefix the text that led to the state
     * @param without whole texts that do not count
     */
    public Word shortest(int keyClass, int state, String prefix, TakenKeys without) {
        int[] left = bytesTo(keyClass);
        PriorityQueue<Beginning> open = new PriorityQueue<>(BEST_FIRST);
        open.add(new Beginning(0, left[state], state, prefix));
        while (true) {
            Beginning next = open.remove();
            deadline.spendSteps(STEPS_A_BEGINNING);
            if (automaton.outcome(next.state) == keyClass && !without.contains(next.text)) {
                return new Word(next.text, next.bytes);
            }
            // Of so many characters, at least one leads to nothing that is taken.
            int enough = 1 + without.startingWith(next.text);
            for (int r = automaton.rangeStart(next.state); r < automaton.rangeEnd(next.state); r++) {
                if (left[automaton.target(r)] < Integer.MAX_VALUE) {
                    extend(next, r, enough, left, open);
                }
            }
        }
    }

    /** Adds the cheapest characters of a range. */
    private void extend(Beginning from, int range, int enough, int[] left, PriorityQueue<Beginning> open) {
        int added = 0;
        int target = automaton.target(range);
        for (int size = 1; size <= JsonCharacters.WIDEST && added < enough; size++) {
            int c = JsonCharacters.next(automaton.first(range), automaton.last(range), size);
            while (c >= 0 && added++ < enough) {
                deadline.spendSteps(STEPS_A_BEGINNING);
                int bytes = from.bytes + size;
                open.add(new Beginning(bytes, bytes + left[target], target, from.text + Character.toString(c)));
                c = JsonCharacters.next(c + 1, automaton.last(range), size);
            }
        }
    }
}
