// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.BestCompletion;
import dev.espalier.mask.canvas.BlockPosterior;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.canvas.WeightedBlock;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Best completions, sums and marginals of small canvases for random schemas, against all fillings, each read by the stepper. */
class SchemaBlockTest implements CountedTrials {

    private long completions;
    private long blocks;
    private long completable;

    private int limits;

    @RandomTrials(1_000)
    void blocksOfRandomSchemasAreThoseOfAllFillings(long seed, Random random) {
        try {
            SchemaCanvasTest.onRandomSchema(seed, random, (grammar, where) -> compare(grammar, random, where));
        } catch (LimitExceededException rich) {
            limits++; // of the search for an item that differs from all others, in about one schema of a thousand
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(completable >= 11, "only " + completable + " completable blocks");
        assertTrue(limits < 3 + blocks / 100, limits + " past a limit");
        assertTrue(completions >= completable, "only " + completions + " completions");
    }

    private void compare(CompiledGrammar grammar, Random random, String where) {
        Vocabulary vocabulary = grammar.vocabulary();
        CanvasParser parser = new CanvasParser(grammar);
        int[] tokens = random.ints(1 + random.nextInt(5), -3, vocabulary.size())
                .map(token -> random.nextInt(6) == 0 ? Math.max(Canvas.FREE, token) : Canvas.FREE)
                .toArray();
        float[][] rows = new float[tokens.length][vocabulary.size()];
        for (float[] row : rows) {
            for (int token = 0; token < row.length; token++) {
                row[token] = (float) random.nextGaussian();
            }
        }
        Canvas canvas = Canvas.of(vocabulary, tokens);
        Weighed all = new Weighed(grammar, canvas, rows);
        all.fill(0, StackSet.of(grammar.automaton().start()), false);
        WeightedBlock block = WeightedBlock.whole(canvas, slot -> rows[slot]);
        Optional<BestCompletion> best = parser.best(block, Long.MAX_VALUE, WorkBudget.standard());
        Optional<BlockPosterior> posterior = parser.posterior(block, 1_000_000, WorkBudget.standard());
        String place = where + " " + canvas;
        blocks++;
        assertEquals(all.count > 0, best.isPresent(), place);
        assertEquals(all.count > 0, posterior.isPresent(), place);
        if (all.count > 0) {
            completable++;
            completions += all.count;
            assertTrue(best.orElseThrow().isOptimal(), place);
            assertEquals(all.best, best.orElseThrow().weight(), 1e-9, place);
            assertTrue(parser.parse(best.orElseThrow().on(canvas)).isCompletable(), place);
            assertEquals(1, Math.exp(posterior.orElseThrow().logTotal()) / all.total, 1e-9, place);
            for (int slot = 0; slot < canvas.size(); slot++) {
                for (int token = 0; token < vocabulary.size(); token++) {
                    all.sums[slot][token] /= all.total;
                }
                assertArrayEquals(all.sums[slot], posterior.orElseThrow().marginals(slot), 1e-9, place + " " + slot);
            }
        }
    }

    /** Adds up every filling that is a text and end tokens. */
    private static final class Weighed {

        private final Vocabulary vocabulary;
        private final Stepper stepper = new Stepper(Limits.DEFAULT);
        private final Canvas canvas;
        private final float[][] rows;
        private final int[] filling;
        private final double[][] sums;
        private double best = Double.NEGATIVE_INFINITY;
        private double total;
        private long count;

        Weighed(CompiledGrammar grammar, Canvas canvas, float[][] rows) {
            this.vocabulary = grammar.vocabulary();
            this.canvas = canvas;
            this.rows = rows;
            this.filling = new int[canvas.size()];
            this.sums = new double[canvas.size()][vocabulary.size()];
        }

        void fill(int slot, StackSet read, boolean ended) {
            boolean complete = ended || stepper.results(read).length > 0;
            if (slot == canvas.size()) {
                if (complete) {
                    found();
                }
                return;
            }
            for (int token = 0; token < vocabulary.size(); token++) {
                if (!canvas.isFree(slot) && canvas.token(slot) != token) {
                    continue;
                }
                filling[slot] = token;
                if (!vocabulary.isEnd(token) && !ended) {
                    read(slot, read, vocabulary.bytes(token));
                } else if (vocabulary.isEnd(token) && complete) {
                    fill(slot + 1, read, true);
                }
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

        private void found() {
            double weight = 0;
            for (int slot = 0; slot < filling.length; slot++) {
                weight += canvas.isFree(slot) ? rows[slot][filling[slot]] : 0;
            }
            count++;
            best = Math.max(best, weight);
            total += Math.exp(weight);
            for (int slot = 0; slot < filling.length; slot++) {
                sums[slot][filling[slot]] += Math.exp(weight);
            }
        }
    }

    @Test
    void posteriorsOfABlockUnderASchemaWithTheTokenizerOfLlama() {
        Vocabulary vocabulary = Vocabulary.read(TestData.tokenizer("llama3_1"));
        String schema = """
                {"type": "object", "required": ["name", "born", "tags"], "additionalProperties": false, "properties": {
                  "name": {"type": "string", "maxLength": 40},
                  "born": {"type": "integer", "minimum": 0},
                  "tags": {"type": "array", "items": {"enum": ["red", "green", "blue"]}},
                  "at": {"type": "object", "additionalProperties": false, "properties": {"x": {"type": "number"}, "y": {"type": "number"}}}}}
                """;
        CompiledGrammar grammar = new GrammarCompiler(vocabulary)
                .compile(new SchemaCompiler()
                        .compile(schema, SchemaOptions.DEFAULT)
                        .automaton());
        CanvasParser parser = new CanvasParser(grammar);
        Random random = new Random(23);
        float[][] rows = new float[32][vocabulary.size()];
        for (float[] row : rows) {
            for (int token = 0; token < row.length; token++) {
                row[token] = 4 * random.nextFloat();
            }
        }
        Limits limits =
                Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(60_000)).withMaxCompileBytes(1L << 30);
        for (int slots : new int[] {8, 16, 32}) {
            WeightedBlock block = new WeightedBlock(Canvas.blank(vocabulary, 64), 0, slots, slot -> rows[slot]);
            if (slots == 8) {
                assertTrue(parser.posterior(block, 200_000, new WorkBudget(limits, new Cancellation()))
                        .isPresent());
            }
            BestCompletion best = parser.best(block, 20_000, new WorkBudget(limits, new Cancellation()))
                    .orElseThrow();
            assertTrue(best.gap() >= 0 && best.expansions() <= 20_000, slots + " slots: " + best.expansions());
        }
    }
}
