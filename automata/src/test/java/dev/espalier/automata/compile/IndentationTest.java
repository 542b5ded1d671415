// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grammars with indentation beside a lexer that tries all lengths, a stack of columns, and Earley's algorithm over tokens. */
class IndentationTest {

    private static final int MOST = 9;
    private static final Limits LIMITS = Limits.DEFAULT.withMaxIndentation(MOST);
    private static final LexedGrammar.Indentation INDENTATION =
            new LexedGrammar.Indentation("NL", "IN", "DE", Set.of("LP"), Set.of("RP"));
    private static final int TEXTS = 1_500;

    /** The slow way. */
    private static final class SlowParser {

        private final List<Token> tokens;
        private final Map<Token, SlowRecognizer> texts = new HashMap<>();
        private final List<String> names;
        private final SlowRecognizer sentences;

        SlowParser(LexedGrammar grammar) {
            tokens = grammar.modes().get(0);
            Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules().rules());
            tokens.forEach(token -> texts.put(token, new SlowRecognizer(Grammar.of(token.text()))));
            names = new ArrayList<>(List.of("IN", "DE"));
            tokens.stream().map(Token::name).distinct().forEach(names::add);
            names.forEach(name -> rules.put(name, Expression.Literal.of(letter(name))));
            sentences = new SlowRecognizer(new Grammar(grammar.rules().root(), rules));
        }

        private String letter(String name) {
            return String.valueOf((char) ('A' + names.indexOf(name)));
        }

        boolean accepts(String text) {
            StringBuilder row = new StringBuilder();
            ArrayDeque<Integer> columns = new ArrayDeque<>(List.of(0));
            int depth = 0;
            for (int at = 0; at < text.length(); ) {
                Token found = null;
                int length = 0;
                for (Token token : tokens) {
                    int longest = longest(token, text, at);
                    if (longest > length) {
                        found = token;
                        length = longest;
                    }
                }
                if (found == null) {
                    return false;
                }
                String cut = text.substring(at, at + length);
                at += length;
                if (found.isSkipped() || (found.name().equals("NL") && depth > 0)) {
                    continue;
                }
                row.append(letter(found.name()));
                if (found.name().equals("NL") && !indent(cut, columns, row)) {
                    return false;
                }
                depth += found.name().equals("LP") ? 1 : found.name().equals("RP") ? -1 : 0;
                if (depth < 0) {
                    return false;
                }
            }
            row.append(letter("DE").repeat(columns.size() - 1));
            return reads(sentences, row.toString());
        }

        private boolean indent(String newline, ArrayDeque<Integer> columns, StringBuilder row) {
            String last = newline.substring(newline.lastIndexOf('\n') + 1);
            if (newline.indexOf('\n') < 0) {
                return false;
            }
            int column = last.chars().map(c -> c == ' ' ? 1 : c == '\t' ? 8 : 0).sum();
            if (column > columns.getFirst()) {
                columns.push(column);
                row.append(letter("IN"));
                return column <= MOST;
            }
            while (column < columns.getFirst()) {
                columns.pop();
                row.append(letter("DE"));
            }
            return column == columns.getFirst();
        }

        private int longest(Token token, String text, int from) {
            Column column = texts.get(token).start();
            int longest = 0;
            for (int at = from; at < text.length() && column.isLive(); at++) {
                column = column.advance(text.charAt(at));
                longest = column.isAccepting() ? at + 1 - from : longest;
            }
            return longest;
        }

        private static boolean reads(SlowRecognizer recognizer, String text) {
            Column column = recognizer.start();
            for (int i = 0; i < text.length(); i++) {
                column = column.advance(text.charAt(i));
            }
            return column.isAccepting();
        }
    }

    /** A grammar beside the slow way. */
    private static final class Comparison {

        private final LexedGrammar grammar;
        private final SlowParser parser;
        private final Stepper stepper = new Stepper(LIMITS);
        private final Map<String, StackSet> sets = new HashMap<>();
        private final Set<String> begun = new HashSet<>();
        private final PushdownAutomaton automaton;

        Comparison(LexedGrammar grammar) {
            this.grammar = grammar;
            this.parser = new SlowParser(grammar);
            this.automaton = AutomatonCompiler.compile(grammar, new WorkBudget(LIMITS, new Cancellation()));
        }

        StackSet after(String text) {
            StackSet known = sets.get(text);
            if (known == null) {
                known = text.isEmpty()
                        ? StackSet.of(automaton.start())
                        : stepper.step(after(text.substring(0, text.length() - 1)), text.charAt(text.length() - 1));
                sets.put(text, known);
            }
            return known;
        }

        /** The text is accepted if and only if it is slowly, and then all its beginnings are live. */
        void check(String text) {
            StackSet set = after(text);
            boolean isSentence = parser.accepts(text);
            assertEquals(isSentence, !set.isEmpty() && stepper.results(set).length > 0, where(text));
            for (int i = 0; isSentence && i <= text.length(); i++) {
                begun.add(text.substring(0, i));
            }
        }

        /** A live text has a completion of the length that is promised, and none that is shorter among those that were met. */
        void checkLive(String text, String alphabet) {
            StackSet set = after(text);
            assertTrue(!begun.contains(text) || !set.isEmpty(), where(text));
            if (!set.isEmpty()) {
                String whole = completed(text, alphabet);
                assertTrue(parser.accepts(whole), where(text) + ", completed as " + quoted(whole));
            }
        }

        private String completed(String text, String alphabet) {
            String whole = text;
            for (int left = stepper.distance(after(text)); left > 0; left--) {
                String before = whole;
                for (char c : alphabet.toCharArray()) {
                    StackSet next = after(before + c);
                    if (!next.isEmpty() && stepper.distance(next) == left - 1) {
                        whole = before + c;
                        break;
                    }
                }
                assertTrue(whole.length() > before.length(), where(before) + ": distance " + left);
            }
            return whole;
        }

        String where(String text) {
            return quoted(text) + " of " + grammar;
        }

        private static String quoted(String text) {
            return "\"" + text.replace("\n", "\\n").replace("\t", "\\t") + "\"";
        }
    }

    @RandomTrials(300)
    void textsAreThoseWhoseTokensAreSentences(long seed) {
        Random random = new Random(seed);
        RandomGrammars grammars = new RandomGrammars(random);
        LexedGrammar grammar = grammars.next();
        String alphabet = grammars.alphabet();
        Comparison comparison;
        try {
            comparison = new Comparison(grammar);
        } catch (UnsatisfiableException none) {
            SlowParser parser = new SlowParser(grammar);
            shortTexts(alphabet).forEach(text -> assertFalse(parser.accepts(text), grammar + " reads " + text));
            return;
        }
        List<String> texts = shortTexts(alphabet);
        texts.forEach(comparison::check);
        texts.forEach(text -> comparison.checkLive(text, alphabet));
        for (int i = 0; i < 40; i++) {
            String text = walk(comparison, random, alphabet);
            comparison.check(text);
            comparison.checkLive(text, alphabet);
            for (int j = 0; j < 5; j++) {
                comparison.check(changed(text, random, alphabet));
            }
        }
    }

    /** All texts up to a length, as many as there is time for. */
    private static List<String> shortTexts(String alphabet) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.size() + alphabet.length() <= TEXTS; i++) {
            for (char c : alphabet.toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        return texts;
    }

    private static String walk(Comparison comparison, Random random, String alphabet) {
        String text = "";
        int length = 6 + random.nextInt(14);
        while (text.length() < length) {
            String before = text;
            List<String> live = alphabet.chars()
                    .mapToObj(c -> before + (char) c)
                    .filter(next -> !comparison.after(next).isEmpty())
                    .toList();
            if (live.isEmpty()) {
                return text;
            }
            text = live.get(random.nextInt(live.size()));
        }
        return comparison.completed(text, alphabet);
    }

    private static String changed(String text, Random random, String alphabet) {
        StringBuilder changed = new StringBuilder(text);
        int at = random.nextInt(text.length() + 1);
        if (random.nextBoolean() && at < text.length()) {
            changed.deleteCharAt(at);
        } else {
            changed.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return changed.toString();
    }

    @RandomTrials(60)
    void framesKeepTheContract(long seed) {
        LexedGrammar grammar = new RandomGrammars(new Random(seed)).next();
        try {
            PushdownAutomaton automaton =
                    AutomatonCompiler.compile(grammar, new WorkBudget(LIMITS, new Cancellation()));
            if (automaton.start().results().length == 0) {
                FrameContract.check(automaton.start(), 128, seed, 3, 20);
            }
        } catch (UnsatisfiableException none) {
            assertFalse(new SlowParser(grammar).accepts("a"));
        }
    }

    /** Random grammars of few tokens. */
    private static final class RandomGrammars {

        private final Random random;
        private final List<Token> tokens = new ArrayList<>();

        RandomGrammars(Random random) {
            this.random = random;
        }

        String alphabet() {
            return "a\n " + (hasBrackets() ? "()" : "") + (mayHave(':') ? ":" : "")
                    + (mayHave('#') ? "#" : "") + (mayHave('\t') ? "\t" : "");
        }

        private boolean hasBrackets() {
            return tokens.stream().anyMatch(token -> token.name().equals("LP"));
        }

        private boolean mayHave(char c) {
            return tokens.stream().anyMatch(token -> {
                SlowRecognizer recognizer = new SlowRecognizer(Grammar.of(token.text()));
                return recognizer.start().advance(c).isLive()
                        || recognizer.start().advance('\n').advance(c).isLive();
            });
        }

        LexedGrammar next() {
            tokens.add(new Token("NL", newline(), false));
            tokens.add(new Token("A", random.nextBoolean() ? text("a") : many(text("a"), 1), false));
            if (random.nextInt(3) == 0) {
                tokens.add(new Token("C", text(random.nextBoolean() ? ":" : "a "), false));
            }
            if (random.nextBoolean()) {
                tokens.add(new Token("LP", text("("), false));
                tokens.add(new Token("RP", text(")"), false));
            }
            if (random.nextBoolean()) {
                tokens.add(new Token("WS", many(text(" "), 1), true));
            }
            if (random.nextInt(5) == 0) {
                tokens.add(new Token("JOINED", text("#\n"), true));
            }
            Map<String, Expression> rules = new LinkedHashMap<>();
            int size = 1 + random.nextInt(3);
            for (int i = 0; i < size; i++) {
                Expression rule = rule(size, 4);
                boolean hasLine = random.nextInt(3) > 0;
                rules.put("r" + i, hasLine ? Expression.Choice.of(rule, Expression.Sequence.of(name("A"), name("NL"))) : rule);
            }
            return new LexedGrammar(
                    List.of(tokens),
                    LexedGrammar.Lexing.LONGEST,
                    new Grammar("r0", rules),
                    Optional.of(INDENTATION));
        }

        private Expression newline() {
            Expression line = Expression.Sequence.of(text("\n"), many(text(" "), 0));
            Expression comment = Expression.Sequence.of(text("#"), many(text("a"), 0));
            switch (random.nextInt(7)) {
                case 0:
                    return many(line, 1);
                case 1:
                    return Expression.Sequence.of(new Expression.Repeat(comment, 0, 1), line);
                case 2:
                    return many(Expression.Choice.of(line, comment), 1);
                case 3:
                    return Expression.Sequence.of(text("\n"), many(text("  "), 0));
                case 4:
                    return Expression.Sequence.of(text("\n"), many(Expression.Choice.of(text(" "), text("\t")), 0));
                default:
                    return line;
            }
        }

        private static Expression text(String text) {
            return Expression.Literal.of(text);
        }

        private static Expression many(Expression item, int min) {
            return new Expression.Repeat(item, min, Expression.UNBOUNDED);
        }

        private static Expression name(String name) {
            return new Expression.RuleReference(name);
        }

        private Expression rule(int rules, int depth) {
            switch (random.nextInt(depth == 0 ? 3 : 10)) {
                case 0:
                    return name("r" + random.nextInt(rules));
                case 1, 2:
                    List<String> plain = tokens.stream()
                            .filter(token -> !token.isSkipped())
                            .map(Token::name)
                            .filter(name -> !Set.of("LP", "RP").contains(name))
                            .toList();
                    return name(plain.get(random.nextInt(plain.size())));
                case 3:
                    return Expression.Choice.of(rule(rules, depth - 1), rule(rules, depth - 1));
                case 4:
                    return new Expression.Repeat(
                            rule(rules, depth - 1),
                            random.nextInt(2),
                            random.nextBoolean() ? Expression.UNBOUNDED : 1 + random.nextInt(3));
                case 5:
                    if (hasBrackets()) {
                        return Expression.Sequence.of(name("LP"), rule(rules, depth - 1), name("RP"));
                    }
                    return Expression.Sequence.of(rule(rules, depth - 1), name("NL"));
                case 6:
                    return Expression.Sequence.of(name("IN"), rule(rules, depth - 1), name("DE"));
                case 7:
                    return Expression.Sequence.of(
                            name("A"),
                            name("NL"),
                            name("IN"),
                            many(random.nextBoolean() ? name("r0") : rule(rules, depth - 1), 1),
                            name("DE"));
                default:
                    return Expression.Sequence.of(rule(rules, depth - 1), rule(rules, depth - 1));
            }
        }
    }

    private static LexedGrammar grammar(Map<String, Expression> rules) {
        List<Token> tokens = List.of(
                new Token("NL", RandomGrammars.many(
                        Expression.Sequence.of(
                                Expression.Literal.of("\n"),
                                RandomGrammars.many(Expression.Literal.of(" "), 0)),
                        1), false),
                new Token("A", Expression.Literal.of("a"), false),
                new Token("LP", Expression.Literal.of("("), false),
                new Token("RP", Expression.Literal.of(")"), false),
                new Token("WS", Expression.Literal.of(" "), true));
        return new LexedGrammar(
                List.of(tokens), LexedGrammar.Lexing.LONGEST, new Grammar("root", rules), Optional.of(INDENTATION));
    }

    private static Expression row(String... names) {
        return new Expression.Sequence(
                Arrays.stream(names).<Expression>map(Expression.RuleReference::new).toList());
    }

    private static Comparison blocks() {
        Expression block = Expression.Sequence.of(
                row("A", "NL", "IN"),
                new Expression.Repeat(new Expression.RuleReference("line"), 1, Expression.UNBOUNDED),
                row("DE"));
        Expression brackets = Expression.Sequence.of(
                row("LP"), new Expression.Repeat(row("A"), 0, Expression.UNBOUNDED), row("RP", "NL"));
        return new Comparison(grammar(Map.of(
                "root",
                new Expression.Repeat(new Expression.RuleReference("line"), 1, Expression.UNBOUNDED),
                "line",
                Expression.Choice.of(row("A", "NL"), block, brackets))));
    }

    @Test
    void aLineIsOfTheBlockWhoseColumnItHas() {
        Comparison blocks = blocks();
        for (String text : List.of(
                "a\n", "a\n a\n", "a\n a\n   a\n a\na\n", "a\n\n  \n a\n    ", "a\n a\n  a\n ", "a\n (a\na\n      a)\n")) {
            if (!text.endsWith("\n    ")) {
                assertTrue(blocks.parser.accepts(text), text);
            }
            blocks.check(text);
        }
        for (String text : List.of(" a\n", "a\n  a\n a\n", "a\n a\n  ", "a\n a\n  a\n   ", "a", "(a\n", "a\n          a\n")) {
            if (!text.equals(" a\n")) {
                assertFalse(blocks.parser.accepts(text), text);
            }
            blocks.check(text);
        }
    }

    @Test
    void theShortestTextOfADeepBlockIsCounted() {
        Comparison blocks = blocks();
        assertEquals(1, blocks.stepper.distance(blocks.after("a")));
        assertEquals(0, blocks.stepper.distance(blocks.after("a\n  a\n")));
        assertEquals(1, blocks.stepper.distance(blocks.after("a\n  a\n   ")));
        assertEquals(2, blocks.stepper.distance(blocks.after("a\n  a\n  (a")));
    }

    @Test
    void whatOpensAndWhatClosesAreInOneRow() {
        for (Expression rule : List.of(row("LP", "A"), row("A", "RP"), row("IN", "A"), row("LP", "IN", "RP", "DE"))) {
            LexedGrammar grammar = grammar(Map.of("root", rule));
            UnsupportedFeatureException refused = assertThrows(
                    UnsupportedFeatureException.class,
                    () -> AutomatonCompiler.compile(grammar, WorkBudget.standard()));
            assertTrue(refused.getMessage().contains("\"root\""), refused.getMessage());
        }
    }

    @Test
    void indentationNeedsANewline() {
        Grammar rules = new Grammar("root", Map.of("root", row("A")));
        List<List<Token>> modes = List.of(List.of(new Token("A", Expression.Literal.of("a"), false)));
        assertThrows(
                InvalidInputException.class,
                () -> new LexedGrammar(modes, LexedGrammar.Lexing.LONGEST, rules, Optional.of(INDENTATION)));
    }
}
