package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.mask.stats.StoreStats;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A run of MaskBench's protocol: each schema is compiled, each of its instances is tokenised, and for every token a mask
 * is made and the token accepted, until one is refused; the end of the text counts as one more token. Unlike MaskBench
 * the end is checked. One schema is run by one thread. All may be read several times, by as many engines side by side; then each
 * step's least time counts.
 */
public final class Maskbench {

    private final SchemaCorpus corpus;
    private final Protocol protocol;
    private final Settings settings;
    private final Workers workers;
    private final int warmup;
    private final int readings;
    private final SchemaCorpus weighed;

    /**
     * A run.
     *
     * @param corpus what to run
     * @param protocol how schemas are read
     * @param settings what else decides the results: a folder's results are all of one setting
     * @param workers who runs the schemas; when they are stopped, schemas under way are dropped and what is done is written
     * @param warmup schemas that are run first and not counted, with caches of their own, so that no time is the Java
     *     machine's own start
     * @param readings how often each schema is read, at least 1
     * @param weighed how many schemas, spread over all, are measured on the heap after that; 0 for none
     */
    public Maskbench(
            SchemaCorpus corpus,
            Protocol protocol,
            Settings settings,
            Workers workers,
            int warmup,
            int readings,
            int weighed) {
        this.corpus = corpus;
        this.protocol = protocol;
        this.settings = settings;
        this.workers = workers;
        this.warmup = warmup;
        this.readings = readings;
        this.weighed = corpus.limited(weighed);
    }

    /** How many steps a run has. */
    public int size() {
        return corpus.size() + weighed.size();
    }

    /**
     * Runs all schemas that the folder's results do not have yet, and writes {@code results.jsonl} there; then measures the heap,
     * if that was asked for, and writes {@code retained.jsonl}.
     *
     * @param step called after each schema, on the thread that ran it
     * @return figures over all results in the file
     * @throws InvalidInputException if a file cannot be read or written, or is of another setting
     */
    public MaskbenchSummary run(Path folder, Runnable step) throws InterruptedException {
        try (ResultsFile<SchemaResult> file = new ResultsFile<>(folder, settings, SchemaResult::of)) {
            if (IntStream.range(0, corpus.size()).anyMatch(i -> !file.has(corpus.id(i)))) {
                warmUp();
            }
            long collections = JavaMachine.collectionNanos();
            StoreStats store = read(file, step);
            collections = JavaMachine.collectionNanos() - collections;
            Optional<RetainedSummary> retained = weighed.size() == 0
                            || workers.stop().isRequested()
                    ? Optional.empty()
                    : Optional.of(new RetainedSummary(new RetainedTrial(protocol, workers.stop()).run(weighed, step)));
            retained.ifPresent(summary -> summary.write(folder));
            MaskbenchSummary summary =
                    new MaskbenchSummary(file.results(), new RunFigures(store, collections, retained));
            file.finish(summary.toJson());
            return summary;
        }
    }

    private StoreStats read(ResultsFile<SchemaResult> file, Runnable step) throws InterruptedException {
        List<Engine> engines = Stream.generate(protocol::engine).limit(readings).toList();
        try {
            SchemaTrial trial = new SchemaTrial(engines, protocol);
            workers.run(corpus.size(), i -> {
                if (!file.has(corpus.id(i))) {
                    result(trial, corpus, i).ifPresent(file::add);
                }
                step.run();
            });
            return engines.get(0).grammars().stats();
        } finally {
            engines.forEach(Engine::close);
        }
    }

    private Optional<SchemaResult> result(SchemaTrial trial, SchemaCorpus some, int index) {
        BenchSchema schema;
        try {
            schema = some.schema(index);
        } catch (InvalidInputException e) {
            return Optional.of(SchemaResult.unreadable(some.id(index), String.valueOf(e.getMessage())));
        }
        return trial.run(schema, workers.stop());
    }

    private void warmUp() {
        try (Engine engine = protocol.engine()) {
            SchemaTrial trial = new SchemaTrial(List.of(engine), protocol);
            SchemaCorpus some = corpus.limited(warmup);
            for (int i = 0; i < some.size() && !workers.stop().isRequested(); i++) {
                Optional<SchemaResult> unused = result(trial, some, i);
            }
        }
    }
}
