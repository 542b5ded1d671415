package dev.espalier.jsonschemabench.generate;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.ModelFiles;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A run of the protocol of JSONSchemaBench's paper (Geng et al., arXiv:2501.10868): for each schema of a corpus a model writes
 * an instance, which an independent validator judges.
 */
public final class GenerationRun {

    private static final int WARM_UP = 3;

    private final SchemaCorpus corpus;
    private final LanguageModel model;
    private final GenerationSettings settings;
    private final Workers workers;

    /**
     * A run.
     *
     * @param corpus what to run, in this order
     * @param model who writes; not closed with this
     * @param workers who runs the schemas; when they are stopped, texts under way are dropped and what is done is written
     */
    public GenerationRun(SchemaCorpus corpus, LanguageModel model, GenerationSettings settings, Workers workers) {
        this.corpus = corpus;
        this.model = model;
        this.settings = settings;
        this.workers = workers;
    }

    /**
     * The embedded model, with room for so many tokens beside a prompt as long as its own context.
     *
     * @throws dev.espalier.core.error.ModelException if it cannot be loaded
     */
    public static LanguageModel sprig(LoadOptions options, int maxTokens) {
        ModelFiles files = ModelFiles.classPath(Sprig.class, "dev/espalier/sprig");
        return PyTorchModel.load(new LongContext(files, maxTokens), "sprig", options);
    }

    /**
     * Runs all schemas that the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each schema, on the thread that ran it
     * @return figures over all results in the file
     * @throws InvalidInputException if the file cannot be read or written, or is of other settings
     */
    public GenerationSummary run(Path folder, Runnable step) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (ResultsFile<GenerationResult> file = new ResultsFile<>(folder, settings.options(), GenerationResult::of);
                GenerationTrial trial = new GenerationTrial(model, settings)) {
            if (IntStream.range(0, corpus.size()).anyMatch(i -> !file.has(corpus.id(i)))) {
                warmUp(clock);
            }
            workers.run(corpus.size(), i -> {
                if (!file.has(corpus.id(i))) {
                    GenerationResult result = result(trial, i, clock);
                    if (!workers.stop().isRequested()) {
                        file.add(result);
                    }
                }
                step.run();
            });
            GenerationSummary summary = new GenerationSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        } finally {
            clock.shutdownNow();
        }
    }

    /** A few schemas that are not counted: the Java machine's and the network's own start is nobody's time. */
    private void warmUp(ScheduledExecutorService clock) {
        try (GenerationTrial trial = new GenerationTrial(model, settings)) {
            for (int i = 0;
                    i < Math.min(WARM_UP, corpus.size()) && !workers.stop().isRequested();
                    i++) {
                GenerationResult unused = result(trial, i, clock);
            }
        }
    }

    private GenerationResult result(GenerationTrial trial, int index, ScheduledExecutorService clock) {
        BenchSchema schema;
        try {
            schema = corpus.schema(index);
        } catch (InvalidInputException e) {
            SchemaOutcome unreadable = SchemaOutcome.unreadable(corpus.id(index), String.valueOf(e.getMessage()));
            return new GenerationResult(unreadable, Optional.empty(), Optional.empty());
        }
        GenerationResult result = inTime(clock, cancellation -> trial.constrained(schema, cancellation));
        return settings.unconstrained()
                ? result.withFree(inTime(clock, cancellation -> trial.free(schema, cancellation)))
                : result;
    }

    /** Has something done that is cancelled when the time for one schema is over, or the run is to stop. */
    private <T> T inTime(ScheduledExecutorService clock, Function<Cancellation, T> work) {
        Cancellation cancellation = new Cancellation();
        ScheduledFuture<?> deadline = clock.schedule(cancellation::cancel, settings.schemaSeconds(), TimeUnit.SECONDS);
        try {
            return work.apply(cancellation.or(workers.stop()));
        } finally {
            deadline.cancel(false);
        }
    }
}
