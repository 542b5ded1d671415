// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;
import dev.espalier.schemas.characters.CharacterAutomaton;
import java.util.Arrays;

/**
 * One construction of the automaton of all spans of a source. Its states are those of the {@link SuffixAutomaton} of the source's symbols, its
 * transitions read the characters that the symbols stand for. Where spans consist of whole words, each boundary of words is a letter of its own:
 * whether there is one between two characters depends on these alone, so that a text's transitions pass over it, and a text may end before it.
 *
 * <p>See {@code docs/design/spans.md}.
 */
@FastPath(oracle = "SpanAutomatonTest")
public final class SpanAutomaton {

    /** Estimated bytes of a letter of the source while its automaton is made. */
    private static final int BYTES_A_LETTER = 80;

    private final boolean folded;
    private final int[] alphabet;
    /** The letter of boundaries; that of no symbol. */
    private final int boundary;
    /** By letter the characters that it stands for; those are looked up once. */
    private final CodePoints[] characters;

    private final SuffixAutomaton factors;
    private final IntList first = new IntList();
    private final IntList last = new IntList();
    private final IntList target = new IntList();
    /** By state of the factors its number, from 1 on. */
    private final int[] number;

    private final IntList order = new IntList();
    /** By range of the state that is being written its first character and its place in {@code written}. */
    private long[] sorted = new long[16];

    private int[] written = new int[32];
    private int size;

    private SpanAutomaton(SpanSymbols source, SpanRule rule, WorkBudget budget) {
        this.folded = rule.folded();
        int[] symbols = new int[source.size()];
        Arrays.setAll(symbols, source::get);
        this.alphabet = Arrays.stream(symbols).sorted().distinct().toArray();
        this.boundary = alphabet.length;
        this.characters = new CodePoints[alphabet.length];
        Arrays.setAll(characters, letter -> SpanSymbols.characters(alphabet[letter], folded));
        int[] letters = letters(source, symbols, rule.words());
        budget.checkMemory((long) BYTES_A_LETTER * letters.length);
        this.factors = SuffixAutomaton.of(letters, alphabet.length + 1, budget);
        this.number = new int[factors.states()];
    }

    private int[] letters(SpanSymbols source, int[] symbols, boolean words) {
        IntList letters = new IntList();
        for (int i = 0; i < symbols.length; i++) {
            if (words && source.isBoundary(i)) {
                letters.add(boundary);
            }
            letters.add(Arrays.binarySearch(alphabet, symbols[i]));
        }
        if (words) {
            letters.add(boundary);
        }
        return letters.toArray();
    }

    /**
     * The texts that are spans of a source, with outcome 0. Cost: some tens of milliseconds and about 5 MB for 100,000 characters.
     *
     * @param source not empty, without lone surrogates
     * @throws dev.espalier.core.error.LimitExceededException if the budget has too few states or bytes
     */
    public static CharacterAutomaton of(String source, SpanRule rule, WorkBudget budget) {
        SpanAutomaton work = new SpanAutomaton(SpanSymbols.of(source, rule.folded()), rule, budget);
        CharacterAutomaton made = work.build(rule.words());
        budget.allocate(made.bytes());
        return made;
    }

    private CharacterAutomaton build(boolean words) {
        int start = words ? factors.next(0, boundary) : 0;
        number(start);
        IntList offsets = new IntList();
        for (int i = 0; i < order.size(); i++) {
            offsets.add(first.size());
            write(order.get(i), words);
        }
        offsets.add(first.size());
        int[] outcomes = new int[order.size()];
        Arrays.setAll(
                outcomes,
                i -> i == 0 || (words && factors.next(order.get(i), boundary) == SuffixAutomaton.NONE)
                        ? CharacterAutomaton.NONE
                        : 0);
        return CharacterAutomaton.of(offsets.toArray(), first.toArray(), last.toArray(), target.toArray(), outcomes);
    }

    private int number(int state) {
        if (number[state] == 0) {
            order.add(state);
            number[state] = order.size();
        }
        return number[state] - 1;
    }

    /** Writes the transitions of a state, in the order of characters. */
    private void write(int state, boolean words) {
        size = 0;
        collect(state);
        int behind = words ? factors.next(state, boundary) : SuffixAutomaton.NONE;
        if (behind != SuffixAutomaton.NONE) {
            collect(behind);
        }
        int letter = factors.letter(state);
        if (folded && letter >= 0 && letter < boundary && alphabet[letter] == SpanSymbols.SPACE) {
            collect(letter, state);
        }
        Arrays.sort(sorted, 0, size);
        for (int i = 0; i < size; i++) {
            int at = (int) sorted[i];
            first.add((int) (sorted[i] >>> Integer.SIZE));
            last.add(written[2 * at]);
            target.add(number(written[2 * at + 1]));
        }
    }

    private void collect(int state) {
        for (int edge = factors.firstEdge(state); edge != SuffixAutomaton.NONE; edge = factors.nextEdge(edge)) {
            if (factors.edgeLetter(edge) != boundary) {
                collect(factors.edgeLetter(edge), factors.edgeTarget(edge));
            }
        }
    }

    private void collect(int letter, int to) {
        CodePoints set = characters[letter];
        for (int range = 0; range < set.rangeCount(); range++) {
            if (size == sorted.length) {
                sorted = Arrays.copyOf(sorted, 2 * size);
                written = Arrays.copyOf(written, 4 * size);
            }
            sorted[size] = (long) set.first(range) << Integer.SIZE | size;
            written[2 * size] = set.last(range);
            written[2 * size + 1] = to;
            size++;
        }
    }
}
