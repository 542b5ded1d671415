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
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Takes one schema after another through compiling, writing and judging. Thread-safe. */
public final class GenerationTrial implements AutoCloseable {

    private static final Output<String> ANYTHING = Output.regex("[\\s\\S]*");

    private final SchemaCompiler schemas = new SchemaCompiler();
    private final LanguageModel model;
    private final OutputCompiler compiler;
    private final InstanceWriter writer;
    private final SchemaPrompt prompts;
    private final GenerationSettings settings;
    private final SchemaOptions options;

    /** A trial with a model, which is not closed with it. */
    public GenerationTrial(LanguageModel model, GenerationSettings settings) {
        this.model = model;
        this.compiler = new OutputCompiler(model.vocabulary());
        this.writer = new InstanceWriter(model);
        this.prompts = new SchemaPrompt(
                model, settings.embedded(), settings.parameters().maxTokens());
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
        return new Run(source, cancellation).result();
    }

    /** What is written for a schema without the constraint; as {@link #constrained}. */
    Writing free(BenchSchema source, Cancellation cancellation) {
        return written(source, compiler.compile(ANYTHING), 1, true, cancellation, System.nanoTime());
    }

    /** Decides the choices for one schema, whichever others run. */
    private SamplingParameters parameters(String id) {
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return settings.parameters().withSeed(settings.parameters().seed() * 31 + crc.getValue());
    }

    private Writing written(
            BenchSchema source,
            CompiledOutput output,
            int attempts,
            boolean isFree,
            Cancellation cancellation,
            long start) {
        try {
            return writer.write(
                    source.schema(),
                    output.grammar(),
                    isFree,
                    attempts,
                    prompts.tokens(source.schema()),
                    parameters(source.id()),
                    cancellation,
                    start);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Writing.failed(e.toString());
        }
    }

    private final class Run {

        private final BenchSchema source;
        private final Cancellation cancellation;
        private Status status = Status.COMPILED;
        private List<Reason> reasons = List.of();
        private List<Reason> checkedAtEnd = List.of();
        private long compileNanos;

        Run(BenchSchema source, Cancellation cancellation) {
            this.source = source;
            this.cancellation = cancellation;
        }

        GenerationResult result() {
            long start = System.nanoTime();
            Optional<Writing> text = compiled(start)
                    .map(output -> written(
                            source,
                            output,
                            checkedAtEnd.isEmpty() ? 1 : Request.DEFAULT_ATTEMPTS,
                            false,
                            cancellation,
                            start));
            int bytes = source.schema().getBytes(StandardCharsets.UTF_8).length;
            SchemaOutcome outcome = new SchemaOutcome(
                    source.id(), source.dataset(), status, reasons, checkedAtEnd, bytes, compileNanos);
            return new GenerationResult(outcome, text, Optional.empty());
        }

        private Optional<CompiledOutput> compiled(long start) {
            try {
                CompiledOutput output = compiler.compile(Output.jsonSchema(source.schema(), options), cancellation);
                compileNanos = System.nanoTime() - start;
                checkedAtEnd = output.source()
                        .report()
                        .map(report -> Obstacles.of(report, Enforcement.EXACT))
                        .orElse(List.of());
                return Optional.of(output);
            } catch (CompileTimeoutException | CancelledException e) {
                fail(Status.TIMEOUT, e);
            } catch (EspalierException e) {
                fail(Status.REFUSED, e);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(Status.ERROR, e);
            }
            return Optional.empty();
        }

        private void fail(Status how, Throwable cause) {
            status = how;
            reasons = new Obstacles(schemas, options).of(source.schema(), cause);
        }
    }

    @Override
    public void close() {
        writer.close();
        compiler.close();
    }
}
