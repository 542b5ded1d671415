package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.Limits;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.TextEncoder;
import dev.espalier.mask.Vocabulary;
import dev.espalier.schemas.SchemaOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run of MaskBench's protocol: each schema is compiled, each of its instances is tokenised, and for every token a mask
 * is made and the token accepted, until one is refused; the end of the text counts as one more token. Unlike MaskBench
 * the end is checked. One schema is run by one thread.
 */
public final class Maskbench {

    private final SchemaCorpus corpus;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final SchemaOptions options;
    private final InstanceText form;
    private final int threads;
    private final int warmup;

    /**
     * A run.
     *
     * @param corpus what to run
     * @param vocabulary the tokens
     * @param encoder the same vocabulary's tokenizer; thread-safe
     * @param options how schemas are read; {@link Limits#compileDeadline()} of their limits is the time for one schema
     * @param form how instances are written
     * @param threads schemas that run at a time
     * @param warmup schemas that are run first and not counted, with caches of their own, so that no time is the Java
     *     machine's own start
     */
    public Maskbench(
            SchemaCorpus corpus,
            Vocabulary vocabulary,
            TextEncoder encoder,
            SchemaOptions options,
            InstanceText form,
            int threads,
            int warmup) {
        this.corpus = corpus;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.options = options;
        this.form = form;
        this.threads = threads;
        this.warmup = warmup;
    }

    /**
     * Runs all schemas that the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each schema, on the thread that ran it
     * @return figures over all results in the file
     * @throws dev.espalier.grammar.error.InvalidInputException if the file or a schema of the corpus cannot be read
     */
    public MaskbenchSummary run(Path folder, Runnable step) throws InterruptedException {
        warmUp();
        try (ResultsFile file = new ResultsFile(folder);
                GrammarCompiler grammars = compiler()) {
            SchemaTrial trial = new SchemaTrial(grammars, encoder, options, form);
            AtomicInteger next = new AtomicInteger();
            runAll(() -> {
                for (int i = next.getAndIncrement(); i < corpus.size(); i = next.getAndIncrement()) {
                    if (!file.has(corpus.id(i))) {
                        file.add(trial.run(corpus.schema(i)));
                    }
                    step.run();
                }
            });
            MaskbenchSummary summary = new MaskbenchSummary(file.results(), grammars.stats());
            file.finish(summary.toJson());
            return summary;
        }
    }

    private void warmUp() {
        try (GrammarCompiler grammars = compiler()) {
            SchemaTrial trial = new SchemaTrial(grammars, encoder, options, form);
            SchemaCorpus some = corpus.limited(warmup);
            for (int i = 0; i < some.size() && i < warmup; i++) {
                trial.run(some.schema(i));
            }
        }
    }

    private GrammarCompiler compiler() {
        return new GrammarCompiler(vocabulary, options.limits());
    }

    private void runAll(Runnable worker) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(worker));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
