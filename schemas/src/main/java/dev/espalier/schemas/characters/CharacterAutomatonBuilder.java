// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.SequenceIndex;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.work.LateLimits;
import dev.espalier.schemas.work.LimitShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A builder of {@link CharacterAutomaton}s: from derivatives of a pattern, from words, as products and unions of others. States are
 * added with their transitions; {@link #finish} drops those that lead nowhere, merges the equivalent ones and numbers the rest
 * canonically.
 */
public final class CharacterAutomatonBuilder {

    /** The weight of a state: one automaton of many may have a twelfth of the states of all frames. */
    private static final int WEIGHT = 12;

    /** Stands for a state of a part that no longer matters. */
    public static final int IRRELEVANT = -2;

    /** The number of states up to which all equivalent states are merged; beyond, only those that a single pass finds. */
    private static final int MAX_MINIMISED = 1 << 12;

    /** The number of states that a pattern may have whatever work they take. */
    private static final int FEW = 1 << 10;

    /** Transitions of parts taken in about a microsecond. */
    private static final int STEPS_A_UNIT = 24;

    private final WorkBudget budget;
    private final int maxStates;
    private final List<int[]> transitions = new ArrayList<>();
    private final List<Integer> outcomes = new ArrayList<>();

    public CharacterAutomatonBuilder(WorkBudget budget) {
        this(budget, mostStates(budget.limits()));
    }

    private CharacterAutomatonBuilder(WorkBudget budget, int maxStates) {
        this.budget = budget;
        this.maxStates = maxStates;
    }

    /** The limit on the states of one automaton; a pattern that needs more should not be enforced. */
    public static int mostStates(Limits limits) {
        return (int) share(limits).most();
    }

    /**
     * The exception for a number of states that is more than {@link #mostStates}, or than fit into memory. Once a compilation is over
     * only memory counts.
     */
    public static LimitExceededException tooMany(Limits limits, int states) {
        return LateLimits.isLate(limits)
                ? new LimitShare("maxCompileBytes", LateLimits.bytes(limits), 1).exceeded(LateLimits.bytes(limits) + 1)
                : share(limits).exceeded(states);
    }

    private static LimitShare share(Limits limits) {
        return new LimitShare("maxAutomatonStates", limits.maxAutomatonStates(), WEIGHT);
    }

    /** A new state without transitions. */
    public int add(int outcome) {
        if (outcomes.size() >= maxStates) {
            throw tooMany(budget.limits(), outcomes.size() + 1);
        }
        budget.addStates(1);
        outcomes.add(outcome);
        transitions.add(new int[0]);
        return outcomes.size() - 1;
    }

    /** Charges small steps of work on the automaton that is done elsewhere. */
    void spendSteps(int count) {
        budget.spendSteps(count);
    }

    /** Changes the outcome of a state. */
    public void outcome(int state, int outcome) {
        outcomes.set(state, outcome);
    }

    /** Sets the transitions of a state: first, last and target of sorted, disjoint ranges in turn. */
    public void transitions(int state, int[] triples) {
        budget.allocate(48 + 12L * triples.length); // there are three copies when the automaton is finished
        transitions.set(state, triples);
    }

    /** The automaton of a pattern: outcome 0 where it matches. */
    public static CharacterAutomaton of(Derivatives derivatives, int term, WorkBudget budget) {
        return Objects.requireNonNull(of(derivatives, term, Integer.MAX_VALUE, Long.MAX_VALUE, budget));
    }

    /**
     * The same; null if there would be more than {@code most} states, or if those that are not few take more than some units of work.
     */
    public static @Nullable CharacterAutomaton of(
            Derivatives derivatives, int term, int most, long units, WorkBudget budget) {
        long before = budget.meter().spent();
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
        Map<Integer, Integer> states = new HashMap<>();
        List<Integer> terms = new ArrayList<>();
        states.put(term, builder.add(derivatives.isNullable(term) ? 0 : CharacterAutomaton.NONE));
        terms.add(term);
        for (int state = 0; state < terms.size(); state++) {
            if (terms.size() > most || (terms.size() > FEW && budget.meter().spent() - before > units)) {
                return null;
            }
            int[] triples = derivatives.transitions(terms.get(state)).clone();
            for (int i = 2; i < triples.length; i += 3) {
                int next = triples[i];
                Integer known = states.get(next);
                if (known == null) {
                    known = builder.add(derivatives.isNullable(next) ? 0 : CharacterAutomaton.NONE);
                    states.put(next, known);
                    terms.add(next);
                }
                triples[i] = known;
            }
            builder.transitions(state, triples);
        }
        return builder.finish();
    }

    /**
     * The product of several automata. Its outcome is a function of theirs (each {@link CharacterAutomaton#NONE} if one has none), also
     * for texts that all of them reject.
     */
    public static CharacterAutomaton product(
            List<CharacterAutomaton> parts, ToIntFunction<int[]> outcome, WorkBudget budget) {
        return Objects.requireNonNull(product(parts, outcome, tuple -> {}, Integer.MAX_VALUE, budget));
    }

    /**
     * As {@link #product(List, ToIntFunction, WorkBudget)}, if some states of the parts no longer matter.
     *
     * @param simplify writes {@link #IRRELEVANT} over those states of a tuple that make no difference
     * @param most more states than {@link #mostStates} are allowed if this is more, and finite: the parts then need as many
     * @return null if there would be more than {@code most} states
     */
    public static @Nullable CharacterAutomaton product(
            List<CharacterAutomaton> parts,
            ToIntFunction<int[]> outcome,
            Consumer<int[]> simplify,
            int most,
            WorkBudget budget) {
        int allowed = mostStates(budget.limits());
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(
                budget, most == Integer.MAX_VALUE ? allowed : Math.max(allowed, most + 1));
        SequenceIndex states = new SequenceIndex();
        List<int[]> tuples = new ArrayList<>();
        int[] start = parts.stream().mapToInt(CharacterAutomaton::start).toArray();
        simplify.accept(start);
        builder.tuple(start, parts, outcome, states, tuples);
        for (int state = 0; state < tuples.size(); state++) {
            if (tuples.size() > most) {
                return null;
            }
            int[] tuple = tuples.get(state);
            int[] bounds = bounds(parts, tuple);
            budget.spend(bounds.length * tuple.length / STEPS_A_UNIT);
            int[] triples = new int[3 * bounds.length];
            int size = 0;
            int[] range = new int[tuple.length];
            Arrays.setAll(range, p -> tuple[p] < 0 ? 0 : parts.get(p).rangeStart(tuple[p]));
            int[] next = new int[tuple.length];
            for (int i = 0; i + 1 < bounds.length; i++) {
                if (bounds[i] == 0xD800) {
                    continue;
                }
                for (int p = 0; p < next.length; p++) {
                    next[p] = tuple[p] < 0 ? tuple[p] : target(parts.get(p), tuple[p], bounds[i], range, p);
                }
                simplify.accept(next);
                triples[size++] = bounds[i];
                triples[size++] = bounds[i + 1] - 1;
                triples[size++] = builder.tuple(next, parts, outcome, states, tuples);
            }
            builder.transitions(state, Arrays.copyOf(triples, size));
        }
        return builder.finish();
    }

    /**
     * The target of a character.
     *
     * @param range at {@code p} the index of a range of the state, not past the range of the character: moved on to it
     */
    private static int target(CharacterAutomaton part, int state, int codePoint, int[] range, int p) {
        int end = part.rangeEnd(state);
        while (range[p] < end && part.last(range[p]) < codePoint) {
            range[p]++;
        }
        return range[p] < end && part.first(range[p]) <= codePoint ? part.target(range[p]) : CharacterAutomaton.NONE;
    }

    /**
     * The texts that some automata accept, with outcome 0.
     *
     * @return null if there would be more than {@code most} states on the way
     */
    public static @Nullable CharacterAutomaton union(List<CharacterAutomaton> parts, int most, WorkBudget budget) {
        return product(
                parts,
                outcomes -> Arrays.stream(outcomes).anyMatch(outcome -> outcome >= 0) ? 0 : CharacterAutomaton.NONE,
                tuple -> {
                    for (int p = 0; p < tuple.length; p++) {
                        if (parts.get(p).isUniversal(tuple[p])) {
                            int universal = tuple[p];
                            Arrays.fill(tuple, IRRELEVANT);
                            tuple[p] = universal;
                            return;
                        }
                    }
                },
                most,
                budget);
    }

    private int tuple(
            int[] tuple,
            List<CharacterAutomaton> parts,
            ToIntFunction<int[]> outcome,
            SequenceIndex states,
            List<int[]> tuples) {
        int number = states.add(tuple);
        if (number == tuples.size()) {
            int[] outcomes = new int[tuple.length];
            for (int p = 0; p < tuple.length; p++) {
                outcomes[p] = parts.get(p).outcome(tuple[p]);
            }
            add(outcome.applyAsInt(outcomes));
            budget.allocate(48 + 8L * tuple.length);
            tuples.add(tuple.clone());
        }
        return number;
    }

    /**
     * The code points at which the transitions of some part change, with 0, both ends of the surrogates and the end of all code points.
     */
    private static int[] bounds(List<CharacterAutomaton> parts, int[] tuple) {
        int count = 4;
        for (int p = 0; p < tuple.length; p++) {
            count += tuple[p] < 0
                    ? 0
                    : 2 * (parts.get(p).rangeEnd(tuple[p]) - parts.get(p).rangeStart(tuple[p]));
        }
        int[] bounds = {0, 0xD800, 0xE000, Character.MAX_CODE_POINT + 1};
        bounds = Arrays.copyOf(bounds, count);
        int size = 4;
        for (int p = 0; p < tuple.length; p++) {
            CharacterAutomaton part = parts.get(p);
            for (int r = tuple[p] < 0 ? 0 : part.rangeStart(tuple[p]);
                    r < (tuple[p] < 0 ? 0 : part.rangeEnd(tuple[p]));
                    r++) {
                bounds[size++] = part.first(r);
                bounds[size++] = part.last(r) + 1;
            }
        }
        Arrays.sort(bounds, 0, size);
        int distinct = 1;
        for (int i = 1; i < size; i++) {
            if (bounds[i] != bounds[distinct - 1]) {
                bounds[distinct++] = bounds[i];
            }
        }
        return Arrays.copyOf(bounds, distinct);
    }

    /** The smallest automaton of some words, each with outcome 0. Source: Daciuk and others (2000), sorted input. */
    public static CharacterAutomaton words(List<String> words, WorkBudget budget) {
        return words(words.toArray(String[]::new), word -> 0, budget);
    }

    /** The smallest automaton of some words with an outcome each. */
    public static CharacterAutomaton words(Map<String, Integer> words, WorkBudget budget) {
        return words(words.keySet().toArray(String[]::new), word -> Objects.requireNonNull(words.get(word)), budget);
    }

    private static CharacterAutomaton words(String[] words, ToIntFunction<String> outcome, WorkBudget budget) {
        return words.length == 1
                ? word(words[0], outcome.applyAsInt(words[0]), budget)
                : new WordAutomaton(new CharacterAutomatonBuilder(budget, Integer.MAX_VALUE)).build(words, outcome);
    }

    /** The automaton of one word. */
    private static CharacterAutomaton word(String word, int outcome, WorkBudget budget) {
        int[] points = word.codePoints().toArray();
        budget.addStates(points.length + 1);
        int[] offset = new int[points.length + 2];
        Arrays.setAll(offset, state -> Math.min(state, points.length));
        int[] target = new int[points.length];
        Arrays.setAll(target, state -> state + 1);
        int[] outcomes = new int[points.length + 1];
        Arrays.fill(outcomes, CharacterAutomaton.NONE);
        outcomes[points.length] = outcome;
        return new CharacterAutomaton(offset, points, points, target, outcomes);
    }

    /** Finishes the automaton: drops states that lead nowhere, merges equivalent ones, and numbers the rest canonically. */
    public CharacterAutomaton finish() {
        return finish(outcomes.size() > MAX_MINIMISED);
    }

    /** Finishes an automaton that is minimal already, by numbering its states canonically. */
    CharacterAutomaton finishMinimal() {
        return finish(true);
    }

    private CharacterAutomaton finish(boolean asIs) {
        int count = outcomes.size();
        BitSet live = live(count);
        if (count == 0 || !live.get(0)) {
            return new CharacterAutomaton(new int[] {0}, new int[0], new int[0], new int[0], new int[0]);
        }
        return numbered(asIs ? identity(count) : equivalent(live, count), live);
    }

    private static int[] identity(int count) {
        int[] block = new int[count];
        Arrays.setAll(block, i -> i);
        return block;
    }

    private BitSet live(int count) {
        return Predecessors.of(count, transitions::get, 2, 3).leading(state -> outcomes.get(state) >= 0);
    }

    /** By live state, its block of states with equal futures. */
    private int[] equivalent(BitSet live, int count) {
        int[] names = new int[count];
        Arrays.setAll(names, s -> live.get(s) ? outcomes.get(s) + 1 : -1);
        return EqualStates.of(transitions, names, budget);
    }

    private static int[] merged(int[] triples, int[] names) {
        int[] result = new int[triples.length];
        return Arrays.copyOf(result, EqualStates.merged(triples, names, result));
    }

    private CharacterAutomaton numbered(int[] block, BitSet live) {
        int[] names = new int[block.length];
        Arrays.setAll(names, s -> live.get(s) ? block[s] : -1);
        int[] number = new int[Math.max(block.length, 1)];
        Arrays.fill(number, -1);
        List<Integer> order = new ArrayList<>();
        List<int[]> rows = new ArrayList<>();
        number[block[0]] = 0;
        order.add(0);
        int size = 0;
        for (int i = 0; i < order.size(); i++) {
            int[] row = merged(transitions.get(order.get(i)), names);
            int[] raw = transitions.get(order.get(i));
            for (int t = 2; t < raw.length; t += 3) {
                int name = names[raw[t]];
                if (name >= 0 && number[name] < 0) {
                    number[name] = order.size();
                    order.add(raw[t]);
                }
            }
            rows.add(row);
            size += row.length / 3;
        }
        int[] offset = new int[rows.size() + 1];
        int[] first = new int[size];
        int[] last = new int[size];
        int[] target = new int[size];
        int[] outcome = new int[rows.size()];
        int at = 0;
        for (int i = 0; i < rows.size(); i++) {
            int[] row = rows.get(i);
            outcome[i] = outcomes.get(order.get(i));
            for (int t = 0; t < row.length; t += 3) {
                first[at] = row[t];
                last[at] = row[t + 1];
                target[at++] = number[row[t + 2]];
            }
            offset[i + 1] = at;
        }
        return new CharacterAutomaton(offset, first, last, target, outcome);
    }
}
