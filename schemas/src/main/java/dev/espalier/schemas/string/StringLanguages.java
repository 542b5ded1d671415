// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.SequenceIndex;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.DenseAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.format.TextKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** One construction of a {@link StringLanguage} from a diagram over atoms of strings. */
public final class StringLanguages {

    /** The number of automata from which those of a few words are merged into one. */
    private static final int MANY = 4;

    private static final int MAX_WORDS = 1000;

    /** The states that a product with a large automaton, such as that of the spans of a source, may have for each of its states. */
    private static final int TIMES = 4;

    private final Diagrams diagrams;
    private final Atoms atoms;
    private final int diagram;
    private final List<CharacterAutomaton> automata = new ArrayList<>();
    private final Map<Integer, Integer> part = new HashMap<>();
    private final Map<Integer, Integer> least = new HashMap<>();
    private final int[] starts;
    private final List<int[]> rows = new ArrayList<>();
    private final SequenceIndex rowNumbers = new SequenceIndex();
    /** The variables that no automaton decides; rows then hold numbers of {@link #residuals}. */
    private final List<Integer> reads = new ArrayList<>();

    /** The residual diagrams once all automata and lengths are decided. */
    private final List<Integer> residuals = new ArrayList<>();

    /** The atoms of a few words each that are read by one automaton, part 0: by its outcome, which of them hold. */
    private final BitSet wordAtoms = new BitSet();

    private final List<BitSet> wordVectors = new ArrayList<>();
    private int withoutWords;
    /** By automaton and outcome, the characters of the shortest text. */
    private final Map<List<Integer>, Integer> shortest = new HashMap<>();

    private StringLanguages(Diagrams diagrams, Atoms atoms, int diagram) {
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.diagram = diagram;
        TreeSet<Integer> bounds = new TreeSet<>();
        diagrams.support(diagram).stream().forEach(variable -> {
            if (atoms.get(variable) instanceof Atom.Text text) {
                part.put(variable, automata.size());
                automata.add(text.language());
            } else if (atoms.get(variable) instanceof Atom.Length length) {
                least.put(variable, length.least());
                bounds.add(length.least());
            } else if (atoms.get(variable) instanceof Atom.Read) {
                reads.add(variable);
            }
        });
        this.starts = bounds.stream().mapToInt(i -> i).toArray();
    }

    /**
     * The language of a diagram, whose ends are the results. Characters are spelled as asked.
     *
     * @throws LimitExceededException if an automaton has too many states
     */
    static StringFrame of(Diagrams diagrams, Atoms atoms, int diagram, boolean shortest, WorkBudget budget) {
        StringAlternatives.Patience patience =
                StringAlternatives.Patience.USUAL.upTo(Integer.MAX_VALUE, budget.limits());
        StringFrame frame = within(patience, diagrams, atoms, diagram, shortest, budget);
        if (frame == null) {
            throw CharacterAutomatonBuilder.tooMany(budget.limits(), patience.states() + 1);
        }
        return frame;
    }

    /** As {@link #of}; null if an intermediate automaton exceeds the thresholds. */
    static @Nullable StringFrame within(
            StringAlternatives.Patience patience,
            Diagrams diagrams,
            Atoms atoms,
            int diagram,
            boolean shortest,
            WorkBudget budget) {
        if (diagram == Diagrams.ZERO) {
            return shortest ? StringLanguage.ALL : StringLanguage.ALL_SPELLINGS;
        }
        StringLanguages work = new StringLanguages(diagrams, atoms, diagram);
        work.group(budget);
        CharacterAutomaton automaton = work.automaton(patience, budget);
        if (automaton == null) {
            return null;
        }
        StringLanguage texts =
                new StringLanguage(automaton, work.starts, work.rows.toArray(int[][]::new), shortest, budget.limits());
        if (work.reads.isEmpty()) {
            return texts;
        }
        ReadLanguage language =
                new ReadLanguage(texts, work.kinds(), false, ReadLanguage.rows(diagrams, work.residuals, work.reads));
        return ReadProduct.simplified(
                language, work.starts, language.kinds().stream().anyMatch(atoms::isCheckedAtEnd), budget);
    }

    private List<TextKind> kinds() {
        return reads.stream()
                .map(variable -> ((Atom.Read) atoms.get(variable)).kind())
                .toList();
    }

    /** Groups all atoms of a few words each, mostly constants, into one automaton. */
    private void group(WorkBudget budget) {
        Map<String, BitSet> holders = new HashMap<>();
        for (int variable : part.keySet()) {
            List<String> words = part.size() < MANY && reads.isEmpty()
                    ? null
                    : automata.get(partOf(variable)).words(MAX_WORDS);
            if (words != null) {
                wordAtoms.set(variable);
                words.forEach(
                        word -> holders.computeIfAbsent(word, k -> new BitSet()).set(variable));
            }
        }
        holders.forEach((word, vector) -> reads.forEach(variable -> {
            if (((Atom.Read) atoms.get(variable)).kind().contains(word)) {
                vector.set(variable);
            }
        }));
        withoutWords = diagram;
        if (wordAtoms.isEmpty()) {
            return;
        }
        wordAtoms.stream().forEach(variable -> withoutWords = diagrams.restrict(withoutWords, variable, false));
        Map<BitSet, Integer> vectors = new HashMap<>();
        Map<String, Integer> outcomes = new HashMap<>();
        holders.forEach((word, vector) -> outcomes.put(word, vectors.computeIfAbsent(vector, v -> {
            wordVectors.add(v);
            return wordVectors.size() - 1;
        })));
        List<CharacterAutomaton> parts = new ArrayList<>(List.of(CharacterAutomatonBuilder.words(outcomes, budget)));
        for (Map.Entry<Integer, Integer> entry : part.entrySet()) {
            if (!wordAtoms.get(entry.getKey())) {
                parts.add(automata.get(entry.getValue()));
                entry.setValue(parts.size() - 1);
            }
        }
        part.keySet().removeIf(wordAtoms::get);
        automata.clear();
        automata.addAll(parts);
    }

    /** Whether texts of a span hold what these automata accept: where all that they accept is longer, as if they did not. */
    private boolean holds(int variable, int span, int[] outcomes) {
        boolean isWord = wordAtoms.get(variable);
        int number = isWord ? 0 : partOf(variable);
        return outcomes[number] >= 0
                && (!isWord || wordVectors.get(outcomes[number]).get(variable))
                && (span == starts.length || shortest(number, outcomes[number]) < starts[span]);
    }

    private int shortest(int number, int outcome) {
        return shortest.computeIfAbsent(
                List.of(number, outcome), key -> automata.get(number).leastCharacters(outcome));
    }

    private @Nullable CharacterAutomaton automaton(StringAlternatives.Patience patience, WorkBudget budget) {
        ToIntFunction<int[]> outcome = this::row;
        if (automata.isEmpty()) {
            return row(new int[0]) < 0 ? nothing(budget) : CharacterAutomaton.ALL;
        }
        if (automata.size() == 1 && wordAtoms.isEmpty() && row(new int[] {-1}) < 0) {
            return row(new int[] {0}) < 0 ? nothing(budget) : automata.get(0);
        }
        if (automata.size() == 1 && !wordAtoms.isEmpty() && row(new int[] {-1}) < 0) {
            return wordsAlone(budget);
        }
        int largest =
                automata.stream().mapToInt(CharacterAutomaton::states).max().orElse(0);
        boolean isLarge = largest > StringLanguage.LARGE;
        int most = isLarge ? Math.multiplyExact(TIMES, largest) : Math.min(patience.plain(), patience.states());
        CharacterAutomaton product = CharacterAutomatonBuilder.product(automata, outcome, this::simplify, most, budget);
        return product != null || isLarge ? product : composed(patience.states(), budget);
    }

    /** The same where the atoms are of a few words each, and nothing but these words has a result. */
    private CharacterAutomaton wordsAlone(WorkBudget budget) {
        Map<String, Integer> outcomes = new HashMap<>();
        for (String word : java.util.Objects.requireNonNull(automata.get(0).words(Integer.MAX_VALUE))) {
            int row = row(new int[] {automata.get(0).run(word)});
            if (row >= 0) {
                outcomes.put(word, row);
            }
        }
        return CharacterAutomatonBuilder.words(outcomes, budget);
    }

    /** The automaton built by way of small automata. */
    private @Nullable CharacterAutomaton composed(int most, WorkBudget budget) {
        rows.clear();
        rowNumbers.clear();
        residuals.clear();
        List<Integer> wordRows = new ArrayList<>();
        CharacterAutomaton words = wordAtoms.isEmpty() ? nothing(budget) : words(wordRows, budget);
        List<CharacterAutomaton> all = new ArrayList<>(automata);
        all.add(words);
        CompositionalMinimisation work = new CompositionalMinimisation(
                diagrams,
                variable -> part.containsKey(variable) ? automata.get(partOf(variable)) : null,
                all,
                most,
                budget);
        DenseAutomaton rest = work.of(bySpan(withoutWords));
        Map<Integer, Integer> numbers = new HashMap<>();
        DenseAutomaton whole = rest == null
                ? null
                : DenseAutomaton.product(
                        DenseAutomaton.of(words, work.classes(), budget),
                        rest,
                        (none, word, other) -> word >= 0
                                ? wordRows.get(word)
                                : other < 0 ? -1 : numbers.computeIfAbsent(other, o -> numbered(work.end(o))),
                        most,
                        budget);
        return whole == null ? null : whole.spelled(work.classes(), budget);
    }

    /** The atoms of few words as an automaton whose outcomes stand for the words' rows. */
    private CharacterAutomaton words(List<Integer> wordRows, WorkBudget budget) {
        Map<Integer, Integer> numbers = new HashMap<>();
        Map<String, Integer> outcomes = new HashMap<>();
        for (String word : java.util.Objects.requireNonNull(automata.get(0).words(Integer.MAX_VALUE))) {
            int row = row(automata.stream().mapToInt(one -> one.run(word)).toArray());
            outcomes.put(word, numbers.computeIfAbsent(row, k -> {
                wordRows.add(row);
                return wordRows.size() - 1;
            }));
        }
        return CharacterAutomatonBuilder.words(outcomes, budget);
    }

    /** By span, the diagram once the length of a text is known to be in it. */
    private int[] bySpan(int diagram) {
        int[] left = new int[starts.length + 1];
        for (int span = 0; span < left.length; span++) {
            int count = span == 0 ? 0 : starts[span - 1];
            BitSet yes = new BitSet();
            BitSet no = new BitSet();
            least.forEach((variable, length) -> (length <= count ? yes : no).set(variable));
            left[span] = diagrams.restrictAll(diagram, yes, no);
        }
        return left;
    }

    /** Drops the automata whose verdict is settled, and those on which nothing depends any more. */
    private void simplify(int[] tuple) {
        boolean words = !wordAtoms.isEmpty() && tuple[0] != CharacterAutomaton.NONE;
        int rest = words ? diagram : withoutWords;
        for (Map.Entry<Integer, Integer> entry : part.entrySet()) {
            int state = tuple[entry.getValue()];
            boolean universal = automata.get(entry.getValue()).isUniversal(state);
            if (universal || state == CharacterAutomaton.NONE) {
                rest = diagrams.restrict(rest, entry.getKey(), universal);
            }
        }
        BitSet support = diagrams.support(rest);
        if (words && !support.intersects(wordAtoms)) {
            tuple[0] = CharacterAutomatonBuilder.IRRELEVANT;
        }
        for (Map.Entry<Integer, Integer> entry : part.entrySet()) {
            int state = tuple[entry.getValue()];
            boolean settled = state == CharacterAutomaton.NONE
                    || automata.get(entry.getValue()).isUniversal(state);
            if (!settled && !support.get(entry.getKey())) {
                tuple[entry.getValue()] = CharacterAutomatonBuilder.IRRELEVANT;
            }
        }
    }

    private static CharacterAutomaton nothing(WorkBudget budget) {
        return CharacterAutomatonBuilder.words(List.of(), budget);
    }

    /** The number of the row of results that texts have which these automata accept; -1 if they have none. */
    private int row(int[] outcomes) {
        int[] row = new int[starts.length + 1];
        for (int span = 0; span < row.length; span++) {
            row[span] = left(diagram, span, outcomes);
        }
        return numbered(row);
    }

    /** The number of a row of results, given by what is left of the diagram; -1 if it has none. */
    private int numbered(int[] left) {
        int[] row = Arrays.stream(left).map(this::result).toArray();
        if (Arrays.stream(row).allMatch(result -> result < 0)) {
            return -1;
        }
        int number = rowNumbers.add(row);
        if (number == rows.size()) {
            rows.add(row);
        }
        return number;
    }

    /** The residual diagram of texts of a span that these automata accept. */
    private int left(int from, int span, int[] outcomes) {
        int count = span == 0 ? 0 : starts[span - 1];
        int at = from;
        while (at >= 0) {
            int variable = diagrams.top(at);
            Integer length = least.get(variable);
            if (reads.contains(variable) && (wordAtoms.isEmpty() || outcomes[0] < 0)) {
                int no = left(diagrams.branch(at, false), span, outcomes);
                return diagrams.choose(
                        diagrams.variable(variable), left(diagrams.branch(at, true), span, outcomes), no);
            }
            boolean holds = reads.contains(variable)
                    ? wordVectors.get(outcomes[0]).get(variable)
                    : length != null ? length <= count : holds(variable, span, outcomes);
            at = diagrams.branch(at, holds);
        }
        return at;
    }

    private int result(int left) {
        if (left == Diagrams.DEAD) {
            return -1;
        }
        if (reads.isEmpty()) {
            return Diagrams.result(left);
        }
        if (!residuals.contains(left)) {
            residuals.add(left);
        }
        return residuals.indexOf(left);
    }

    private int partOf(int variable) {
        return java.util.Objects.requireNonNull(part.get(variable));
    }

    /** The texts of which a truth value holds, or does not, as keys: lengths are counted by states. */
    public static KeySet keys(Diagrams diagrams, Atoms atoms, int truth, boolean wanted, WorkBudget budget) {
        int asked = wanted ? truth : diagrams.not(truth);
        StringFrame frame = of(diagrams, atoms, asked, false, budget);
        if (frame instanceof ReadLanguage read) {
            CharacterAutomaton rows = uncounted(read.texts(), true, budget);
            List<BitSet> sets = new ArrayList<>();
            for (List<Integer> row : read.rows()) {
                BitSet set = new BitSet();
                for (int verdicts = 0; verdicts < row.size(); verdicts++) {
                    set.set(verdicts, row.get(verdicts) >= 0);
                }
                sets.add(set);
            }
            return new KeySet.Reading(rows, read.kinds(), sets);
        }
        return new KeySet.Matching(uncounted((StringLanguage) frame, false, budget));
    }

    /** An automaton of a language; its outcomes are results, or 0 for all of them. */
    private static CharacterAutomaton uncounted(StringLanguage language, boolean results, WorkBudget budget) {
        if (!language.isCounted() && !results) {
            return language.automaton();
        }
        List<CharacterAutomaton> parts = new ArrayList<>(List.of(language.automaton()));
        for (int start : language.starts()) {
            parts.add(longAs(start, budget));
        }
        return CharacterAutomatonBuilder.product(
                parts,
                outcomes -> {
                    int span = 0;
                    while (span + 1 < outcomes.length && outcomes[span + 1] >= 0) {
                        span++;
                    }
                    int result = language.resultOf(span, outcomes[0]);
                    return results ? result : Math.min(result, 0);
                },
                budget);
    }

    private static CharacterAutomaton longAs(int least, WorkBudget budget) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
        for (int count = 0; count <= least; count++) {
            builder.add(count == least ? 0 : CharacterAutomaton.NONE);
        }
        for (int count = 0; count <= least; count++) {
            int next = Math.min(count + 1, least);
            builder.transitions(count, new int[] {0, 0xD7FF, next, 0xE000, Character.MAX_CODE_POINT, next});
        }
        return builder.finish();
    }
}
