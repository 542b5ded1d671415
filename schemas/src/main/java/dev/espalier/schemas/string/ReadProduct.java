// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.format.TextKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A simplification of {@link ReadLanguage}s to automata: if the texts that the regular part allows lead to few readings only, the whole
 * language is regular.
 */
@FastPath(oracle = "ReadProductTest")
public final class ReadProduct {

    /** The number of pairs of a state and a reading above which they count as infinite. */
    private static final int MAX_PAIRS = 4096;

    /** The same where some kind is a pattern that has too many states for an automaton. */
    private static final int MAX_LARGE_PAIRS = 256;

    /** Groups of characters that one range of a state falls into. */
    private static final int MAX_PARTS = 512;

    /** Unicode scalar values. */
    private static final int ALL_CHARACTERS = 0x110000 - 0x800;

    private final ReadLanguage language;
    private final int spans;
    private final CharacterAutomaton automaton;
    private final CharacterAutomatonBuilder builder;
    private final Limits limits;
    private final Map<Pair, Integer> index = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();

    private record Pair(int state, ReadLanguage.Readings readings) {}

    private ReadProduct(ReadLanguage language, int spans, WorkBudget budget) {
        this.language = language;
        this.spans = spans;
        this.automaton = language.texts().automaton();
        this.builder = new CharacterAutomatonBuilder(budget);
        this.limits = budget.limits();
    }

    /**
     * The same language, as an automaton where it is one.
     *
     * @param starts the first counts of the spans of the regular part
     * @param isCheckedAtEnd whether it need not be exact while it is written
     */
    static StringFrame simplified(ReadLanguage language, int[] starts, boolean isCheckedAtEnd, WorkBudget budget) {
        StringLanguage texts = language.texts();
        boolean settled =
                language.rows().stream().allMatch(row -> row.stream().distinct().count() == 1);
        boolean exact = language.kinds().stream().allMatch(TextKind::isExact);
        if (settled || (exact && !texts.isTrivial())) {
            StringLanguage regular = new ReadProduct(language, starts.length + 1, budget).build(starts);
            if (regular != null) {
                return regular;
            }
        }
        boolean alone = language.kinds().size() == 1 && exact && isAlone(language);
        boolean isSearched = exact && !alone && !isCheckedAtEnd;
        return isSearched ? new ReadLanguage(texts, language.kinds(), true, language.rows()) : language;
    }

    /** Whether the regular part does not matter for what can follow a reading of the only kind. */
    private static boolean isAlone(ReadLanguage language) {
        StringLanguage texts = language.texts();
        return language.kinds().get(0).isOpen()
                ? texts.isTrivial() || isFree(texts)
                : texts.isTrivial()
                        && !texts.isCounted()
                        && language.rows().stream().allMatch(row -> row.get(0) < 0);
    }

    /**
     * Whether all but finitely many texts are alike to the automaton, whatever they begin with, and their number is not
     * bounded: so is it beside constants. Then each reading has infinitely many ways to go on.
     */
    private static boolean isFree(StringLanguage texts) {
        CharacterAutomaton automaton = texts.automaton();
        boolean[] done = new boolean[automaton.states()];
        int universal = 0;
        boolean total = !texts.isCounted();
        for (int state = 0; state < done.length; state++) {
            done[state] = automaton.isUniversal(state);
            universal += done[state] ? 1 : 0;
            int characters = 0;
            for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                characters += automaton.last(r) - automaton.first(r) + 1;
            }
            total &= characters == ALL_CHARACTERS;
        }
        boolean changed = total && universal == 1;
        while (changed) {
            changed = false;
            for (int state = 0; state < done.length; state++) {
                boolean all = true;
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    all &= done[automaton.target(r)];
                }
                changed |= all && !done[state];
                done[state] |= all;
            }
        }
        int left = 0;
        for (boolean one : done) {
            left += one ? 0 : 1;
        }
        return total && universal == 1 && left == 0;
    }

    /** Whether the texts of an automaton that are of a kind are a regular language, as far as this can find out. */
    public static boolean isRegular(CharacterAutomaton automaton, TextKind kind, WorkBudget budget) {
        StringLanguage texts = new StringLanguage(automaton, new int[0], new int[][] {{0}}, false, budget.limits());
        ReadLanguage language = new ReadLanguage(texts, List.of(kind), false, List.of(List.of(-1, 0)));
        return kind.isExact() && new ReadProduct(language, 1, budget).build(new int[0]) != null;
    }

    private @Nullable StringLanguage build(int[] starts) {
        if (automaton.start() >= 0) {
            add(new Pair(automaton.start(), language.nothingRead()));
        }
        int most = language.kinds().stream().allMatch(TextKind::isOpen) ? MAX_PAIRS : MAX_LARGE_PAIRS;
        for (int i = 0; i < pairs.size(); i++) {
            int[] triples = transitions(pairs.get(i));
            if (triples == null || pairs.size() > most) {
                return null;
            }
            builder.transitions(i, triples);
        }
        return new StringLanguage(
                builder.finish(),
                starts,
                rows.toArray(int[][]::new),
                language.texts().isShortest(),
                limits);
    }

    private int @Nullable [] transitions(Pair from) {
        int[] triples = new int[16];
        int size = 0;
        for (int r = automaton.rangeStart(from.state); r < automaton.rangeEnd(from.state); r++) {
            int last = automaton.last(r);
            for (int c = automaton.first(r); c <= last; c = triples[size - 2] + 1) {
                if (size > 3 * MAX_PARTS) {
                    return null;
                }
                if (size + 3 > triples.length) {
                    triples = Arrays.copyOf(triples, 2 * triples.length);
                }
                triples[size] = c;
                triples[size + 1] = from.readings.sameUntil(c, last);
                triples[size + 2] = add(new Pair(automaton.target(r), from.readings.next(c, Integer.MAX_VALUE)));
                size += 3;
            }
        }
        return Arrays.copyOf(triples, size);
    }

    private int add(Pair pair) {
        Integer known = index.get(pair);
        if (known == null) {
            known = builder.add(row(pair));
            index.put(pair, known);
            pairs.add(pair);
        }
        return known;
    }

    private int row(Pair pair) {
        int[] row = new int[spans];
        for (int span = 0; span < spans; span++) {
            row[span] = language.resultIn(span, pair.state, pair.readings);
        }
        if (Arrays.stream(row).allMatch(result -> result < 0)) {
            return CharacterAutomaton.NONE;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (Arrays.equals(rows.get(i), row)) {
                return i;
            }
        }
        rows.add(row);
        return rows.size() - 1;
    }
}
