package dev.espalier.mask.canvas;

import java.time.Duration;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Tokenizers;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What weighted blocks of canvases for JSON cost with a real vocabulary, found through ESPALIER_DATA. Run by the profile {@code jmh}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BlockBenchmark {

    private static final String DOCUMENT =
            "{\"name\": \"Ada Lovelace\", \"born\": [1815, 12, 10], \"known\": {\"for\": [\"notes\", \"numbers\"], \"alive\": false},"
                    + " \"of\": [{\"id\": 1, \"x\": null}, {\"id\": 2, \"x\": -1.5e3}]}";

    private static final Limits AMPLE =
            Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(120_000)).withMaxCompileBytes(2L << 30);

    private static WorkBudget budget() {
        return new WorkBudget(AMPLE, new Cancellation());
    }

    /** A number from 0 to 1 that looks drawn. */
    private static float noise(int slot, int token) {
        int mixed = (slot * 0x85EBCA6B + token) * 0x9E3779B9;
        return ((mixed ^ mixed >>> 15) * 0xC2B2AE35 >>> 8) / (float) (1 << 24);
    }

    /** JSON for a real vocabulary, its walks known. */
    @State(Scope.Thread)
    public static class Json {

        /** The tokenizer. */
        @Param("llama3_1")
        public String tokenizer = "llama3_1";

        Vocabulary vocabulary = Vocabulary.builder().token(0, "a").build();
        CanvasParser parser =
                new CanvasParser(new GrammarCompiler(vocabulary).compile(new GbnfReader().read(Tokenizers.JSON)));

        /** Reads the vocabulary. */
        @Setup
        public void read() {
            vocabulary = Tokenizers.read(tokenizer);
            CompiledGrammar json = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(Tokenizers.JSON));
            parser = new CanvasParser(json);
        }
    }

    /** Blank slots with the weights of a document that is too long for them, and with other tokens on top in some of them. */
    @State(Scope.Thread)
    public static class Peaked {

        /** The blank slots. */
        @Param({"64", "256"})
        public int slots = 64;

        /** The share of the slots with another token on top. */
        @Param({"0", "0.3"})
        public double corrupted;

        WeightedBlock block = WeightedBlock.whole(Canvas.of(Vocabulary.builder().token(0, "a").build()), slot -> new float[0]);

        /** Draws the weights. */
        @Setup
        public void draw(Json json) {
            int[] text = Tokenizers.encode(json.vocabulary, "[" + (DOCUMENT + ", ").repeat(4) + "1]");
            Random random = new Random(22);
            float[][] rows = new float[slots][json.vocabulary.size()];
            for (int slot = 0; slot < slots; slot++) {
                for (int token = 0; token < rows[slot].length; token++) {
                    rows[slot][token] = 4 * noise(slot, token) - 14;
                }
                rows[slot][text[slot]] = -1;
                if (random.nextDouble() < corrupted) {
                    rows[slot][random.nextInt(rows[slot].length)] = 0;
                }
            }
            block = WeightedBlock.whole(Canvas.blank(json.vocabulary, slots), slot -> rows[slot]);
        }
    }

    /** Some free slots in a row in a document, with flat weights. */
    @State(Scope.Thread)
    public static class Flat {

        /** The free slots. */
        @Param({"4", "8"})
        public int free = 4;

        WeightedBlock block = WeightedBlock.whole(Canvas.of(Vocabulary.builder().token(0, "a").build()), slot -> new float[0]);

        /** Draws the weights. */
        @Setup
        public void draw(Json json) {
            int[] tokens = Tokenizers.encode(json.vocabulary, DOCUMENT);
            Arrays.fill(tokens, 8, 8 + free, Canvas.FREE);
            float[][] rows = new float[tokens.length][json.vocabulary.size()];
            for (int slot = 0; slot < rows.length; slot++) {
                for (int token = 0; token < rows[slot].length; token++) {
                    rows[slot][token] = noise(slot, token);
                }
            }
            block = new WeightedBlock(Canvas.of(json.vocabulary, tokens), 8, 8 + free, slot -> rows[slot]);
        }
    }

    /** The best completion, proven. */
    @Benchmark
    public BestCompletion best(Json json, Peaked peaked) {
        BestCompletion best = json.parser.best(peaked.block, 20_000, budget()).orElseThrow();
        if (!best.isOptimal()) {
            throw new IllegalStateException("not proven: " + best.gap());
        }
        return best;
    }

    /** The posterior of the block. */
    @Benchmark
    public BlockPosterior posterior(Json json, Flat flat) {
        return json.parser.posterior(flat.block, 20_000, budget()).orElseThrow();
    }
}
