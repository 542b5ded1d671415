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
import dev.espalier.grammar.parse.GrammarCheck;
import dev.espalier.grammar.parse.Reading;
import dev.espalier.grammar.parse.TextReader;
import dev.espalier.grammar.parse.TokenLattice;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grammars of tokens beside a lexer that tries all lengths, and Earley's algorithm over its tokens. */
class LexedGrammarTest {

    private static final String ALPHABET = "ab c";
    private static final int LONGEST = 6;
    private static final char END = '$';

    /** The slow way: cut the text, then parse the tokens. */
    private static final class SlowParser {

        private final LexedGrammar grammar;
        private final Map<LexedGrammar.Token, SlowRecognizer> texts = new HashMap<>();
        private final List<String> names;
        private final SlowRecognizer sentences;
        private final Map<Integer, Map<String, Set<String>>> cuts = new HashMap<>();
        private final Map<String, Boolean> known = new HashMap<>();

        SlowParser(LexedGrammar grammar) {
            this.grammar = grammar;
            Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules().rules());
            grammar.modes().stream()
                    .flatMap(List::stream)
                    .forEach(token -> texts.put(token, new SlowRecognizer(Grammar.of(written(token.text())))));
            names = texts.keySet().stream()
                    .map(LexedGrammar.Token::name)
                    .distinct()
                    .toList();
            names.forEach(name -> rules.put(name, Expression.Literal.of(letter(name))));
            sentences = new SlowRecognizer(new Grammar(grammar.rules().root(), rules));
        }

        private String letter(String name) {
            return String.valueOf((char) ('A' + names.indexOf(name)));
        }

        boolean accepts(String text) {
            return rows(text, 0).stream().anyMatch(row -> known.computeIfAbsent(row, one -> reads(sentences, one)));
        }

        /** All rows of tokens that a text is cut into, from a mode on. */
        private Set<String> rows(String text, int mode) {
            Map<String, Set<String>> ofMode = cuts.computeIfAbsent(mode, none -> new HashMap<>());
            Set<String> rows = ofMode.get(text);
            if (rows == null) {
                rows = text.isEmpty() ? Set.of("") : cut(text, mode);
                ofMode.put(text, rows);
            }
            return rows;
        }

        private Set<String> cut(String text, int mode) {
            Map<LexedGrammar.Token, Column> columns = new LinkedHashMap<>();
            grammar.modes()
                    .get(mode)
                    .forEach(token -> columns.put(
                            token, Objects.requireNonNull(texts.get(token)).start()));
            List<LexedGrammar.Token> ending = List.of();
            int length = 0;
            for (int at = 0; at < text.length() && !columns.isEmpty(); at++) {
                char next = text.charAt(at);
                columns.replaceAll((token, column) -> column.advance(next));
                columns.values().removeIf(column -> !column.isLive());
                List<LexedGrammar.Token> here = columns.entrySet().stream()
                        .filter(entry -> entry.getValue().isAccepting())
                        .map(Map.Entry::getKey)
                        .toList();
                boolean mustGoOn = grammar.lexing() == LexedGrammar.Lexing.COMMITTED && !columns.isEmpty();
                if (mustGoOn || !here.isEmpty()) {
                    ending = here;
                    length = at + 1;
                }
            }
            columns.replaceAll((token, column) -> column.advance(END));
            List<LexedGrammar.Token> last = columns.entrySet().stream()
                    .filter(entry -> entry.getValue().isAccepting())
                    .map(Map.Entry::getKey)
                    .toList();
            if (!last.isEmpty()) {
                ending = last;
                length = text.length();
            }
            int taken = grammar.lexing() == LexedGrammar.Lexing.COMMITTED ? ending.size() : Math.min(1, ending.size());
            Set<String> rows = new HashSet<>();
            for (LexedGrammar.Token token : ending.subList(0, taken)) {
                String first = token.isSkipped() ? "" : letter(token.name());
                rows(text.substring(length), token.next()).forEach(rest -> rows.add(first + rest));
            }
            return rows;
        }

        /** A text in which its end is a character. */
        private static Expression written(Expression expression) {
            if (expression.equals(LexedGrammar.END_OF_TEXT)) {
                return Expression.Literal.of(String.valueOf(END));
            } else if (expression instanceof Expression.Sequence sequence) {
                return new Expression.Sequence(
                        sequence.items().stream().map(SlowParser::written).toList());
            } else if (expression instanceof Expression.Choice choice) {
                return new Expression.Choice(
                        choice.alternatives().stream().map(SlowParser::written).toList());
            }
            return expression;
        }

        private static boolean reads(SlowRecognizer recognizer, String text) {
            Column column = recognizer.start();
            for (int i = 0; i < text.length(); i++) {
                column = column.advance(text.charAt(i));
            }
            return column.isAccepting();
        }
    }

    @RandomTrials(120)
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
        LexedText lexer = LexedText.of(grammar, WorkBudget.standard());
        for (String text : texts) {
            if (text.length() < LONGEST - 1 && text.hashCode() % 8 == 0) {
                compareCuts(parser, lexer, grammar, text);
            }
            if (parser.accepts(text)) {
                sentences.add(text);
                for (int i = 0; i <= text.length(); i++) {
                    begun.add(text.substring(0, i));
                }
            }
        }
        PushdownAutomaton automaton;
        try {
            automaton = AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard());
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

    /** The rows of tokens are those of the slow lexer, and a text of few characters is read if one of them is a sentence. */
    private static void compareCuts(SlowParser parser, LexedText lexer, LexedGrammar grammar, String text) {
        TokenLattice lattice = lexer.cut(text, WorkBudget.standard());
        String where = "\"" + text + "\" of " + grammar;
        assertEquals(parser.rows(text, 0), rows(parser, lattice, 0, text), where);
        if (text.length() < LONGEST / 2) {
            Reading reading = TextReader.read(
                    grammar.rules(), GrammarCheck.tokens(grammar), "r0", lattice, 2, WorkBudget.standard());
            assertEquals(parser.accepts(text), reading instanceof Reading.Sentence, where);
        }
    }

    private static Set<String> rows(SlowParser parser, TokenLattice lattice, int at, String text) {
        TokenLattice.Node node = lattice.nodes().get(at);
        Set<String> rows = new HashSet<>(node.isEnd() ? Set.of("") : Set.of());
        for (TokenLattice.Step step : node.steps()) {
            assertTrue(at < step.next() && node.offset() >= step.from() && step.from() < step.to(), text);
            rows(parser, lattice, step.next(), text).forEach(rest -> rows.add(parser.letter(step.token()) + rest));
        }
        return rows;
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
            LexedGrammar.Lexing lexing =
                    random.nextInt(3) == 0 ? LexedGrammar.Lexing.COMMITTED : LexedGrammar.Lexing.LONGEST;
            int modes = 1 + random.nextInt(2);
            int size = 1 + random.nextInt(3);
            List<List<LexedGrammar.Token>> tokens = new ArrayList<>();
            for (int i = 0; i < modes; i++) {
                tokens.add(mode(modes, lexing == LexedGrammar.Lexing.LONGEST));
            }
            List<LexedGrammar.Token> all = tokens.stream().flatMap(List::stream).toList();
            Map<String, Expression> rules = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                rules.put("r" + i, rule(all, size, 3));
            }
            return new LexedGrammar(tokens, lexing, new Grammar("r0", rules));
        }

        private List<LexedGrammar.Token> mode(int modes, boolean mayAskForTheEnd) {
            List<LexedGrammar.Token> tokens = new ArrayList<>();
            int count = 2 + random.nextInt(3);
            while (tokens.size() < count) {
                Expression text = regular(2);
                if (!new SlowRecognizer(Grammar.of(text)).start().isAccepting()) {
                    boolean asks = mayAskForTheEnd && random.nextInt(3) == 0;
                    Expression whole = asks ? asking(text) : text;
                    tokens.add(new LexedGrammar.Token("T" + tokens.size(), whole, false, random.nextInt(modes)));
                }
            }
            if (random.nextBoolean()) {
                Expression blank = random.nextBoolean()
                        ? new Expression.Repeat(Expression.Literal.of(" "), 1, Expression.UNBOUNDED)
                        : Expression.Literal.of(random.nextBoolean() ? " " : "c");
                tokens.add(
                        random.nextInt(tokens.size() + 1),
                        new LexedGrammar.Token("BLANK", blank, true, random.nextInt(modes)));
            }
            return tokens;
        }

        /** A text that ends with the whole text, or may. */
        private Expression asking(Expression text) {
            Expression end = LexedGrammar.END_OF_TEXT;
            return switch (random.nextInt(3)) {
                case 0 -> Expression.Sequence.of(text, end);
                case 1 -> Expression.Sequence.of(text, Expression.Choice.of(regular(1), end));
                default -> Expression.Choice.of(text, Expression.Sequence.of(text, regular(1), end));
            };
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
        StackSet set = StackSet.of(AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard())
                .start());
        for (int i = 0; i < text.length() && !set.isEmpty(); i++) {
            set = stepper.step(set, text.charAt(i));
        }
        return !set.isEmpty() && stepper.results(set).length > 0;
    }
}
