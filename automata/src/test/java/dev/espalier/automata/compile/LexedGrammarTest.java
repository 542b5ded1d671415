// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grammars of tokens beside a lexer that tries all lengths, and Earley's algorithm over its tokens. */
class LexedGrammarTest {

    private static final String ALPHABET = "ab c";
    private static final int LONGEST = 6;

    /** The slow way: cut the text, then parse the tokens. */
    private static final class SlowParser {

        private final LexedGrammar grammar;
        private final List<SlowRecognizer> tokens = new ArrayList<>();
        private final SlowRecognizer sentences;
        private final Map<String, Boolean> known = new HashMap<>();

        SlowParser(LexedGrammar grammar) {
            this.grammar = grammar;
            Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules().rules());
            for (int i = 0; i < grammar.tokens().size(); i++) {
                tokens.add(new SlowRecognizer(Grammar.of(grammar.tokens().get(i).text())));
                rules.put(grammar.tokens().get(i).name(), Expression.Literal.of(letter(i)));
            }
            sentences = new SlowRecognizer(new Grammar(grammar.rules().root(), rules));
        }

        private static String letter(int token) {
            return String.valueOf((char) ('A' + token));
        }

        boolean accepts(String text) {
            String cut = cut(text);
            return cut != null && known.computeIfAbsent(cut, row -> reads(sentences, row));
        }

        private @Nullable String cut(String text) {
            StringBuilder row = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int length = 0;
                int token = -1;
                for (int i = tokens.size() - 1; i >= 0; i--) {
                    Column column = tokens.get(i).start();
                    for (int end = at; end < text.length(); end++) {
                        column = column.advance(text.charAt(end));
                        if (column.isAccepting() && end + 1 - at >= length) {
                            length = end + 1 - at;
                            token = i;
                        }
                    }
                }
                if (token < 0) {
                    return null;
                }
                if (!grammar.tokens().get(token).isSkipped()) {
                    row.append(letter(token));
                }
                at += length;
            }
            return row.toString();
        }

        private static boolean reads(SlowRecognizer recognizer, String text) {
            Column column = recognizer.start();
            for (int i = 0; i < text.length(); i++) {
                column = column.advance(text.charAt(i));
            }
            return column.isAccepting();
        }
    }

    @RandomTrials(300)
    void textsAreThoseWhoseLongestTokensAreSentences(long seed) {
        compare(new RandomLexedGrammars(new Random(seed)).next());
    }

    private static void compare(LexedGrammar grammar) {
        SlowParser parser = new SlowParser(grammar);
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < LONGEST; i++) {
            for (char c : ALPHABET.toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        Set<String> sentences = new HashSet<>();
        Set<String> begun = new HashSet<>();
        for (String text : texts) {
            if (parser.accepts(text)) {
                sentences.add(text);
                for (int i = 0; i <= text.length(); i++) {
                    begun.add(text.substring(0, i));
                }
            }
        }
        PushdownAutomaton automaton;
        try {
            automaton = AutomatonCompiler.compile(grammar, WorkBudget.standard());
        } catch (UnsatisfiableException none) {
            assertEquals(Set.of(), sentences, grammar.toString());
            return;
        }
        Stepper stepper = new Stepper(Limits.DEFAULT);
        Map<String, StackSet> sets = new HashMap<>();
        for (String text : texts) {
            StackSet set = text.isEmpty() ? StackSet.of(automaton.start()) : after(stepper, sets, text);
            String where = "\"" + text + "\" of " + grammar;
            if (set == null) {
                assertFalse(begun.contains(text), where);
                continue;
            }
            sets.put(text, set);
            assertEquals(sentences.contains(text), stepper.results(set).length > 0, where);
            if (!begun.contains(text)) {
                assertTrue(text.length() + shortest(stepper, set) > LONGEST, "dead end at " + where);
            }
        }
    }

    /** The set after a text, by that after all but its last character; null if it is dead. */
    private static @Nullable StackSet after(Stepper stepper, Map<String, StackSet> sets, String text) {
        StackSet before = sets.get(text.substring(0, text.length() - 1));
        if (before == null) {
            return null;
        }
        StackSet after = stepper.step(before, text.charAt(text.length() - 1));
        return after.isEmpty() ? null : after;
    }

    /** The least number of bytes to the end, at most one more than texts may have. */
    private static int shortest(Stepper stepper, StackSet set) {
        List<StackSet> now = List.of(set);
        for (int length = 0; length <= LONGEST; length++) {
            List<StackSet> next = new ArrayList<>();
            for (StackSet one : now) {
                if (stepper.results(one).length > 0) {
                    return length;
                }
                for (char c : ALPHABET.toCharArray()) {
                    StackSet after = stepper.step(one, c);
                    if (!after.isEmpty()) {
                        next.add(after);
                    }
                }
            }
            now = next;
        }
        return LONGEST + 1;
    }

    /** Random grammars of few tokens. */
    private record RandomLexedGrammars(Random random) {

        LexedGrammar next() {
            List<LexedGrammar.Token> tokens = new ArrayList<>();
            int count = 2 + random.nextInt(3);
            while (tokens.size() < count) {
                Expression text = regular(2);
                if (!new SlowRecognizer(Grammar.of(text)).start().isAccepting()) {
                    tokens.add(new LexedGrammar.Token("T" + tokens.size(), text, false));
                }
            }
            if (random.nextBoolean()) {
                Expression blank = random.nextBoolean()
                        ? new Expression.Repeat(Expression.Literal.of(" "), 1, Expression.UNBOUNDED)
                        : Expression.Literal.of(random.nextBoolean() ? " " : "c");
                tokens.add(random.nextInt(tokens.size() + 1), new LexedGrammar.Token("BLANK", blank, true));
            }
            Map<String, Expression> rules = new LinkedHashMap<>();
            int size = 1 + random.nextInt(3);
            for (int i = 0; i < size; i++) {
                rules.put("r" + i, rule(tokens, size, 3));
            }
            return new LexedGrammar(tokens, new Grammar("r0", rules));
        }

        private Expression regular(int depth) {
            switch (random.nextInt(depth == 0 ? 2 : 6)) {
                case 0:
                    return Expression.Literal.of(String.valueOf("abc ".charAt(random.nextInt(4))));
                case 1:
                    return new Expression.CharacterClass(CodePoints.range('a', random.nextBoolean() ? 'b' : 'c'));
                case 2:
                    return Expression.Choice.of(regular(depth - 1), regular(depth - 1));
                case 3:
                    return new Expression.Repeat(
                            regular(depth - 1), random.nextInt(2), random.nextBoolean() ? Expression.UNBOUNDED : 2);
                default:
                    return Expression.Sequence.of(regular(depth - 1), regular(depth - 1));
            }
        }

        private Expression rule(List<LexedGrammar.Token> tokens, int rules, int depth) {
            switch (random.nextInt(depth == 0 ? 2 : 6)) {
                case 0:
                    return new Expression.RuleReference("r" + random.nextInt(rules));
                case 1, 2:
                    return new Expression.RuleReference(
                            tokens.get(random.nextInt(tokens.size())).name());
                case 3:
                    return Expression.Choice.of(rule(tokens, rules, depth - 1), rule(tokens, rules, depth - 1));
                case 4:
                    return new Expression.Repeat(
                            rule(tokens, rules, depth - 1),
                            random.nextInt(2),
                            random.nextBoolean() ? Expression.UNBOUNDED : 1 + random.nextInt(3));
                default:
                    return Expression.Sequence.of(rule(tokens, rules, depth - 1), rule(tokens, rules, depth - 1));
            }
        }
    }

    @Test
    void aNameIsNoKeywordAndNotTwoNames() {
        Expression letters = new Expression.Repeat(
                new Expression.CharacterClass(CodePoints.range('a', 'z')), 1, Expression.UNBOUNDED);
        Expression blanks = new Expression.Repeat(Expression.Literal.of(" "), 1, Expression.UNBOUNDED);
        LexedGrammar grammar = new LexedGrammar(
                List.of(
                        new LexedGrammar.Token("IF", Expression.Literal.of("if"), false),
                        new LexedGrammar.Token("NAME", letters, false),
                        new LexedGrammar.Token("BLANKS", blanks, true)),
                new Grammar(
                        "root",
                        Map.of(
                                "root",
                                Expression.Sequence.of(
                                        new Expression.RuleReference("IF"), new Expression.RuleReference("NAME")))));
        for (String text : List.of("if a", "  if  iff ", "if   fi")) {
            assertTrue(reads(grammar, text), text);
        }
        for (String text : List.of("ifa", "if if", "if a b", "i fa", "if")) {
            assertFalse(reads(grammar, text), text);
        }
    }

    private static boolean reads(LexedGrammar grammar, String text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(
                AutomatonCompiler.compile(grammar, WorkBudget.standard()).start());
        for (int i = 0; i < text.length() && !set.isEmpty(); i++) {
            set = stepper.step(set, text.charAt(i));
        }
        return !set.isEmpty() && stepper.results(set).length > 0;
    }
}
