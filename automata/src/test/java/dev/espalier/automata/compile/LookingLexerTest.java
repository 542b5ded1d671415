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
import dev.espalier.grammar.LexedGrammar.Lexing;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.parse.TokenLattice;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tokens that look around, beside the search of {@link Pattern} in the whole text and Earley's algorithm over what it finds. */
class LookingLexerTest {

    private static final int LONGEST = 5;
    private static final String ALPHABET = "abé ";

    /** An expression, the same as a pattern, and whether it may read nothing. */
    private record Both(Expression expression, String pattern, boolean mayBeEmpty) {}

    /** The slow way: search for the tokens at each place, then parse them. */
    private static final class SlowParser {

        private final List<Token> tokens;
        private final List<Pattern> patterns;
        private final SlowRecognizer sentences;
        private final Map<String, Boolean> known = new HashMap<>();

        SlowParser(LexedGrammar grammar, List<Pattern> patterns) {
            this.tokens = grammar.modes().get(0);
            this.patterns = patterns;
            Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules().rules());
            tokens.forEach(token -> rules.put(token.name(), Expression.Literal.of(token.name())));
            sentences = new SlowRecognizer(new Grammar(grammar.rules().root(), rules));
        }

        /** The names of the tokens that a text is cut into; null if some of it is none. */
        @Nullable
        String row(String text) {
            StringBuilder row = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int found = -1;
                for (int i = 0; i < patterns.size() && found < 0; i++) {
                    Matcher matcher = patterns.get(i)
                            .matcher(text)
                            .region(at, text.length())
                            .useTransparentBounds(true)
                            .useAnchoringBounds(false);
                    if (matcher.lookingAt()) {
                        found = i;
                        at = matcher.end();
                    }
                }
                if (found < 0) {
                    return null;
                }
                row.append(
                        tokens.get(found).isSkipped() ? "" : tokens.get(found).name());
            }
            return row.toString();
        }

        boolean accepts(String text) {
            String row = row(text);
            return row != null && known.computeIfAbsent(row, this::isSentence);
        }

        private boolean isSentence(String row) {
            Column column = sentences.start();
            for (int i = 0; i < row.length(); i++) {
                column = column.advance(row.charAt(i));
            }
            return column.isAccepting();
        }
    }

    @RandomTrials(250)
    void textsAreThoseWhoseTokensASearchFinds(long seed) {
        Random random = new Random(seed);
        List<Token> tokens = new ArrayList<>();
        List<Pattern> patterns = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        while (tokens.size() < count) {
            Both both = expression(random, 3);
            boolean isKnown = tokens.stream().anyMatch(token -> token.text().equals(both.expression));
            if (!both.mayBeEmpty && !isKnown) {
                String name = String.valueOf((char) ('A' + tokens.size()));
                tokens.add(new Token(name, both.expression, tokens.size() > 0 && random.nextInt(4) == 0));
                patterns.add(Pattern.compile(both.pattern, Pattern.DOTALL));
            }
        }
        List<String> names = tokens.stream()
                .filter(token -> !token.isSkipped())
                .map(Token::name)
                .toList();
        Map<String, Expression> rules = new LinkedHashMap<>();
        rules.put("r0", rule(random, names, 3));
        rules.put("r1", Expression.Choice.of(rule(random, names, 2), new Expression.RuleReference("A")));
        LexedGrammar grammar = new LexedGrammar(List.of(tokens), Lexing.FIRST, new Grammar("r0", rules));
        compare(grammar, new SlowParser(grammar, patterns), patterns.toString());
    }

    private static Expression rule(Random random, List<String> names, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 6)) {
            case 0 -> new Expression.RuleReference(names.get(random.nextInt(names.size())));
            case 1 -> new Expression.RuleReference(depth < 3 ? names.get(0) : "r1");
            case 2 -> new Expression.Repeat(rule(random, names, depth - 1), 0, Expression.UNBOUNDED);
            case 3 -> Expression.Choice.of(rule(random, names, depth - 1), rule(random, names, depth - 1));
            case 4 ->
                new Expression.Repeat(
                        new Expression.Choice(names.stream()
                                .map(name -> (Expression) new Expression.RuleReference(name))
                                .toList()),
                        0,
                        Expression.UNBOUNDED);
            default -> Expression.Sequence.of(rule(random, names, depth - 1), rule(random, names, depth - 1));
        };
    }

    private static void compare(LexedGrammar grammar, SlowParser parser, String patterns) {
        List<String> texts = texts();
        Set<String> sentences = new HashSet<>();
        Set<String> begun = new HashSet<>();
        LexedText lexer = LexedText.of(grammar, WorkBudget.standard());
        for (String text : texts) {
            if (text.hashCode() % 4 == 0) {
                assertEquals(
                        parser.row(text),
                        row(lexer.cut(text, WorkBudget.standard())),
                        "\"" + text + "\" of " + patterns);
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
            assertEquals(Set.of(), sentences, patterns);
            return;
        }
        Stepper stepper = new Stepper(Limits.DEFAULT);
        Map<String, StackSet> sets = new HashMap<>();
        for (String text : texts) {
            StackSet set = text.isEmpty() ? StackSet.of(automaton.start()) : after(stepper, sets, text);
            String where = "\"" + text + "\" of " + patterns + " " + grammar.rules();
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

    /** The only row of tokens that a text is cut into. */
    private static @Nullable String row(TokenLattice lattice) {
        StringBuilder row = new StringBuilder();
        int at = 0;
        while (!lattice.nodes().get(at).isEnd()) {
            List<TokenLattice.Step> steps = lattice.nodes().get(at).steps();
            if (steps.isEmpty()) {
                return null;
            }
            assertEquals(1, steps.size());
            row.append(steps.get(0).token());
            at = steps.get(0).next();
        }
        return row.toString();
    }

    private static @Nullable StackSet after(Stepper stepper, Map<String, StackSet> sets, String text) {
        StackSet set = sets.get(text.substring(0, text.length() - 1));
        return set == null ? null : after(stepper, set, text.charAt(text.length() - 1));
    }

    private static @Nullable StackSet after(Stepper stepper, StackSet before, char next) {
        StackSet set = before;
        for (byte value : String.valueOf(next).getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, value & 0xff);
        }
        return set.isEmpty() ? null : set;
    }

    /** The least number of characters to the end, at most one more than texts may have. */
    private static int shortest(Stepper stepper, StackSet set) {
        List<StackSet> now = List.of(set);
        for (int length = 0; length <= LONGEST; length++) {
            List<StackSet> next = new ArrayList<>();
            for (StackSet one : now) {
                if (stepper.results(one).length > 0) {
                    return length;
                }
                for (char c : ALPHABET.toCharArray()) {
                    StackSet after = after(stepper, one, c);
                    if (after != null) {
                        next.add(after);
                    }
                }
            }
            now = next;
        }
        return LONGEST + 1;
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < LONGEST; i++) {
            for (char c : ALPHABET.toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        return texts;
    }

    private static Both expression(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 2 : 8)) {
            case 0:
                String letter = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                return new Both(Expression.Literal.of(letter), letter, false);
            case 1:
                boolean wide = random.nextBoolean();
                return new Both(
                        new Expression.CharacterClass(CodePoints.range('a', wide ? 'é' : 'b')),
                        wide ? "[a-é]" : "[ab]",
                        false);
            case 2:
                Both first = expression(random, depth - 1);
                Both second = expression(random, depth - 1);
                return new Both(
                        Expression.Choice.of(first.expression, second.expression),
                        "(?:" + first.pattern + "|" + second.pattern + ")",
                        first.mayBeEmpty || second.mayBeEmpty);
            case 3:
                return repeat(random, expression(random, depth - 1));
            case 4, 5:
                return look(random, depth);
            default:
                Both before = expression(random, depth - 1);
                Both behind = expression(random, depth - 1);
                return new Both(
                        Expression.Sequence.of(before.expression, behind.expression),
                        before.pattern + behind.pattern,
                        before.mayBeEmpty && behind.mayBeEmpty);
        }
    }

    /** A look beside something that is read. */
    private static Both look(Random random, int depth) {
        Both body = random.nextInt(8) == 0
                ? new Both(new Expression.CharacterClass(CodePoints.ALL), ".", false)
                : expression(random, depth - 1);
        boolean isBehind = random.nextBoolean() && !body.pattern.contains(",}");
        boolean isNegative = random.nextBoolean();
        Expression look = new Expression.Look(isBehind, isNegative, body.expression);
        String pattern = "(?" + (isBehind ? "<" : "") + (isNegative ? "!" : "=") + body.pattern + ")";
        Both other = expression(random, depth - 1);
        return random.nextBoolean()
                ? new Both(Expression.Sequence.of(look, other.expression), pattern + other.pattern, other.mayBeEmpty)
                : new Both(Expression.Sequence.of(other.expression, look), other.pattern + pattern, other.mayBeEmpty);
    }

    private static Both repeat(Random random, Both item) {
        int min = random.nextInt(3);
        int max = random.nextBoolean() ? Expression.UNBOUNDED : min + random.nextInt(3);
        boolean isLazy = random.nextBoolean();
        if (item.mayBeEmpty) {
            return item; // engines differ in rounds that read nothing
        }
        String bounds = "{" + min + "," + (max == Expression.UNBOUNDED ? "" : max) + "}" + (isLazy ? "?" : "");
        return new Both(
                new Expression.Repeat(item.expression, min, max, isLazy),
                "(?:" + item.pattern + ")" + bounds,
                min == 0);
    }
}
