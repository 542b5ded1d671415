// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.Derivatives;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.work.LateLimits;
import dev.espalier.schemas.work.Learned;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The automata of the patterns and formats of one schema text, each made once. Automata that were made for earlier schemas are reused; they
 * count against the limits as if they were made here.
 */
public final class Patterns {

    private final RegexReader reader;
    private final Limits limits;
    private final boolean checks;
    private @Nullable WorkBudget compilation;
    private final Map<String, Pattern> searched = new HashMap<>();
    private final Map<String, Pattern> formats;
    private final Learned<Key, Made> learned;

    /** The key of a pattern's automaton: everything that it depends on. */
    public record Key(String pattern, Limits limits) {}

    /**
     * An automaton that was made for another schema.
     *
     * @param bytes the bytes that it took of the budget
     * @param states the states that it took of the budget
     */
    public record Made(Pattern pattern, long bytes, long states) {}

    /** A pattern with its texts. Thread-safe. */
    public static final class Pattern {

        private final PatternTexts texts;
        private final String reason;
        private final @Nullable TextKind kind;
        private final @Nullable Expression expression;
        private volatile @Nullable CharacterAutomaton whole;

        private Pattern(PatternTexts texts, String reason, @Nullable TextKind kind, @Nullable Expression expression) {
            this.texts = texts;
            this.reason = reason;
            this.kind = kind;
            this.expression = expression;
            this.whole = texts instanceof PatternTexts.Regular regular ? regular.automaton() : null;
        }

        private static Pattern exact(CharacterAutomaton automaton) {
            return new Pattern(new PatternTexts.Regular(automaton), "", null, null);
        }

        private static Pattern inexact(String reason, @Nullable TextKind kind) {
            return new Pattern(new PatternTexts.Regular(CharacterAutomaton.ALL), reason, kind, null);
        }

        public boolean isExact() {
            return reason.isEmpty();
        }

        /** The texts that match; meaningless if there is a reason. */
        public PatternTexts texts() {
            return texts;
        }

        /** Why it cannot be enforced while a text is written; empty if it can. */
        public String reason() {
            return reason;
        }

        /** The language against which a text is checked at its end if there is a reason; null if that is not known either. */
        public @Nullable TextKind kind() {
            return kind;
        }

        /**
         * One automaton of the texts that match.
         *
         * @throws dev.espalier.core.error.LimitExceededException past {@code maxAutomatonStates}
         */
        public CharacterAutomaton automaton(WorkBudget budget) {
            CharacterAutomaton known = whole;
            if (known == null) {
                Derivatives derivatives = new Derivatives(budget);
                known = CharacterAutomatonBuilder.of(
                        derivatives, derivatives.of(Objects.requireNonNull(expression)), budget);
                whole = known;
            }
            return known;
        }
    }

    /**
     * The patterns of one schema text.
     *
     * @param formats the formats met so far, by all texts; safe for several threads
     * @param learned the patterns met so far, by all texts
     * @param checks whether checks at the end of a text are allowed
     */
    public Patterns(
            RegexReader reader,
            Map<String, Pattern> formats,
            Learned<Key, Made> learned,
            boolean checks,
            WorkBudget budget) {
        this.learned = learned;
        this.checks = checks;
        this.reader = reader;
        this.formats = formats;
        this.limits = budget.limits();
        this.compilation = budget;
    }

    /**
     * A pattern that some part of a text must match.
     *
     * @throws SyntaxException if it is malformed
     */
    public Pattern search(String pattern) {
        return known(searched, pattern, RegexReader.Mode.SEARCH);
    }

    /** The expression of a format, which a whole text must match. */
    public Pattern format(String pattern) {
        return known(formats, pattern, RegexReader.Mode.FULL);
    }

    private Pattern known(Map<String, Pattern> memo, String pattern, RegexReader.Mode mode) {
        Pattern known = memo.get(pattern);
        if (known == null) {
            known = mode == RegexReader.Mode.SEARCH ? learned(pattern) : compile(pattern, mode);
            memo.put(pattern, known);
        }
        return known;
    }

    private Pattern learned(String pattern) {
        Key key = new Key(pattern, limits);
        WorkBudget budget = budget();
        Made made = learned.get(key);
        if (made != null && budget.affords(made.bytes, made.states)) {
            budget.allocate(made.bytes);
            budget.addStates(made.states);
            return made.pattern;
        }
        long bytes = budget.allocatedBytes();
        long states = budget.states();
        Pattern fresh = compile(pattern, RegexReader.Mode.SEARCH);
        if (fresh.isExact() && compilation != null) {
            Made here = new Made(fresh, budget.allocatedBytes() - bytes, budget.states() - states);
            learned.put(key, here, 100 + 2L * pattern.length() + fresh.texts.bytes());
        }
        return fresh;
    }

    private Pattern compile(String pattern, RegexReader.Mode mode) {
        try {
            return compile(reader.read(pattern, mode, budget()));
        } catch (UnsupportedFeatureException e) {
            return mode == RegexReader.Mode.SEARCH ? searched(pattern) : Pattern.inexact(firstLine(e), null);
        }
    }

    private Pattern compile(Expression expression) {
        return new Pattern(new PatternParts(budget()).of(expression), "", null, expression);
    }

    /** A pattern with look-around, word boundaries, modifiers or back-references. */
    private Pattern searched(String pattern) {
        try {
            RegexTree tree = reader.tree(pattern, budget());
            int nesting = (int) pattern.chars().filter(c -> c == '(').count();
            return DeepStack.call(nesting, () -> searched(pattern, tree));
        } catch (UnsupportedFeatureException e) {
            return Pattern.inexact(firstLine(e), null);
        }
    }

    private Pattern searched(String pattern, RegexTree tree) {
        if (tree.hasReferences()) {
            return Pattern.inexact(
                    "back-references can only be checked when a text is finished",
                    new BackReferences(pattern, tree, limits));
        }
        Expression expression = LookTranslation.searching(tree, budget());
        return expression == null ? Pattern.exact(LookAround.searching(tree, budget())) : compile(expression);
    }

    private static String firstLine(EspalierException e) {
        String message = e.getMessage();
        return message == null ? "unsupported" : message.lines().findFirst().orElse("unsupported");
    }

    /** The budget under which automata are made: the compilation's; after it, a new one for each. */
    public WorkBudget budget() {
        return compilation != null ? compilation : WorkBudget.ofPart(LateLimits.of(limits));
    }

    /** Whether checks at the end of a text are allowed. */
    public boolean areChecksAllowed() {
        return checks;
    }

    /** Ends the compilation; later work is not charged to its budget. */
    public void endCompilation() {
        compilation = null;
    }
}
