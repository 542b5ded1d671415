// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The automaton of a regular expression with look-around and word boundaries anywhere in it.
 *
 * <p>A state is a Boolean formula over steps of a {@link LookProgram}: it says what must, and what must not, match from here on. Formulas are
 * decision diagrams, so that equal formulas are one state, and there are finitely many. Reading a character replaces each step by a formula
 * over the steps after it. Look-behinds are programs that start anew at each character and run alongside; whether one ends here is a formula,
 * too, since look-arounds inside it may depend on what follows.
 *
 * <p>Source: Chandra, Kozen, Stockmeyer, "Alternation" (1981), made deterministic with Brzozowski's derivatives of boolean
 * formulas (1964).
 */
@FastPath(oracle = "LookAroundTest")
final class LookAround {

    /** The value in place of the missing character before the text and of the one after it. */
    private static final int EDGE = -1;

    private final LookProgram program;
    private final Diagrams diagrams;
    private final WorkBudget budget;
    /** The first character of each range of characters that the expression does not distinguish. */
    private final int[] parts;

    private final List<CodePoints> words = new ArrayList<>();
    private boolean seesStart;
    private boolean seesLines;
    /** The character before the one that is read, as in {@link Place}. */
    private int before;

    private int[] runs = {};
    private int next;
    private final Map<Integer, Integer> after = new HashMap<>();
    private final Map<Integer, Integer> ends = new HashMap<>();

    /**
     * A state of the automaton.
     *
     * @param before the representative of the character before: a part's first character, or {@link #EDGE}
     * @param formula the formula that the rest of the text must satisfy
     * @param runs for each look-behind, the formula over the steps that its runs have reached
     */
    private record Place(int before, int formula, List<Integer> runs) {}

    private LookAround(LookProgram program, WorkBudget budget) {
        this.program = program;
        this.budget = budget;
        this.diagrams = new Diagrams(budget.limits().maxIrNodes(), new Deadline(budget));
        this.parts = parts();
    }

    /**
     * The automaton of texts of which some part matches an expression without back-references.
     *
     * @throws dev.espalier.core.error.LimitExceededException if the automaton, or the expression with its repetitions
     *     written out, is too large
     */
    static CharacterAutomaton searching(RegexTree tree, WorkBudget budget) {
        LookProgram program = LookProgram.searching(tree, budget);
        return DeepStack.call(program.size() / 4, () -> new LookAround(program, budget).automaton());
    }

    private int[] parts() {
        TreeSet<Integer> bounds = new TreeSet<>(List.of(0, 0xE000));
        for (int i = 0; i < program.size(); i++) {
            LookProgram.Step step = program.get(i);
            cut(step.members(), bounds);
            if (step.kind() == LookProgram.Kind.ASSERT) {
                look(step, bounds);
            }
        }
        bounds.removeIf(bound -> bound > Character.MAX_CODE_POINT || (bound >= 0xD800 && bound < 0xE000));
        return bounds.stream().mapToInt(i -> i).toArray();
    }

    private void look(LookProgram.Step step, TreeSet<Integer> bounds) {
        switch (step.demand()) {
            case START -> seesStart = true;
            case LINE_START, LINE_END -> {
                seesStart = true;
                seesLines = true;
                cut(CodePoints.ofRanges('\n', '\n', '\r', '\r', 0x2028, 0x2029), bounds);
            }
            case BOUNDARY, NO_BOUNDARY -> {
                if (!words.contains(step.members())) {
                    words.add(step.members());
                }
            }
            default -> {}
        }
    }

    private static void cut(CodePoints members, TreeSet<Integer> bounds) {
        for (int i = 0; i < members.rangeCount(); i++) {
            bounds.add(members.first(i));
            bounds.add(members.last(i) + 1);
        }
    }

    private int lastOf(int part) {
        return parts[part] == 0xE000 || part + 1 == parts.length || parts[part + 1] != 0xE000
                ? part + 1 == parts.length ? Character.MAX_CODE_POINT : parts[part + 1] - 1
                : 0xD7FF;
    }

    private CharacterAutomaton automaton() {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
        Map<Place, Integer> index = new HashMap<>();
        List<Place> places = new ArrayList<>();
        List<Integer> begun = program.behinds().stream().map(diagrams::variable).toList();
        add(new Place(EDGE, diagrams.variable(program.start()), begun), index, places, builder);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            int[] triples = new int[3 * parts.length];
            for (int part = 0; part < parts.length; part++) {
                triples[3 * part] = parts[part];
                triples[3 * part + 1] = lastOf(part);
                triples[3 * part + 2] = add(read(place, parts[part]), index, places, builder);
            }
            builder.transitions(i, triples);
        }
        return builder.finish();
    }

    private int add(Place place, Map<Place, Integer> index, List<Place> places, CharacterAutomatonBuilder builder) {
        Integer known = index.get(place);
        if (known == null) {
            known = builder.add(isAccepted(place) ? 0 : CharacterAutomaton.NONE);
            index.put(place, known);
            places.add(place);
        }
        return known;
    }

    private void at(Place place, int character) {
        before = place.before;
        runs = place.runs.stream().mapToInt(i -> i).toArray();
        next = character;
        after.clear();
        ends.clear();
    }

    private boolean isAccepted(Place place) {
        at(place, EDGE);
        return replaced(place.formula, true) == Diagrams.ZERO;
    }

    private Place read(Place place, int character) {
        at(place, character);
        int formula = replaced(place.formula, true);
        if (formula < 0) {
            // settled: nothing that follows matters
            return new Place(EDGE, formula, List.of());
        }
        List<Integer> running = new ArrayList<>();
        for (int behind = 0; behind < runs.length; behind++) {
            int again = diagrams.variable(program.behinds().get(behind));
            running.add(diagrams.or(replaced(runs[behind], true), again));
        }
        return new Place(seen(character), formula, running);
    }

    /** The representative of a character once it is the character before: one for all that no assertion distinguishes there. */
    private int seen(int character) {
        int kind = seesLines && isLineEnd(character) ? 1 : 0;
        for (CodePoints word : words) {
            kind = kind << 1 | (word.contains(character) ? 1 : 0);
        }
        for (int part : parts) {
            int other = seesLines && isLineEnd(part) ? 1 : 0;
            for (CodePoints word : words) {
                other = other << 1 | (word.contains(part) ? 1 : 0);
            }
            if (other == kind) {
                return seesStart || kind != 0 ? part : EDGE;
            }
        }
        throw new IllegalStateException("a character is in no part");
    }

    private static boolean isLineEnd(int character) {
        return character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029;
    }

    /** A formula with each step replaced by what is left of it. The steps of look-behinds go on, or they must end here. */
    private int replaced(int formula, boolean goesOn) {
        if (formula < 0) {
            return formula;
        }
        Map<Integer, Integer> done = new HashMap<>();
        for (int node : diagrams.nodesBefore(formula, Integer.MAX_VALUE)) {
            budget.spendSteps(4);
            int step = diagrams.top(node);
            int test = goesOn || !program.isBehind(step) ? after(step) : end(step);
            int no = value(diagrams.branch(node, false), done);
            int yes = value(diagrams.branch(node, true), done);
            done.put(node, diagrams.choose(test, yes, no));
        }
        return value(formula, done);
    }

    private static int value(int diagram, Map<Integer, Integer> done) {
        return diagram < 0 ? diagram : java.util.Objects.requireNonNull(done.get(diagram));
    }

    /** The formula that is left of a step after the character; the end of a look-behind before the character counts as a failure. */
    private int after(int step) {
        return left(step, after, false);
    }

    /** The same for a step of a look-behind that must end here; look-aheads inside it go on. */
    private int end(int step) {
        return left(step, ends, true);
    }

    private int left(int step, Map<Integer, Integer> memo, boolean ending) {
        Integer known = memo.get(step);
        if (known == null) {
            known = new Walk(ending).left(step);
            memo.put(step, known);
        }
        return known;
    }

    /** A walk through steps that read nothing; a step that is met again on the way adds nothing. */
    private final class Walk {
        private final boolean ending;
        private final Map<Integer, Integer> seen = new HashMap<>();

        Walk(boolean ending) {
            this.ending = ending;
        }

        int left(int index) {
            Integer known = seen.get(index);
            if (known != null) {
                return known;
            }
            seen.put(index, Diagrams.DEAD);
            int result = of(program.get(index));
            seen.put(index, result);
            return result;
        }

        private int of(LookProgram.Step step) {
            return switch (step.kind()) {
                case READ -> reads(step) ? diagrams.variable(step.next()) : Diagrams.DEAD;
                case SPLIT -> diagrams.or(left(step.next()), left(step.other()));
                case ASSERT -> holds(step) ? left(step.next()) : Diagrams.DEAD;
                case AHEAD -> diagrams.and(after(step.other()), left(step.next()));
                case NOT_AHEAD -> diagrams.and(diagrams.not(after(step.other())), left(step.next()));
                case BEHIND -> diagrams.and(behind(step.other()), left(step.next()));
                case NOT_BEHIND -> diagrams.and(diagrams.not(behind(step.other())), left(step.next()));
                case DONE -> Diagrams.ZERO;
                case BEHIND_DONE -> ending ? Diagrams.ZERO : Diagrams.DEAD;
            };
        }

        private boolean reads(LookProgram.Step step) {
            return !ending && next != EDGE && step.members().contains(next);
        }
    }

    private int behind(int number) {
        return replaced(runs[number], false);
    }

    private boolean holds(LookProgram.Step step) {
        return switch (step.demand()) {
            case START -> before == EDGE;
            case END -> next == EDGE;
            case LINE_START -> before == EDGE || isLineEnd(before);
            case LINE_END -> next == EDGE || isLineEnd(next);
            case BOUNDARY -> isWord(step, before) != isWord(step, next);
            case NO_BOUNDARY -> isWord(step, before) == isWord(step, next);
        };
    }

    private static boolean isWord(LookProgram.Step step, int character) {
        return character != EDGE && step.members().contains(character);
    }
}
