package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.WorkBudget;
import dev.espalier.grammar.error.CancelledException;
import dev.espalier.grammar.error.CompileTimeoutException;
import dev.espalier.grammar.error.EspalierException;
import dev.espalier.grammar.error.UnsatisfiableException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.TextEncoder;
import dev.espalier.mask.TokenMask;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.Enforcement;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one schema after another through the engine. Keywords that the engine can only check when a text is finished are let
 * pass: its verdict is right all the same. Thread-safe: what it holds is shared, as in a server.
 */
final class SchemaTrial {

    private final SchemaCompiler schemas = new SchemaCompiler();
    private final GrammarCompiler grammars;
    private final TextEncoder encoder;
    private final SchemaOptions options;
    private final InstanceText form;

    SchemaTrial(GrammarCompiler grammars, TextEncoder encoder, SchemaOptions options, InstanceText form) {
        this.grammars = grammars;
        this.encoder = encoder;
        this.options = options.allow(Enforcement.CHECKED_AT_END);
        this.form = form;
    }

    /**
     * The result of a schema; whatever is thrown becomes part of it. Empty if the run was stopped meanwhile.
     *
     * @param stop ends it soon
     */
    Optional<SchemaResult> run(BenchSchema source, Cancellation stop) {
        Run run = new Run(source, stop, System.nanoTime());
        try {
            run.all();
        } catch (CancelledException e) {
            return Optional.empty();
        } catch (CompileTimeoutException e) {
            run.fail(Status.TIMEOUT, e);
        } catch (EspalierException e) {
            run.fail(run.grammarReady ? Status.ERROR : Status.REFUSED, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            run.fail(Status.ERROR, e);
        }
        return Optional.of(run.result());
    }

    private final class Run {

        private final BenchSchema source;
        private final Cancellation stop;
        private final long start;
        private final long deadline;
        private final StepTimes times = new StepTimes();
        private final List<TestResult> tests = new ArrayList<>();
        private List<Reason> reasons = List.of();
        private List<Reason> checkedAtEnd = List.of();
        private Status status = Status.COMPILED;
        private boolean grammarReady;
        private long compileNanos;
        private long firstMaskNanos;
        private long nodes;

        Run(BenchSchema source, Cancellation stop, long start) {
            this.source = source;
            this.stop = stop;
            this.start = start;
            this.deadline = start + options.limits().compileDeadline().toNanos();
        }

        void all() {
            CompiledGrammar grammar;
            try {
                grammar = compiled();
            } catch (UnsatisfiableException e) {
                allowNothing(e);
                return;
            }
            grammarReady = true;
            Matcher first = grammar.matcher();
            first.mask();
            firstMaskNanos = System.nanoTime() - start;
            nodes += first.lastStats().visited();
            for (BenchSchema.Instance instance : source.tests()) {
                tests.add(instance(grammar.matcher(), instance));
            }
        }

        private CompiledGrammar compiled() {
            WorkBudget budget = new WorkBudget(options.limits(), stop);
            CompiledSchema schema = schemas.compile(source.schema(), options, budget);
            CompiledGrammar grammar = grammars.compile(schema.start());
            compileNanos = System.nanoTime() - start;
            checkedAtEnd = Obstacles.of(schema.report(), Enforcement.EXACT);
            return grammar;
        }

        private TestResult instance(Matcher matcher, BenchSchema.Instance instance) {
            int[] tokens = encoder.encode(form.of(instance.data()));
            for (int i = 0; i < tokens.length; i++) {
                if (stop.isRequested()) {
                    throw new CancelledException("stopped at token " + i);
                }
                long before = System.nanoTime();
                if (before - deadline > 0) {
                    throw new CompileTimeoutException("past the time for one schema at token " + i);
                }
                TokenMask mask = matcher.mask();
                long masked = System.nanoTime();
                nodes += matcher.lastStats().visited();
                boolean allowed = mask.allows(tokens[i]);
                long commit = System.nanoTime();
                if (allowed) {
                    matcher.accept(tokens[i]);
                }
                times.add(masked - before, System.nanoTime() - commit);
                if (!allowed) {
                    return new TestResult(instance.valid(), false, tokens.length, i);
                }
            }
            boolean complete = matcher.isAccepting();
            return new TestResult(instance.valid(), complete, tokens.length, complete ? -1 : tokens.length);
        }

        /** A schema that no value satisfies is compiled, too: to a language in which every instance is wrong at once. */
        private void allowNothing(UnsatisfiableException why) {
            compileNanos = System.nanoTime() - start;
            firstMaskNanos = compileNanos;
            reasons = new Obstacles(schemas, options).of(source.schema(), why);
            for (BenchSchema.Instance instance : source.tests()) {
                int tokens = encoder.encode(form.of(instance.data())).length;
                tests.add(new TestResult(instance.valid(), false, tokens, 0));
            }
        }

        void fail(Status how, Throwable cause) {
            status = how;
            reasons = new Obstacles(schemas, options).of(source.schema(), cause);
        }

        SchemaResult result() {
            int bytes = source.schema().getBytes(StandardCharsets.UTF_8).length;
            SchemaOutcome outcome = new SchemaOutcome(
                    source.id(), source.dataset(), status, reasons, checkedAtEnd, bytes, compileNanos);
            return new SchemaResult(outcome, firstMaskNanos, nodes, times, tests);
        }
    }
}
