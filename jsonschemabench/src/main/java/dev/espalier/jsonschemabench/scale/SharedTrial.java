// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.soak.RandomWriter;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * One compiled schema for many threads: each writes a random text of its own. Masks are compared with those of one thread
 * that writes all texts one after another. Threads let others go first after each token, so that all texts are open at a time.
 */
final class SharedTrial {

    static final String ALONE = "one thread";
    static final String VIRTUAL = "virtual threads";
    static final String POOL = "platform threads";
    static final String MASK = "mask";
    static final String THROUGHPUT = "masks a second";

    private final Vocabulary vocabulary;
    private final RandomWriter writer;
    private final int tasks;
    private final int steps;
    private final long seed;
    private final Cancellation stop;

    SharedTrial(Vocabulary vocabulary, int tasks, int steps, long seed, Cancellation stop) {
        this.vocabulary = vocabulary;
        this.writer = new RandomWriter(vocabulary);
        this.tasks = tasks;
        this.steps = steps;
        this.seed = seed;
        this.stop = stop;
    }

    /** What a text took: a checksum of its masks, and their times. */
    private record Text(int checksum, LatencyHistogram times) {}

    /** The results of one thread, of as many platform threads as there are processors, and of virtual ones where there are any. */
    List<ScaleResult> run() {
        List<Text> unused = here(fresh()); // the Java machine's own start
        CompiledGrammar first = fresh();
        List<Text> expected = new ArrayList<>();
        List<ScaleResult> results = new ArrayList<>();
        results.add(timed(ALONE, 1, () -> expected.addAll(here(first)), expected, expected));
        int processors = Runtime.getRuntime().availableProcessors();
        results.add(on(Executors.newFixedThreadPool(processors), POOL, processors, expected));
        VirtualThreads.executor().ifPresent(executor -> results.add(on(executor, VIRTUAL, tasks, expected)));
        return results;
    }

    private CompiledGrammar fresh() {
        PushdownAutomaton automaton = new SchemaCompiler()
                .compile(Families.tool(), SchemaOptions.DEFAULT)
                .automaton();
        return new GrammarCompiler(vocabulary).compile(automaton);
    }

    private List<Text> here(CompiledGrammar grammar) {
        return IntStream.range(0, tasks).mapToObj(task -> write(grammar, task)).toList();
    }

    private ScaleResult on(ExecutorService executor, String line, int threads, List<Text> expected) {
        CompiledGrammar grammar = fresh();
        List<Text> texts = new ArrayList<>();
        try {
            return timed(line, threads, () -> texts.addAll(there(grammar, executor)), texts, expected);
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Text> there(CompiledGrammar grammar, ExecutorService executor) {
        List<Callable<Text>> writing = IntStream.range(0, tasks)
                .mapToObj(task -> (Callable<Text>) () -> write(grammar, task))
                .toList();
        List<Text> texts = new ArrayList<>();
        try {
            for (Future<Text> each : executor.invokeAll(writing)) {
                texts.add(each.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted");
        }
        return texts;
    }

    private ScaleResult timed(String line, int threads, Runnable all, List<Text> texts, List<Text> expected) {
        long[] nanos = new long[1];
        Map<String, Double> figures = new HashMap<>(LockEvents.during(() -> {
            long start = System.nanoTime();
            all.run();
            nanos[0] = System.nanoTime() - start;
        }));
        LatencyHistogram times = new LatencyHistogram();
        boolean equal = texts.size() == expected.size();
        for (int i = 0; i < texts.size(); i++) {
            times.add(texts.get(i).times());
            equal &= texts.get(i).checksum() == expected.get(i).checksum();
        }
        figures.put(BatchTrial.EQUAL, equal ? 1.0 : 0.0);
        figures.put(THROUGHPUT, times.count() * 1e9 / Math.max(1, nanos[0]));
        return new ScaleResult(ScaleResult.Part.SHARED, line, threads, Map.of(MASK, times), figures, "");
    }

    private Text write(CompiledGrammar grammar, int number) {
        SplittableRandom random = new SplittableRandom(seed + number);
        LatencyHistogram times = new LatencyHistogram();
        Matcher matcher = grammar.matcher();
        int checksum = 0;
        for (int step = 0; step < steps && !matcher.isTerminated(); step++) {
            if (stop.isRequested()) {
                throw new CancelledException("stopped at step " + step);
            }
            long start = System.nanoTime();
            TokenMask mask = matcher.mask();
            times.add(System.nanoTime() - start);
            checksum = checksum * 31 + mask.hashCode();
            if (mask.isEmpty()) {
                break;
            }
            matcher.accept(writer.next(mask, random));
            Thread.yield();
        }
        return new Text(checksum, times);
    }
}
