// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.MaskBatch;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The masks of a batch of sequences with different schemas, one after another and by several threads, along instances of the
 * schemas. Each way has a compiler of its own; the first time through nothing is at hand, the second time everything. Ways
 * take turns; the first round is not counted.
 */
final class BatchTrial {

    /** The name of the time of a step where nothing is at hand, and of one where all masks are. */
    static final String COLD = "cold";

    static final String WARM = "warm";

    /** The line of a plain loop. */
    static final String LOOP = "one at a time";

    static final String BATCH = "batch";
    /** The figure that is 1 if all rows were those of the loop. */
    static final String EQUAL = "equal";

    private static final int ROUNDS = 4;

    private final Vocabulary vocabulary;
    private final List<Sequence> sequences = new ArrayList<>();
    private final int steps;
    private final Cancellation stop;

    /** A sequence: its schema's frames, compiled anew for each compiler, and its tokens, over and over. */
    private record Sequence(PushdownAutomaton automaton, int[] tokens) {}

    BatchTrial(Vocabulary vocabulary, TextEncoder encoder, List<Written> texts, int steps, Cancellation stop) {
        this.vocabulary = vocabulary;
        this.steps = steps;
        this.stop = stop;
        SchemaCompiler compiler = new SchemaCompiler();
        for (Written written : texts) {
            sequences.add(new Sequence(
                    compiler.compile(written.schema(), ScaleSettings.OPTIONS).automaton(), written.tokens(encoder)));
        }
    }

    /** The results of all ways: the loop, and batches of 1, 2, 4 … threads. */
    List<ScaleResult> run(int mostThreads) {
        List<Integer> ways = new ArrayList<>(List.of(0));
        for (int threads = 1; threads < mostThreads; threads *= 2) {
            ways.add(threads);
        }
        ways.add(mostThreads);
        Map<Integer, Figures> all = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int threads : ways) {
                Figures figures = round == 1 ? new Figures() : all.getOrDefault(threads, new Figures());
                all.put(threads, figures);
                one(threads, figures);
            }
        }
        long expected = all.getOrDefault(0, new Figures()).checksum;
        List<ScaleResult> results = new ArrayList<>();
        all.forEach((threads, figures) -> results.add(new ScaleResult(
                ScaleResult.Part.BATCH,
                threads == 0 ? LOOP : BATCH,
                Math.max(1, threads),
                Map.of(COLD, figures.cold, WARM, figures.warm),
                Map.of("sequences", (double) sequences.size(), EQUAL, figures.checksum == expected ? 1.0 : 0.0),
                "")));
        return results;
    }

    /** Times of one way, and a checksum of all its rows. */
    private static final class Figures {

        private final LatencyHistogram cold = new LatencyHistogram();
        private final LatencyHistogram warm = new LatencyHistogram();
        private long checksum;
    }

    private void one(int threads, Figures figures) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads - 1));
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary, ScaleSettings.OPTIONS.limits())) {
            List<CompiledGrammar> grammars = sequences.stream()
                    .map(each -> compiler.compile(each.automaton()))
                    .toList();
            MaskBatch batch = new MaskBatch(pool, Math.max(1, threads));
            for (LatencyHistogram times : List.of(figures.cold, figures.warm)) {
                figures.checksum = figures.checksum * 31 + walk(grammars, threads == 0 ? null : batch, times);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private long walk(List<CompiledGrammar> grammars, @Nullable MaskBatch batch, LatencyHistogram times) {
        int words = (vocabulary.size() + 63) >>> 6;
        long[] bits = new long[words * sequences.size()];
        LongBuffer rows = LongBuffer.wrap(bits);
        long[] row = new long[words];
        List<Matcher> matchers =
                new ArrayList<>(grammars.stream().map(CompiledGrammar::matcher).toList());
        long checksum = 0;
        for (int step = 0; step < steps; step++) {
            if (stop.isRequested()) {
                throw new CancelledException("stopped at step " + step);
            }
            long start = System.nanoTime();
            if (batch == null) {
                for (int i = 0; i < matchers.size(); i++) {
                    matchers.get(i).fillMask(row);
                    System.arraycopy(row, 0, bits, i * words, words);
                }
            } else {
                for (MaskBatch.Failure failure : batch.fill(matchers, rows, words)) {
                    throw failure.cause();
                }
            }
            times.add(System.nanoTime() - start);
            checksum = checksum * 31 + Arrays.hashCode(bits);
            accept(grammars, matchers, step);
        }
        return checksum;
    }

    private void accept(List<CompiledGrammar> grammars, List<Matcher> matchers, int step) {
        for (int i = 0; i < matchers.size(); i++) {
            int[] tokens = sequences.get(i).tokens();
            int at = step % (tokens.length + 1);
            if (at == tokens.length) { // the mask after the last token was made, too
                matchers.set(i, grammars.get(i).matcher());
            } else {
                matchers.get(i).accept(tokens[at]);
            }
        }
    }
}
