package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.error.DeadEndException;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Masks of schemas under budgets, keys that must differ above all, against all ways of so many tokens. */
class SchemaBudgetTest {

    private static final List<String> SCHEMAS = List.of(
            "{\"type\":\"object\",\"additionalProperties\":{\"const\":1}}",
            "{\"type\":\"object\",\"minProperties\":2,\"additionalProperties\":{\"const\":1}}",
            "{\"type\":\"object\",\"required\":[\"ab\"],\"additionalProperties\":{\"const\":1}}",
            "{\"type\":\"object\",\"patternProperties\":{\"^[ab]$\":{\"const\":1}},\"additionalProperties\":false,\"minProperties\":2}",
            "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]}}",
            "{\"type\":\"string\",\"minLength\":3,\"maxLength\":5}");

    private static final Vocabulary VOCABULARY = vocabulary(
            "{", "}", "\"", ":", ",", "a", "b", "1", "[", "]", "\":1", "\"}", "{\"", ",\"", "ab", "\"a\":", "1}",
            "bbb");

    private static Vocabulary vocabulary(String... tokens) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.length; id++) {
            builder.token(id, tokens[id]);
        }
        return builder.special(tokens.length, "</s>").endIds(tokens.length).build();
    }

    private final Map<String, Map<Integer, Boolean>> known = new HashMap<>();

    private boolean fits(Matcher matcher, int tokens) {
        if (matcher.isAccepting()) {
            return true;
        }
        if (tokens == 0) {
            return false;
        }
        String text = new String(VOCABULARY.decode(matcher.tokens()), StandardCharsets.UTF_8);
        Map<Integer, Boolean> answers = known.computeIfAbsent(text, key -> new HashMap<>());
        Boolean answer = answers.get(tokens);
        if (answer == null) {
            answer = false;
            for (int token = 0; token < VOCABULARY.size() && !answer; token++) {
                answer = matcher.allows(token) && fits(after(matcher, token), tokens - 1);
            }
            answers.put(tokens, answer);
        }
        return answer;
    }

    private static Matcher after(Matcher matcher, int token) {
        Matcher after = matcher.fork();
        after.accept(token);
        return after;
    }

    private static int[] mask(Matcher matcher, int budget) {
        try {
            return matcher.mask(budget).ids();
        } catch (DeadEndException none) {
            return new int[0];
        }
    }

    @Test
    void masksUnderABudgetAreThoseOfAllWaysOfSoManyTokens() {
        int checked = 0;
        for (String schema : SCHEMAS) {
            for (SchemaOptions options : List.of(SchemaOptions.DEFAULT, SchemaOptions.CHECKING)) {
                var start = new SchemaCompiler().compile(schema, options).start();
                var grammar = new GrammarCompiler(VOCABULARY).compile(start);
                for (int seed = 0; seed < 12; seed++) {
                    known.clear();
                    checked += walk(grammar.matcher(), new Random(seed), schema);
                }
            }
        }
        assertTrue(checked > 400, checked + " places checked");
    }

    private int walk(Matcher matcher, Random random, String schema) {
        int checked = 0;
        for (int step = 0; step < 7 && !matcher.isTerminated(); step++) {
            String where = schema + " after " + Arrays.toString(matcher.tokens());
            for (int budget = 4; budget >= 0; budget--) {
                int left = budget - 1;
                int[] expected = IntStream.range(0, VOCABULARY.size())
                        .filter(matcher::allows)
                        .filter(token -> VOCABULARY.isEnd(token) || (left >= 0 && fits(after(matcher, token), left)))
                        .toArray();
                assertArrayEquals(expected, mask(matcher, budget), where + " within " + budget);
                assertEquals(fits(matcher, budget), matcher.canEndWithin(budget), where + " within " + budget);
            }
            checked++;
            int[] next = matcher.mask().ids();
            matcher.accept(next[random.nextInt(next.length)]);
        }
        return checked;
    }
}
