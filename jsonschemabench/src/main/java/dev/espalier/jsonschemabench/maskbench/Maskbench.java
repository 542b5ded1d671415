package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.TextEncoder;
import dev.espalier.mask.Vocabulary;
import dev.espalier.schemas.SchemaOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

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
    private final Settings settings;
    private final Workers workers;
    private final int warmup;

    /**
     * A run.
     *
     * @param corpus what to run
     * @param vocabulary the tokens
     * @param encoder the same vocabulary's tokenizer; thread-safe
     * @param options how schemas are read; {@link Limits#compileDeadline()} of their limits is the time for one schema
     * @param form how instances are written
     * @param settings what else decides the results: a folder's results are all of one setting
     * @param workers who runs the schemas; when they are stopped, schemas under way are dropped and what is done is written
     * @param warmup schemas that are run first and not counted, with caches of their own, so that no time is the Java
     *     machine's own start
     */
    public Maskbench(
            SchemaCorpus corpus,
            Vocabulary vocabulary,
            TextEncoder encoder,
            SchemaOptions options,
            InstanceText form,
            Settings settings,
            Workers workers,
            int warmup) {
        this.corpus = corpus;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.options = options;
        this.form = form;
        this.settings = settings;
        this.workers = workers;
        this.warmup = warmup;
    }

    /**
     * Runs all schemas that the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param step called after each schema, on the thread that ran it
     * @return figures over all results in the file
     * @throws InvalidInputException if the file cannot be read or written, or is of another setting
     */
    public MaskbenchSummary run(Path folder, Runnable step) throws InterruptedException {
        try (ResultsFile<SchemaResult> file = new ResultsFile<>(folder, settings, SchemaResult::of);
                GrammarCompiler grammars = compiler()) {
            if (IntStream.range(0, corpus.size()).anyMatch(i -> !file.has(corpus.id(i)))) {
                warmUp();
            }
            SchemaTrial trial = new SchemaTrial(grammars, encoder, options, form);
            workers.run(corpus.size(), i -> {
                if (!file.has(corpus.id(i))) {
                    result(trial, corpus, i).ifPresent(file::add);
                }
                step.run();
            });
            MaskbenchSummary summary = new MaskbenchSummary(file.results(), grammars.stats());
            file.finish(summary.toJson());
            return summary;
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
        try (GrammarCompiler grammars = compiler()) {
            SchemaTrial trial = new SchemaTrial(grammars, encoder, options, form);
            SchemaCorpus some = corpus.limited(warmup);
            for (int i = 0; i < some.size() && !workers.stop().isRequested(); i++) {
                Optional<SchemaResult> unused = result(trial, some, i);
            }
        }
    }

    private GrammarCompiler compiler() {
        return new GrammarCompiler(vocabulary, options.limits());
    }
}
