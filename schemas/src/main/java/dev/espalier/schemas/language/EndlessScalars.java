// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.item.Endlessness;
import dev.espalier.schemas.item.ValuePlace;
import dev.espalier.schemas.number.NumberAutomaton;
import dev.espalier.schemas.number.NumberState;
import dev.espalier.schemas.string.StringLanguage;
import dev.espalier.schemas.string.StringState;
import dev.espalier.schemas.value.ValueLanguage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Cheap proofs that a string or a number being read can still become infinitely many values, or at least a given number. A proof may fail
 * though the fact holds.
 */
@FastPath(oracle = "EndlessValuesTest")
final class EndlessScalars {

    /** The greatest length in characters of texts that are counted. */
    private static final int LETTERS = 4;

    /** The greatest number of further digits of numbers that are counted. */
    private static final int DIGITS = 12;

    /** Values that are as good as infinitely many: no array has so many items. */
    private static final long ENDLESS = 1L << 36;

    /** Ranges examined in about a microsecond. */
    private static final int RANGES_A_UNIT = 16;

    /** The characters of a number before its exponent. */
    private static final int[] MANTISSA = "-.0123456789".chars().toArray();

    private final ValueLanguage language;
    /** The number of values that is enough; 0 if only infinitely many are. */
    private final int enough;

    private final Map<CharacterAutomaton, BitSet> beforeCycles = new HashMap<>();
    private final Map<NumberState, Boolean> numbers = new HashMap<>();
    private final Map<Place, Integer> texts = new HashMap<>();
    private final Map<Digits, Long> digitsOf = new HashMap<>();

    /**
     * Proofs about the strings and numbers of a language.
     *
     * @param enough the number of values that counts as infinite; 0 if only infinity does
     */
    EndlessScalars(ValueLanguage language, int enough) {
        this.language = language;
        this.enough = enough;
    }

    /** A place in a language of strings. */
    private record Place(StringLanguage strings, int state, int count) {}

    /** A row of a table, and how many digits may follow. */
    private record Digits(NumberAutomaton numbers, int row, int digits) {}

    /** As {@link Endlessness#isAlwaysEndless}. */
    boolean isAlwaysEndless(State state) {
        return (state instanceof StringState string && isAlwaysEndless(string.language()))
                || (state instanceof NumberState number && isAlwaysEndless(number));
    }

    private boolean isAlwaysEndless(StringLanguage strings) {
        CharacterAutomaton automaton = strings.automaton();
        return !strings.isCounted() && beforeCycles(automaton).cardinality() == automaton.states();
    }

    /** True if a number can become infinitely many values from every row that it can reach. */
    private boolean isAlwaysEndless(NumberState from) {
        NumberAutomaton automaton = from.automaton();
        return rowsFrom(from).stream().allMatch(row -> isEndless(automaton.state(row)));
    }

    /** True if a number can certainly become infinitely many values. */
    boolean isEndless(NumberState at) {
        return numbers.computeIfAbsent(at, this::hasMoreDigits);
    }

    private static BitSet rowsFrom(NumberState from) {
        NumberAutomaton automaton = from.automaton();
        BitSet seen = new BitSet();
        BitSet open = new BitSet();
        open.set(from.row());
        while (!open.isEmpty()) {
            int row = open.nextSetBit(0);
            open.clear(row);
            seen.set(row);
            ValuePlace.NUMERIC
                    .chars()
                    .map(symbol -> automaton.next(row, symbol))
                    .filter(next -> next >= 0 && !seen.get(next))
                    .forEach(open::set);
        }
        return seen;
    }

    /** True if a string can certainly become infinitely many values. */
    boolean isEndless(StringState at) {
        if (at.spelling() == JsonCharacters.PLAIN || JsonCharacters.isSettled(at.spelling())) {
            return isEndless(at.language(), at.state(), at.count());
        }
        int count = at.language().counted(at.count());
        return leads(at.spelling(), at.language().automaton(), at.state(), to -> isEndless(at.language(), to, count));
    }

    /** Whether some character that a spelling can become leads to a state that passes a test. */
    static boolean leads(int spelling, CharacterAutomaton automaton, int state, IntPredicate test) {
        return Completion.of(spelling).target(automaton, state, test) != Completion.NOWHERE;
    }

    private boolean isEndless(StringLanguage strings, int state, int count) {
        if (strings.plainTextBound(state, count) == Integer.MAX_VALUE
                || (!strings.isCounted() && beforeCycles(strings.automaton()).get(state))) {
            return true;
        }
        return enough > 0
                && strings.isLive(state, count)
                && texts.computeIfAbsent(new Place(strings, state, count), at -> texts(strings, state, count, LETTERS))
                        >= enough;
    }

    /** A lower bound on the texts from a state, of at most {@code characters} characters; counted up to what is enough. */
    private int texts(StringLanguage strings, int state, int count, int characters) {
        CharacterAutomaton automaton = strings.automaton();
        long texts = strings.result(state, count) >= 0 ? 1 : 0;
        int counted = strings.counted(count);
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state) && texts < enough; r++) {
            if (strings.isLive(automaton.target(r), counted)) {
                long each = characters == 1 ? 1 : texts(strings, automaton.target(r), counted, characters - 1);
                texts += each * (automaton.last(r) - automaton.first(r) + 1);
            }
        }
        return (int) Math.min(texts, enough);
    }

    /** True if every text can grow: each continuation leads to longer and longer texts, and all long enough ones have a result. */
    boolean hasOnlyEndless(StringLanguage strings) {
        CharacterAutomaton automaton = strings.automaton();
        int last = strings.starts().length;
        for (int state = 0; state < automaton.states(); state++) {
            if (last > 0 && automaton.outcome(state) >= 0 && strings.resultIn(last, state) < 0) {
                return false;
            }
        }
        return beforeCycles(automaton).cardinality() == automaton.states();
    }

    /**
     * Whether a number can go on with digits, not all of them zero, before any exponent: without end, each time around being another value
     * with whatever ends it, or to as many values as are enough, or more than any array has items.
     */
    private boolean hasMoreDigits(NumberState from) {
        NumberAutomaton automaton = from.automaton();
        BitSet seen = new BitSet();
        BitSet open = new BitSet();
        open.set(from.row());
        while (!open.isEmpty()) {
            int row = open.nextSetBit(0);
            open.clear(row);
            seen.set(row);
            boolean isMantissa =
                    !automaton.hasExponents() || automaton.next(row, '.') >= 0 || automaton.next(row, 'e') >= 0;
            for (int symbol : MANTISSA) {
                int next = automaton.next(row, symbol);
                if (isMantissa && symbol > '0' && next == row) {
                    return true;
                }
                if (next >= 0 && !seen.get(next)) {
                    open.set(next);
                }
            }
            if (!automaton.hasExponents() && numbers(automaton, row, DIGITS) >= (enough > 0 ? enough : ENDLESS)) {
                return true;
            }
        }
        return false;
    }

    /** A lower bound on the values that at most so many digits make of a beginning, the last of them not zero. */
    private long numbers(NumberAutomaton automaton, int row, int digits) {
        Digits key = new Digits(automaton, row, digits);
        Long known = digitsOf.get(key);
        if (known != null) {
            return known;
        }
        long count = 0;
        for (int symbol = '0'; symbol <= '9'; symbol++) {
            int next = automaton.next(row, symbol);
            if (next >= 0) {
                count += symbol > '0' && automaton.results(next).length > 0 ? 1 : 0;
                count += digits > 1 ? numbers(automaton, next, digits - 1) : 0;
            }
        }
        digitsOf.put(key, count);
        return count;
    }

    /** The states from which there are infinitely many texts: those before a cycle, since every state leads to an outcome. */
    private BitSet beforeCycles(CharacterAutomaton automaton) {
        return beforeCycles.computeIfAbsent(automaton, k -> {
            language.deadline().spend(1 + k.ranges() / RANGES_A_UNIT);
            return statesBeforeCycles(k);
        });
    }

    /**
     * The states that lead to a cycle, or are on one. Cost: each range is visited once. Oracle: what stays when dead ends are removed
     * repeatedly.
     */
    static BitSet statesBeforeCycles(CharacterAutomaton automaton) {
        BitSet before = new BitSet();
        BitSet begun = new BitSet();
        BitSet open = new BitSet();
        int[] range = new int[automaton.states()];
        int[] path = new int[automaton.states()];
        for (int start = 0; start < path.length; start = begun.nextClearBit(start + 1)) {
            int depth = 0;
            int state = start;
            while (state >= 0) {
                if (!begun.get(state)) {
                    begun.set(state);
                    open.set(state);
                    range[state] = automaton.rangeStart(state);
                    path[depth++] = state;
                }
                if (!before.get(state) && range[state] < automaton.rangeEnd(state)) {
                    int target = automaton.target(range[state]++);
                    before.set(state, open.get(target) || before.get(target));
                    state = begun.get(target) ? state : target;
                    continue;
                }
                open.clear(state);
                boolean isBefore = before.get(state);
                state = --depth == 0 ? -1 : path[depth - 1];
                if (isBefore && state >= 0) {
                    before.set(state);
                }
            }
        }
        return before;
    }
}
