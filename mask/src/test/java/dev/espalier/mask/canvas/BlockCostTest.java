package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What weighted blocks cost with a real vocabulary, in expansions and in bytes, a few times of which is a failure. */
class BlockCostTest {

    private static final long MOST_BYTES = 50L << 20;

    private static final Limits AMPLE =
            Limits.DEFAULT.with("compileDeadline", 120_000).with("maxCompileBytes", 2L << 30);
    private static final String DOCUMENT =
            "{\"name\": \"Ada Lovelace\", \"born\": [1815, 12, 10], \"known\": {\"for\": [\"notes\", \"numbers\"], \"alive\": false},"
                    + " \"of\": [{\"id\": 1, \"x\": null}, {\"id\": 2, \"x\": -1.5e3}]}";

    @Test
    void bestCompletionsOfPeakedWeightsForJsonWithTheTokenizerOfLlama() {
        Vocabulary vocabulary = vocabulary();
        CompiledGrammar json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(JsonText.ANY));
        CanvasParser parser = new CanvasParser(json);
        int[] text = CanvasCostTest.tokens(json.matcher(), "[" + (DOCUMENT + ", ").repeat(4) + "1]");
        for (int slots : new int[] {64, 256}) {
            for (double corrupted : new double[] {0, 0.3}) {
                Canvas canvas = Canvas.blank(vocabulary, slots);
                float[][] rows = peaked(text, vocabulary.size(), slots, corrupted);
                WeightedBlock block = WeightedBlock.whole(canvas, slot -> rows[slot]);
                parser.parse(canvas, budget());
                WorkBudget budget = budget();
                BestCompletion best = parser.best(block, 20_000, budget).orElseThrow();
                String what = slots + " slots, " + corrupted + " corrupted: ";
                assertTrue(best.isOptimal(), what + best.gap());
                assertTrue(best.expansions() < 25L * slots, what + best.expansions() + " expansions");
                assertTrue(budget.allocatedBytes() < MOST_BYTES, what + budget.allocatedBytes() + " bytes");
                assertTrue(parser.parse(best.on(canvas), budget()).isCompletable());
            }
        }
    }

    /** A document again and again, as an array that is too long for the slots, with other tokens on top in some of them. */
    private static float[][] peaked(int[] text, int tokens, int slots, double corrupted) {
        Random random = new Random(22);
        float[][] rows = new float[slots][tokens];
        for (int slot = 0; slot < slots; slot++) {
            for (int token = 0; token < rows[slot].length; token++) {
                rows[slot][token] = 4 * noise(slot, token) - 14;
            }
            rows[slot][text[slot]] = -1;
            if (random.nextDouble() < corrupted) {
                rows[slot][random.nextInt(rows[slot].length)] = 0;
            }
        }
        return rows;
    }

    /** A number from 0 to 1 that looks drawn. */
    private static float noise(int slot, int token) {
        int mixed = (slot * 0x85EBCA6B + token) * 0x9E3779B9;
        return ((mixed ^ mixed >>> 15) * 0xC2B2AE35 >>> 8) / (float) (1 << 24);
    }

    private static WorkBudget budget() {
        return new WorkBudget(AMPLE, new Cancellation());
    }

    @Test
    void posteriorsOfBlocksForJsonWithTheTokenizerOfLlama() {
        Vocabulary vocabulary = vocabulary();
        CompiledGrammar json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(JsonText.ANY));
        CanvasParser parser = new CanvasParser(json);
        int[] text = CanvasCostTest.tokens(json.matcher(), DOCUMENT);
        for (int slots : new int[] {4, 8, 32}) {
            int[] tokens = text.clone();
            java.util.Arrays.fill(tokens, 8, 8 + slots, Canvas.FREE);
            float[][] rows = new float[text.length][vocabulary.size()];
            for (int slot = 0; slot < rows.length; slot++) {
                for (int token = 0; token < vocabulary.size(); token++) {
                    rows[slot][token] = noise(slot, token);
                }
            }
            WeightedBlock block = new WeightedBlock(Canvas.of(vocabulary, tokens), 8, 8 + slots, slot -> rows[slot]);
            WorkBudget budget = budget();
            if (slots == 32) {
                assertEquals(
                        "maxLatticeNodes",
                        assertThrows(LimitExceededException.class, () -> parser.posterior(block, 20_000, budget))
                                .limit());
            } else {
                BlockPosterior posterior =
                        parser.posterior(block, 20_000, budget).orElseThrow();
                assertEquals(slots, posterior.sample(new Random(slots)).length);
                assertTrue(
                        budget.allocatedBytes() < MOST_BYTES, slots + " slots: " + budget.allocatedBytes() + " bytes");
            }
        }
    }

    private static Vocabulary vocabulary() {
        String data = System.getenv("ESPALIER_DATA");
        assumeTrue(data != null, "ESPALIER_DATA is not set: real tokenizers are skipped");
        Path file = Path.of(String.valueOf(data), "tokenizers", "llama3_1.json.gz");
        assumeTrue(Files.exists(file), "no " + file.getFileName() + ": skipped");
        return Vocabulary.read(file);
    }
}
