// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.LexedGrammar.Lexing;
import dev.espalier.grammar.LexedGrammar.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tokens whose parts are tried in order, beside the backtracking search of {@link Pattern}. */
class OrderedLexerTest {

    private static final int LONGEST = 6;
    private static final String ALPHABET = "abé";

    /** An expression, and the same as a pattern. */
    private record Both(Expression expression, String pattern) {}

    @RandomTrials(300)
    void theFirstMatchIsThatOfABacktrackingSearch(long seed) {
        Random random = new Random(seed);
        List<Token> tokens = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; ) {
            Both both = expression(random, 3);
            if (!Pattern.matches(both.pattern, "")) {
                tokens.add(new Token("T" + tokens.size(), both.expression, false));
                groups.add("(" + both.pattern + ")");
                i--;
            }
        }
        OrderedLexer.Rows rows = OrderedLexer.of(tokens, Lexing.FIRST, Map.of(), WorkBudget.standard());
        Pattern pattern = Pattern.compile(String.join("|", groups));
        for (String text : texts()) {
            Matcher matcher = pattern.matcher(text);
            String expected = "none";
            if (matcher.lookingAt()) {
                int group = 1;
                while (matcher.start(group) < 0) {
                    group++;
                }
                expected = group - 1 + " " + matcher.group().getBytes(StandardCharsets.UTF_8).length;
            }
            assertEquals(expected, found(rows, text), text + " by " + pattern);
        }
    }

    private static String found(OrderedLexer.Rows rows, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String found = "none";
        int state = 0;
        for (int i = 0; i < bytes.length && state >= 0; i++) {
            state = rows.next().get(state)[bytes[i] & 0xff];
            if (state >= 0 && !rows.ends().get(state).isEmpty()) {
                found = rows.ends().get(state).nextSetBit(0) + " " + (i + 1);
            }
        }
        return found;
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
        switch (random.nextInt(depth == 0 ? 2 : 6)) {
            case 0:
                String letter = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                return new Both(Expression.Literal.of(letter), letter);
            case 1:
                boolean wide = random.nextBoolean();
                return new Both(
                        new Expression.CharacterClass(CodePoints.range('a', wide ? 'é' : 'b')),
                        wide ? "[a-é]" : "[ab]");
            case 2:
                Both first = expression(random, depth - 1);
                Both second = expression(random, depth - 1);
                return new Both(
                        Expression.Choice.of(first.expression, second.expression),
                        "(?:" + first.pattern + "|" + second.pattern + ")");
            case 3:
                return repeat(random, expression(random, depth - 1));
            default:
                Both before = expression(random, depth - 1);
                Both behind = expression(random, depth - 1);
                return new Both(
                        Expression.Sequence.of(before.expression, behind.expression), before.pattern + behind.pattern);
        }
    }

    private static Both repeat(Random random, Both item) {
        int min = random.nextInt(3);
        int max = random.nextBoolean() ? Expression.UNBOUNDED : min + random.nextInt(3);
        boolean isLazy = random.nextBoolean();
        if (Pattern.matches(item.pattern, "")) {
            return item; // engines differ in rounds that read nothing
        }
        String bounds = "{" + min + "," + (max == Expression.UNBOUNDED ? "" : max) + "}" + (isLazy ? "?" : "");
        return new Both(new Expression.Repeat(item.expression, min, max, isLazy), "(?:" + item.pattern + ")" + bounds);
    }

    @Test
    void whatIsMadeOfTwoTextsHasNoOrder() {
        Expression none = new Expression.Difference(Expression.Literal.of("a"), Expression.Literal.of("b"));
        Token token = new Token("T", none, false);
        assertThrows(
                UnsupportedFeatureException.class,
                () -> OrderedLexer.of(List.of(token), Lexing.FIRST, Map.of(), WorkBudget.standard()));
    }
}
