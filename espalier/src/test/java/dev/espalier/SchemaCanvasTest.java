// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Charts of small canvases for random schemas, against all fillings, each read by the stepper: frames with several results, with
 * counters, with seen keys and items.
 */
class SchemaCanvasTest implements CountedTrials {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"a\"",
            "\"b\":",
            "\":",
            "\"",
            "a",
            "1",
            "2",
            "{\"a\":",
            "1,",
            "[1",
            "]}",
            "true",
            "},",
            "{}",
            "{\"",
            "a\":1",
            ",\"b\":2",
            "\"a\":[");

    private static final int MOST_FOR_A_BOUND = 3;

    private long canvases;
    private long completable;

    private int limits;

    @RandomTrials(600)
    void chartsOfRandomSchemasAreThoseOfAllFillings(long seed, Random random) {
        try {
            onRandomSchema(seed, random, (grammar, where) -> compare(grammar, random, where));
        } catch (LimitExceededException rich) {
            limits++; // of the search for an item that differs from all others, in about one schema of a thousand
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(completable >= 11, "only " + completable + " completable canvases");
        assertTrue(limits < 3 + canvases / 100, limits + " past a limit");
    }

    /** Asks for a comparison of a random schema under a random vocabulary, unless it is refused. */
    static void onRandomSchema(long seed, Random random, BiConsumer<CompiledGrammar, String> comparison) {
        String schema = schema(random, 2);
        Vocabulary vocabulary = vocabulary(random);
        try {
            CompiledGrammar grammar = new GrammarCompiler(vocabulary)
                    .compile(new SchemaCompiler()
                            .compile(schema, options(seed, random))
                            .automaton());
            comparison.accept(grammar, "seed " + seed + " " + schema);
        } catch (UnsatisfiableException | UnsupportedFeatureException refused) {
            return;
        }
    }

    /** One of three ways to write: for generating, for checking, or any. */
    static SchemaOptions options(long seed, Random random) {
        return switch ((int) (seed % 3)) {
            case 0 -> SchemaOptions.DEFAULT;
            case 1 -> SchemaOptions.CHECKING;
            default -> RandomLayout.draw(random);
        };
    }

    /** Tokens cut anywhere in texts of one to four bytes a character: strings and keys that forget what they read share walks. */
    @RandomTrials(2_000)
    void tokensOfPlainTextInStringsAndKeysAreThoseOfAllFillings(long seed, Random random) {
        byte[] texts =
                "{\"a\u00e9\u65e5\ud83d\ude00\":\"b\\n\ud7ff\u0800\"},[\"\",\"\u00e9a".getBytes(StandardCharsets.UTF_8);
        List<String> schemas = List.of(
                "{\"type\":\"string\"}",
                "{\"type\":\"object\",\"properties\":{\"a\u00e9\":{\"type\":\"string\"}}}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
                "{\"type\":\"string\",\"pattern\":\"\u00e9\"}",
                "{}",
                "{\"type\":\"string\",\"maxLength\":" + random.nextInt(6) + "}",
                "{\"type\":\"string\",\"minLength\":" + random.nextInt(9) + "}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":3}}",
                "{\"type\":\"string\",\"pattern\":\"^.{1,4}$\",\"maxLength\":3}",
                "{\"type\":\"string\",\"pattern\":\"\u00e9$\",\"maxLength\":4}");
        Vocabulary.Builder tokens = Vocabulary.builder();
        int count = 6 + random.nextInt(8);
        for (int id = 0; id < count; id++) {
            int from = random.nextInt(texts.length);
            int to = Math.min(texts.length, from + 1 + random.nextInt(5));
            tokens.token(id, ByteString.of(Arrays.copyOfRange(texts, from, to)));
        }
        String schema = schemas.get((int) (seed % schemas.size()));
        SchemaOptions options = SchemaOptions.DEFAULT
                .withRepeatedKeys(random.nextInt(4) > 0)
                .withSpelling(random.nextBoolean() ? Spelling.ANY : Spelling.SHORTEST);
        CompiledGrammar grammar = new GrammarCompiler(tokens.build())
                .compile(new SchemaCompiler().compile(schema, options).automaton());
        compare(grammar, random, "seed " + seed + " " + schema);
    }

    @Test
    void aStringWithABoundCostsAFewTimesOneWithout() {
        Vocabulary vocabulary = Vocabulary.read(TestData.tokenizer("llama3_1"));
        long free = units(vocabulary, "{\"type\":\"string\"}");
        for (String bounds : List.of("\"maxLength\":10", "\"maxLength\":40", "\"minLength\":10")) {
            long bounded = units(vocabulary, "{\"type\":\"string\"," + bounds + "}");
            assertTrue(bounded < MOST_FOR_A_BOUND * free, bounds + ": " + bounded + " units, " + free + " without");
        }
    }

    /** The work of a chart of a blank canvas. */
    private static long units(Vocabulary vocabulary, String schema) {
        CompiledGrammar grammar = new GrammarCompiler(vocabulary)
                .compile(new SchemaCompiler()
                        .compile(schema, SchemaOptions.DEFAULT)
                        .automaton());
        WorkBudget budget = new WorkBudget(Limits.DEFAULT, new Cancellation());
        assertTrue(new CanvasParser(grammar)
                .parse(Canvas.blank(vocabulary, 16), budget)
                .isCompletable());
        return budget.meter().spent();
    }

    private void compare(CompiledGrammar grammar, Random random, String where) {
        Vocabulary vocabulary = grammar.vocabulary();
        CanvasParser parser = new CanvasParser(grammar);
        Canvas canvas = Canvas.blank(vocabulary, 1 + random.nextInt(5));
        for (int round = 0; round < 4; round++) {
            Fillings all = new Fillings(grammar, canvas);
            all.fill(0, StackSet.of(grammar.automaton().start()), false);
            CanvasChart chart = parser.parse(canvas);
            for (int slot = 0; slot < canvas.size(); slot++) {
                BitSet mask = new BitSet();
                for (int id : chart.mask(slot).ids()) {
                    mask.set(id);
                }
                assertEquals(all.masks.get(slot), mask, where + " canvas " + canvas + " slot " + slot);
            }
            assertEquals(!all.masks.get(0).isEmpty(), chart.isCompletable(), where + " canvas " + canvas);
            canvases++;
            completable += chart.isCompletable() ? 1 : 0;
            int slot = random.nextInt(canvas.size());
            int[] allowed = chart.mask(slot).ids();
            int token = allowed.length > 0 && random.nextInt(4) > 0
                    ? allowed[random.nextInt(allowed.length)]
                    : random.nextInt(vocabulary.size());
            canvas = canvas.with(slot, token);
        }
    }

    /** Tries every filling that begins like some text. */
    private static final class Fillings {

        private final Vocabulary vocabulary;
        private final Stepper stepper = new Stepper(Limits.DEFAULT);
        private final Canvas canvas;
        private final int[] filling;
        private final List<BitSet> masks = new ArrayList<>();

        Fillings(CompiledGrammar grammar, Canvas canvas) {
            this.vocabulary = grammar.vocabulary();
            this.canvas = canvas;
            this.filling = new int[canvas.size()];
            for (int slot = 0; slot < canvas.size(); slot++) {
                masks.add(new BitSet());
            }
        }

        void fill(int slot, StackSet read, boolean ended) {
            boolean complete = ended || stepper.results(read).length > 0;
            if (slot == canvas.size()) {
                for (int at = 0; complete && at < slot; at++) {
                    masks.get(at).set(filling[at]);
                }
                return;
            }
            for (int token = 0; token < vocabulary.size(); token++) {
                if (canvas.isFree(slot) || canvas.token(slot) == token) {
                    filling[slot] = token;
                    if (vocabulary.isEnd(token)) {
                        end(slot, read, complete);
                    } else if (!ended) {
                        read(slot, read, vocabulary.bytes(token));
                    }
                }
            }
        }

        private void end(int slot, StackSet read, boolean complete) {
            if (complete) {
                fill(slot + 1, read, true);
            }
        }

        private void read(int slot, StackSet from, ByteString bytes) {
            StackSet next = from;
            for (int i = 0; i < bytes.length() && !next.isEmpty(); i++) {
                next = stepper.step(next, bytes.at(i));
            }
            if (bytes.length() > 0 && !next.isEmpty()) {
                fill(slot + 1, next, false);
            }
        }
    }

    static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int count = 6 + random.nextInt(8);
        for (int id = 0; id < count; id++) {
            builder.token(id, ByteString.utf8(PIECES.get(random.nextInt(PIECES.size()))));
        }
        builder.special(count, "<end>");
        return random.nextInt(4) == 0 ? builder.build() : builder.endIds(count).build();
    }

    /** A schema over values of {@code a}, {@code b}, 1, 2, and objects and arrays of them. */
    static String schema(Random random, int depth) {
        if (depth == 0) {
            return List.of(
                            "true",
                            "{\"enum\":[1,\"a\"]}",
                            "{\"const\":1}",
                            "{\"type\":\"integer\"}",
                            "{\"maxLength\":1}")
                    .get(random.nextInt(5));
        }
        Map<String, String> keywords = new TreeMap<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String keyword = keyword(random, depth - 1);
            keywords.put(keyword.substring(0, keyword.indexOf(':')), keyword);
        }
        return "{" + String.join(",", keywords.values()) + "}";
    }

    private static String keyword(Random random, int depth) {
        int bound = random.nextInt(3);
        return switch (random.nextInt(15)) {
            case 0 -> "\"type\":[\"array\",\"object\"]";
            case 1 -> "\"type\":\"object\"";
            case 2 -> "\"properties\":{\"a\":" + schema(random, depth) + ",\"b\":" + schema(random, depth) + "}";
            case 3 -> "\"required\":[\"a\"]";
            case 4 -> "\"additionalProperties\":" + schema(random, depth);
            case 5 -> "\"items\":" + schema(random, depth);
            case 6 -> "\"uniqueItems\":true";
            case 7 -> "\"maxItems\":" + bound;
            case 8 -> "\"contains\":" + schema(random, depth);
            case 9 -> "\"anyOf\":[" + schema(random, depth) + "," + schema(random, depth) + "]";
            case 10 -> "\"oneOf\":[" + schema(random, depth) + "," + schema(random, depth) + "]";
            case 11 -> "\"not\":" + schema(random, depth);
            case 12 -> "\"minProperties\":" + bound;
            case 13 -> "\"dependentRequired\":{\"a\":[\"b\"]}";
            default -> "\"minItems\":" + bound;
        };
    }
}
