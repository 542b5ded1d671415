// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.DenseAutomaton;
import dev.espalier.schemas.characters.Hopcroft;
import dev.espalier.schemas.object.Discriminator;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.string.StringAlternatives;
import dev.espalier.schemas.string.StringState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Strings of many patterns: one product, small automata and alternatives at the same time say the same. */
@org.jspecify.annotations.NullUnmarked
class StringAlternativesTest {

    private static final StringAlternatives.Patience PLAIN = new StringAlternatives.Patience(1 << 16, 1 << 16, 1);
    private static final StringAlternatives.Patience SMALL = new StringAlternatives.Patience(0, 1 << 16, 1);
    private static final StringAlternatives.Patience APART = new StringAlternatives.Patience(0, 0, 1 << 12);

    private static final List<String> PATTERNS = List.of(
            "a",
            "^.*ab.*$",
            "ca",
            "^b",
            "c$",
            "a.*b",
            "^[ab]*$",
            "^(a|b)+c{1,2}",
            "^..$",
            "cc|ba",
            "^(ab?)+",
            "b[^b]b");

    private static SchemaCompiler compiler(StringAlternatives.Patience patience) {
        return new SchemaCompiler(new Discriminator.Patience(patience));
    }

    private static List<String> texts(String letters, int length) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < length; i++) {
            for (char letter : letters.toCharArray()) {
                texts.add(texts.get(i) + letter);
            }
        }
        return texts;
    }

    /** A schema over patterns, lengths and constants. */
    private static Map<String, Object> formula(Random random, int depth, List<String> patterns) {
        int kind = random.nextInt(depth == 0 ? 6 : 10);
        if (kind >= 9) {
            return map("not", formula(random, depth - 1, patterns));
        } else if (kind >= 6) {
            List<Object> parts = new ArrayList<>();
            for (int n = 2 + random.nextInt(3); n > 0; n--) {
                parts.add(formula(random, depth - 1, patterns));
            }
            return map(List.of("anyOf", "oneOf", "allOf").get(kind - 6), parts);
        } else if (kind == 5) {
            return map(random.nextBoolean() ? "minLength" : "maxLength", number(random.nextInt(5)));
        } else if (kind == 4) {
            List<String> words = texts("abc", 2);
            return map(
                    "enum",
                    random.ints(1 + random.nextInt(3), 0, words.size())
                            .distinct()
                            .mapToObj(words::get)
                            .toList());
        }
        return map("pattern", patterns.get(random.nextInt(patterns.size())));
    }

    private static Map<String, Object> bounded(Random random) {
        return map(
                "type",
                "string",
                "pattern",
                "^[abc]*$",
                "maxLength",
                number(4),
                List.of("anyOf", "oneOf", "allOf").get(random.nextInt(3)),
                IntStream.range(0, 2 + random.nextInt(3))
                        .mapToObj(i -> formula(random, 2, PATTERNS))
                        .toList());
    }

    private static void compare(String world, StringAlternatives.Patience patience) {
        List<Object> documents = new ArrayList<>(texts("abc", 4));
        new PrefixComparison(world, documents, SchemaOptions.DEFAULT, compiler(patience))
                .compare(4 * PrefixComparison.SCHEMAS, seed -> bounded(new Random(seed)));
    }

    @Test
    void patternsReadByOneProductAreExact() {
        compare("patterns by one product", PLAIN);
    }

    @Test
    void patternsReadBySmallAutomataAreExact() {
        compare("patterns by small automata", SMALL);
    }

    @Test
    void patternsReadAtTheSameTimeAreExact() {
        compare("patterns at the same time", APART);
        int apart = 0;
        for (int i = 0; i < PrefixComparison.SCHEMAS; i++) {
            String schema = RandomSchemas.json(bounded(new Random(PrefixComparison.SEED + i)));
            try {
                State start = compiler(APART)
                        .compile(schema, SchemaOptions.DEFAULT)
                        .automaton()
                        .start();
                apart += new Stepper(Limits.DEFAULT)
                                        .step(StackSet.of(start), '"')
                                        .size()
                                > 1
                        ? 1
                        : 0;
            } catch (UnsatisfiableException e) {
                // nothing to read
            }
        }
        assertTrue(apart > PrefixComparison.SCHEMAS / 4, apart + " schemas taken apart");
    }

    /** Several results at once: members of an object that several schemas look at. */
    @Test
    void verdictsOfSeveralSchemasAreTheSameEitherWay() {
        long seed = PrefixComparison.SEED;
        for (int i = 0; i < PrefixComparison.SCHEMAS; i++) {
            Random random = new Random(seed + i);
            List<Object> branches = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                Map<String, Object> properties = map("k", formula(random, 1, PATTERNS));
                properties.put("v", map("const", number(n)));
                branches.add(map("properties", properties));
            }
            String schema = RandomSchemas.json(map(
                    "type",
                    "object",
                    "required",
                    List.of("k", "v"),
                    "additionalProperties",
                    false,
                    "properties",
                    map("k", map("type", "string"), "v", map("enum", List.of(number(0), number(1), number(2)))),
                    List.of("anyOf", "oneOf").get(i % 2),
                    branches));
            same(schema, texts("abc", 3), "{\"k\":\"%s\",\"v\":" + i % 3 + "}", seed + i);
        }
    }

    /** Keys are told apart by one automaton, which counts their characters too. */
    @Test
    void namesOfManyPatternsAndLengthsAreExact() {
        List<Object> documents = new ArrayList<>();
        texts("abc", 4).forEach(text -> documents.add(map(text, number(1))));
        documents.add(map());
        Map<String, Object> bounding = map("type", "object", "maxProperties", number(1));
        bounding.put("additionalProperties", map("const", number(1)));
        new PrefixComparison("names", documents, SchemaOptions.DEFAULT, compiler(SMALL))
                .compare(PrefixComparison.SCHEMAS, seed -> {
                    Map<String, Object> schema = map("propertyNames", bounded(new Random(seed)));
                    schema.putAll(bounding);
                    return schema;
                });
    }

    /** Texts of which more is asked than an automaton can tell. */
    @Test
    void expressionsAreTheSameEitherWay() {
        long seed = PrefixComparison.SEED;
        List<String> patterns = List.of("a", "^.*\\\\(a.*$", "\\\\)$", "^[^|]*$", "\\\\[", "^..$");
        for (int i = 0; i < PrefixComparison.SCHEMAS; i++) {
            Random random = new Random(seed + i);
            List<Object> parts = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                Map<String, Object> part = formula(random, 1, patterns);
                parts.add(random.nextInt(3) == 0 ? map("allOf", List.of(part, map("format", "regex"))) : part);
            }
            String schema = RandomSchemas.json(map(
                    "type",
                    "string",
                    "maxLength",
                    number(6),
                    List.of("anyOf", "oneOf").get(i % 2),
                    parts));
            same(schema, texts("a(|)[]", 3), "\"%s\"", seed + i);
        }
    }

    private static void same(String schema, List<String> texts, String document, long seed) {
        SchemaOptions options = SchemaOptions.CHECKING.allow(Enforcement.CHECKED_AT_END);
        List<List<Boolean>> verdicts = new ArrayList<>();
        for (StringAlternatives.Patience patience : List.of(PLAIN, SMALL, APART)) {
            List<Boolean> accepted = new ArrayList<>();
            try {
                Recogniser recogniser = new Recogniser(
                        compiler(patience).compile(schema, options).automaton().start());
                texts.forEach(text -> accepted.add(recogniser.accepts(String.format(document, text))));
            } catch (UnsatisfiableException e) {
                texts.forEach(text -> accepted.add(false));
            }
            verdicts.add(accepted);
        }
        assertEquals(verdicts.get(0), verdicts.get(1), () -> "by small automata " + schema + ", seed " + seed);
        assertEquals(verdicts.get(0), verdicts.get(2), () -> "at the same time " + schema + ", seed " + seed);
    }

    @Test
    void framesKeepTheContract() {
        for (int i = 0; i < 12; i++) {
            long seed = PrefixComparison.SEED + i;
            Map<String, Object> schema = bounded(new Random(seed));
            schema.remove("pattern");
            schema.put("maxLength", number(30));
            for (StringAlternatives.Patience patience : List.of(SMALL, APART)) {
                try {
                    State start = compiler(patience)
                            .compile(RandomSchemas.json(schema), SchemaOptions.DEFAULT)
                            .automaton()
                            .start();
                    FrameContract.check(start, 256, seed, 3, 12);
                } catch (UnsatisfiableException e) {
                    // no frame
                }
            }
        }
    }

    /** A state far from the bounds and what stands for it allow the same for as long as is promised. */
    @Test
    void countsFarFromTheirBoundsAreOne() {
        int shared = 0;
        for (int i = 0; i < 60; i++) {
            long seed = PrefixComparison.SEED + i;
            Random random = new Random(seed);
            Map<String, Object> schema = bounded(random);
            schema.remove("pattern");
            schema.put("maxLength", number(5 + random.nextInt(30)));
            try {
                String json = RandomSchemas.json(schema);
                Stepper stepper = new Stepper(Limits.DEFAULT);
                StackSet after = stepper.step(
                        StackSet.of(compiler(PLAIN)
                                .compile(json, SchemaOptions.DEFAULT)
                                .automaton()
                                .start()),
                        '"');
                for (int walk = 0; walk < 8; walk++) {
                    State state = after.top(0);
                    int bytes = 1 + random.nextInt(6);
                    State near = state.within(Horizon.of(bytes));
                    shared += near == state ? 0 : 1;
                    lockStep(stepper, state, near, bytes, random, json + ", seed " + seed);
                }
            } catch (UnsatisfiableException e) {
                // nothing to read
            }
        }
        assertTrue(shared > 50, shared + " states have one that stands for them");
    }

    @Test
    void whatOnlyShortTextsMayHoldIsDeadInLongOnes() {
        Recogniser recogniser =
                Recogniser.of("{\"type\":\"string\",\"anyOf\":[{\"maxLength\":3},{\"pattern\":\"^[ab]*$\"}]}");
        State late = recogniser.after("\"abab").top(0);
        for (State state : List.of(late, late.within(Horizon.of(8)))) {
            assertTrue(recogniser.stepper().step(StackSet.of(state), 'c').isEmpty(), state::toString);
            assertEquals(-1, ((StringState) state).plainTextBound());
        }
    }

    private static void lockStep(Stepper stepper, State state, State near, int bytes, Random random, String where) {
        StackSet one = StackSet.of(state);
        StackSet other = StackSet.of(near);
        String letters = "abc\"\\u0e";
        for (int i = 0; i < bytes; i++) {
            List<Character> live = new ArrayList<>();
            for (char c : letters.toCharArray()) {
                boolean dead = stepper.step(one, c).isEmpty();
                assertEquals(dead, stepper.step(other, c).isEmpty(), () -> c + " by " + where);
                if (!dead && c != '"') {
                    live.add(c);
                }
            }
            if (live.isEmpty()) {
                return;
            }
            char next = live.get(random.nextInt(live.size()));
            one = stepper.step(one, next);
            other = stepper.step(other, next);
            assertArrayEquals(one.top(0).goal(), other.top(0).goal(), where);
        }
    }

    @Test
    void theSmallestAutomatonIsWhatRefiningFinds() {
        WorkBudget budget = WorkBudget.standard();
        for (int i = 0; i < 400; i++) {
            long seed = PrefixComparison.SEED + i;
            Random random = new Random(seed);
            int states = 1 + random.nextInt(40);
            CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
            for (int state = 0; state < states; state++) {
                builder.add(Math.max(-1, random.nextInt(8) - 5));
            }
            int letters = 1 + random.nextInt(3);
            int reach = 1 + random.nextInt(states);
            int[][] targets = new int[states][letters];
            int[] outcomes = new int[states];
            for (int state = 0; state < states; state++) {
                int[] triples = new int[3 * letters];
                for (int c = 0; c < letters; c++) {
                    targets[state][c] = (state / 3 * 3 + random.nextInt(reach)) % states;
                    triples[3 * c] = 'a' + 2 * c;
                    triples[3 * c + 1] = 'a' + 2 * c;
                    triples[3 * c + 2] = targets[state][c];
                }
                outcomes[state] = Math.max(-1, random.nextInt(8) - 5);
                builder.outcome(state, outcomes[state]);
                builder.transitions(state, triples);
            }
            CharacterAutomaton refined = builder.finish();
            DenseAutomaton table = new DenseAutomaton(
                    letters, Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray(), outcomes);
            DenseAutomaton least = Hopcroft.minimised(table, budget);
            assertEquals(refined.states(), least.states(), () -> "seed " + seed);
            for (int walk = 0; walk < 20; walk++) {
                int state = refined.start();
                int at = least.states() == 0 ? -1 : 0;
                for (int step = 0; step < 30 && state >= 0; step++) {
                    assertEquals(refined.outcome(state), least.outcome(at), () -> "seed " + seed);
                    int c = random.nextInt(letters);
                    state = refined.next(state, 'a' + 2 * c);
                    at = least.next(at, c);
                }
                assertEquals(state < 0, at < 0, () -> "seed " + seed);
            }
        }
    }

    /** What no automaton of all patterns can hold: which subset of them has been seen. */
    @Test
    void aUnionOfConjunctionsUnderThreeNegationsIsRead() {
        String[] groups = {"^.{14}$;x4y;q7;7q;y4x;k9", "^[a-z0-9]*$;[0-9][0-9];[kx];[yz];[qk]", "^[a-z]+;2.*9;xy;zk;k1"
        };
        List<Object> branches = new ArrayList<>();
        for (String group : groups) {
            List<Object> inner = new ArrayList<>();
            for (String pattern : group.split(";")) {
                inner.add(map("not", map("allOf", List.of(map("pattern", pattern), map("minLength", number(2))))));
            }
            branches.add(map("not", map("anyOf", inner)));
        }
        Map<String, Object> schema =
                map("type", "string", "anyOf", branches, "pattern", "[kK][19].*[zZ]", "minLength", number(8));
        schema.put("maxLength", number(80));
        Recogniser recogniser = Recogniser.of(RandomSchemas.json(schema));
        Random random = new Random(7);
        String letters = "xyzkqKZ1479 -";
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n >= 0; n--) {
                text.append(
                        random.nextInt(12) == 0
                                ? List.of("x4y", "q7q", "y4x", "k9z", "xy", "zk1", "2z9")
                                        .get(random.nextInt(7))
                                : letters.substring(n % 13, n % 13 + 1));
            }
            boolean expected = text.length() >= 8
                    && text.length() <= 80
                    && Pattern.compile("[kK][19].*[zZ]").matcher(text).find()
                    && Arrays.stream(groups)
                            .anyMatch(group -> Arrays.stream(group.split(";"))
                                    .allMatch(pattern -> Pattern.compile(pattern)
                                            .matcher(text)
                                            .find()));
            assertEquals(expected, recogniser.accepts("\"" + text + "\""), text::toString);
            accepted += expected ? 1 : 0;
        }
        assertTrue(accepted > 20, accepted + " texts accepted");
        FrameContract.check(recogniser.start(), 128, 7, 3, 40);
    }

    /** Twenty words of which a text contains two that belong together, each in a stack of its own. */
    @Test
    void manyPairsOfWordsAreAlternatives() {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pairs.add(map("allOf", List.of(map("pattern", "w" + i + "w"), map("pattern", "v" + i + "v"))));
        }
        Recogniser recogniser =
                Recogniser.of(RandomSchemas.json(map("type", "string", "anyOf", pairs, "maxLength", number(1000))));
        assertTrue(recogniser.accepts("\"w3w v4v w4w\""));
        assertTrue(!recogniser.accepts("\"w3w v4v w5w\""));
        StackSet late = recogniser.after(("\"" + "x".repeat(993) + "w1w").getBytes(StandardCharsets.UTF_8));
        assertEquals(4, recogniser.stepper().distance(late));
        StackSet last = recogniser.stepper().step(late, 'x');
        assertEquals(4, recogniser.stepper().distance(last));
        assertTrue(recogniser.stepper().step(last, 'x').isEmpty());
    }
}
