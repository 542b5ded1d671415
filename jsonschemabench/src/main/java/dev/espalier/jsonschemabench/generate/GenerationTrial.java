// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.CompiledOutput;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes one schema after another through compiling, writing and judging. Thread-safe. */
public final class GenerationTrial implements AutoCloseable {

    private static final Output<String> ANYTHING = Output.regex("[\\s\\S]*");

    private final SchemaCompiler schemas = new SchemaCompiler();
    private final LanguageModel model;
    private final OutputCompiler compiler;
    private final InstanceWriter writer;
    private final GenerationSettings settings;
    private final SchemaOptions options;

    /** A trial with a model, which is not closed with it. */
    public GenerationTrial(LanguageModel model, GenerationSettings settings) {
        this.model = model;
        this.compiler = new OutputCompiler(model.vocabulary());
        this.writer = new InstanceWriter(model, settings);
        this.settings = settings;
        this.options = SchemaOptions.DEFAULT
                .withLimits(SchemaOptions.DEFAULT
                        .limits()
                        .withCompileDeadline(Duration.ofMillis(settings.schemaSeconds() * 1000L)))
                .allow(Enforcement.CHECKED_AT_END);
    }

    GenerationSettings settings() {
        return settings;
    }

    /** The same with caches of its own. */
    GenerationTrial another() {
        return new GenerationTrial(model, settings);
    }

    /**
     * What is written under a schema; whatever is thrown becomes part of it.
     *
     * @param cancellation ends it soon, as if out of time
     */
    GenerationResult constrained(BenchSchema source, Cancellation cancellation) {
        long start = System.nanoTime();
        CompiledOutput output;
        try {
            output = compiler.compile(Output.jsonSchema(source.schema(), options), cancellation);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            List<Reason> reasons = new Obstacles(schemas, options).of(source.schema(), e);
            return new GenerationResult(
                    outcome(source, status(e), reasons, List.of(), 0), Optional.empty(), Optional.empty());
        }
        long nanos = System.nanoTime() - start;
        List<Reason> checkedAtEnd = output.source()
                .report()
                .map(report -> Obstacles.of(report, Enforcement.EXACT))
                .orElse(List.of());
        int attempts = checkedAtEnd.isEmpty() ? 1 : Request.DEFAULT_ATTEMPTS;
        Writing text = writer.write(source, output.grammar(), false, attempts, cancellation, start);
        return new GenerationResult(
                outcome(source, Status.COMPILED, List.of(), checkedAtEnd, nanos), Optional.of(text), Optional.empty());
    }

    private static Status status(Throwable failure) {
        if (failure instanceof CompileTimeoutException || failure instanceof CancelledException) {
            return Status.TIMEOUT;
        }
        return failure instanceof EspalierException ? Status.REFUSED : Status.ERROR;
    }

    private static SchemaOutcome outcome(
            BenchSchema source, Status status, List<Reason> reasons, List<Reason> checkedAtEnd, long compileNanos) {
        int bytes = source.schema().getBytes(StandardCharsets.UTF_8).length;
        return new SchemaOutcome(source.id(), source.dataset(), status, reasons, checkedAtEnd, bytes, compileNanos);
    }

    /** What is written for a schema without the constraint; as {@link #constrained}. */
    Writing free(BenchSchema source, Cancellation cancellation) {
        CompiledGrammar anything = compiler.compile(ANYTHING).grammar();
        return writer.write(source, anything, true, 1, cancellation, System.nanoTime());
    }

    @Override
    public void close() {
        writer.close();
        compiler.close();
    }
}
