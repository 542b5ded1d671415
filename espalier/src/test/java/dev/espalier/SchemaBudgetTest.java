// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    private static final List<String> OPEN_SCHEMAS = List.of(
            "{\"type\":\"object\",\"additionalProperties\":{\"const\":1}}",
            "{\"type\":\"object\",\"minProperties\":2,\"additionalProperties\":{\"const\":1}}",
            "{\"type\":\"object\",\"required\":[\"ab\"],\"additionalProperties\":{\"const\":1}}",
            "{\"type\":\"object\",\"properties\":{\"\":{\"const\":1},\"b\":{\"const\":11}},\"additionalProperties\":{\"const\":1},"
                    + "\"minProperties\":2}");

    private static final List<String> UNIQUE_SCHEMAS = List.of(
            "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}",
            "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":[\"string\",\"array\"]}}",
            "{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":2,\"items\":{\"type\":\"string\"}}",
            "{\"type\":\"array\",\"uniqueItems\":true,\"maxItems\":4,\"items\":{\"type\":\"string\"}}",
            "{\"type\":\"array\",\"uniqueItems\":true,\"prefixItems\":[{\"type\":\"string\"}],"
                    + "\"items\":{\"type\":\"string\",\"pattern\":\"^(abab)*$\"}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}}");

    private static final Vocabulary VOCABULARY = vocabulary(
            "{", "}", "\"", ":", ",", "a", "b", "1", "[", "]", "\":1", "\"}", "{\"", ",\"", "ab", "\"a\":", "1}",
            "bbb");

    private static final String[] SOME = {
        "{\"", ",\"", "\":", "\":1", "\":1}", "\":1,\"", "a\":", "ab", "1}", "\"\":", "b\":1}", "\"]", "\",\"", "[\"",
        "a\",\"a"
    };

    /** Bytes of which completions are made: any other byte of a key will do for d. */
    private static final String BYTES = "{}[]\":,1abd";

    private static final Vocabulary ALL_BYTES = allBytes();

    private static Vocabulary allBytes() {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (String token : SOME) {
            builder.token(id++, token);
        }
        for (int symbol = 0; symbol < 256; symbol++) {
            builder.token(id++, ByteString.of((byte) symbol));
        }
        return builder.special(id, "</s>").endIds(id).build();
    }

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
                var start = new SchemaCompiler().compile(schema, options).automaton();
                var grammar = new GrammarCompiler(VOCABULARY).compile(start);
                for (int seed = 0; seed < 12; seed++) {
                    known.clear();
                    checked += walk(grammar.matcher(), new Random(seed), schema);
                }
            }
        }
        assertTrue(checked > 400, checked + " places checked");
    }

    @Test
    void whatIsNotDecidedInTimeIsLeftOutAndATextEndsWithinItsBudget() {
        int narrowed = 0;
        for (String schema : OPEN_SCHEMAS) {
            var start =
                    new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT).automaton();
            var exact = new GrammarCompiler(ALL_BYTES).compile(start);
            for (int deadline : new int[] {0, 1}) {
                var hurried = new GrammarCompiler(
                                ALL_BYTES, Limits.DEFAULT.withBudgetDeadline(Duration.ofMillis(deadline)))
                        .compile(start);
                for (int seed = 0; seed < 6; seed++) {
                    narrowed += write(exact.matcher(), hurried.matcher(), new Random(seed), schema);
                }
            }
        }
        assertTrue(narrowed > 50, narrowed + " masks narrowed");
    }

    /** Writes a text by masks that may leave tokens out; answers how many did. */
    private static int write(Matcher exact, Matcher hurried, Random random, String schema) {
        int narrowed = 0;
        int left = exact.leastTokensToEnd() + random.nextInt(8);
        while (!hurried.isTerminated()) {
            String where = schema + " after " + Arrays.toString(hurried.tokens()) + " within " + left;
            TokenMask mask = hurried.mask(left);
            int undecided = hurried.lastStats().undecided();
            TokenMask all = exact.exactMask(left);
            for (int id : mask.ids()) {
                assertTrue(all.allows(id), where + " token " + id);
            }
            assertTrue(!mask.isEmpty() && mask.count() + undecided >= all.count(), where);
            narrowed += undecided > 0 ? 1 : 0;
            int[] ids = mask.ids();
            int next = ids[random.nextInt(ids.length)];
            exact.accept(next);
            hurried.accept(next);
            left--;
        }
        return narrowed;
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

    /** Whether tokens of {@link #SOME} and {@link #BYTES} are enough; what is too far in bytes is not tried. */
    private boolean fitsBySome(Matcher matcher, int tokens, int longest) {
        int distance = matcher.leastBytesToEnd();
        if (distance == 0 || distance > (long) tokens * longest) {
            return distance == 0;
        }
        String text = new String(ALL_BYTES.decode(matcher.tokens()), StandardCharsets.UTF_8);
        Map<Integer, Boolean> answers = known.computeIfAbsent(text, key -> new HashMap<>());
        Boolean answer = answers.get(tokens);
        if (answer == null) {
            answer = false;
            for (int token = 0; token < ALL_BYTES.size() && !answer; token++) {
                answer = isTried(token)
                        && matcher.allows(token)
                        && fitsBySome(after(matcher, token), tokens - 1, longest);
            }
            answers.put(tokens, answer);
        }
        return answer;
    }

    private static boolean isTried(int token) {
        return token < SOME.length || BYTES.contains(ALL_BYTES.text(token));
    }

    private static boolean mayRead(String schema, String text) {
        Matcher matcher = behind(schema, "");
        for (byte symbol : text.getBytes(StandardCharsets.UTF_8)) {
            if (!matcher.allows(SOME.length + (symbol & 0xff))) {
                return false;
            }
            matcher.accept(SOME.length + (symbol & 0xff));
        }
        return true;
    }

    private static Matcher behind(String schema, String text) {
        var start = new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT).automaton();
        Matcher matcher = new GrammarCompiler(ALL_BYTES).compile(start).matcher();
        for (byte symbol : text.getBytes(StandardCharsets.UTF_8)) {
            matcher.accept(SOME.length + (symbol & 0xff));
        }
        return matcher;
    }

    /** Behind texts whose keys are no beginnings of used ones, are, and are used ones. */
    @Test
    void masksWithinKeysUnderBudgetsThatBindAreThoseOfAllWays() {
        int longest = Arrays.stream(SOME).mapToInt(String::length).max().orElseThrow();
        int checked = 0;
        for (String schema : OPEN_SCHEMAS) {
            for (String text : List.of(
                    "{\"d",
                    "{\"a\":1,\"",
                    "{\"ab\":1,\"a",
                    "{\"ab\":1,\"ab",
                    "{\"ab\":1,\"b",
                    "{\"\":1,\"a\":1,\"d\":1,\"")) {
                checked += checkedByAllWays(schema, text, longest);
            }
        }
        assertTrue(checked > 300, checked + " tokens fit");
    }

    /** Compares masks behind a text, under budgets that bind, with all ways of so many tokens; how many tokens fit. */
    private int checkedByAllWays(String schema, String text, int longest) {
        int checked = 0;
        Matcher matcher = behind(schema, text);
        known.clear();
        for (int budget = 5; budget >= 1; budget--) {
            int[] mask = mask(matcher, budget);
            for (int token = 0; token < ALL_BYTES.size() - 1; token++) {
                if (isTried(token)) {
                    boolean expected = matcher.allows(token) && fitsBySome(after(matcher, token), budget - 1, longest);
                    assertEquals(
                            expected,
                            Arrays.binarySearch(mask, token) >= 0,
                            schema + " after " + text + " within " + budget + " " + ALL_BYTES.text(token));
                    checked += expected ? 1 : 0;
                }
            }
        }
        return checked;
    }

    @Test
    void aTokenOfAKeyThatMustDifferIsKeptOnlyIfItsTextCanBeCompleted() {
        int longest = Arrays.stream(SOME).mapToInt(String::length).max().orElseThrow();
        int checked = 0;
        for (String schema : OPEN_SCHEMAS) {
            for (String text :
                    List.of("{", "{\"", "{\"a", "{\"a\":1,\"", "{\"\":1,\"", "{\"\":1,\"a\":1,\"", "{\"ab\":1,\"a")) {
                Matcher matcher = behind(schema, text);
                known.clear();
                for (int budget = 10; budget <= 13; budget++) {
                    int left = budget - 1;
                    for (int token : mask(matcher, budget)) {
                        assertTrue(
                                !isTried(token) || fitsBySome(after(matcher, token), left, longest),
                                schema + " after " + text + " within " + budget + " " + ALL_BYTES.text(token));
                        checked += isTried(token) ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(checked > 100, checked + " tokens fit");
    }

    /** Behind texts whose items are strings that are no beginnings of others, are, and are equal to others. */
    @Test
    void masksWithinStringsThatMustDifferAreThoseOfAllWays() {
        int longest = Arrays.stream(SOME).mapToInt(String::length).max().orElseThrow();
        int checked = 0;
        for (String schema : UNIQUE_SCHEMAS) {
            for (String text : List.of(
                    "[",
                    "[\"",
                    "[\"d",
                    "[\"a\"",
                    "[\"a\",",
                    "[\"a\",\"",
                    "[\"abab\",\"a",
                    "[\"abab\",\"abab",
                    "[\"\",\"a\",\"d\",\"",
                    "[[],\"a\",[\"a\",\"",
                    "[[\"a\",\"ab\"],[\"a\",\"a")) {
                if (!mayRead(schema, text)) {
                    continue;
                }
                checked += checkedByAllWays(schema, text, longest);
            }
        }
        assertTrue(checked > 500, checked + " tokens fit");
    }
}
