package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.WorkBudget;
import dev.espalier.grammar.error.CompileTimeoutException;
import dev.espalier.grammar.error.EspalierException;
import dev.espalier.grammar.error.UnsupportedFeatureException;
import dev.espalier.jsonschemabench.maskbench.SchemaResult.Reason;
import dev.espalier.jsonschemabench.maskbench.SchemaResult.Status;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.TextEncoder;
import dev.espalier.mask.TokenMask;
import dev.espalier.schemas.Enforcement;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs one schema after another through the engine. Thread-safe: what it holds is shared, as in a server. */
final class SchemaTrial {

    private final SchemaCompiler schemas = new SchemaCompiler();
    private final GrammarCompiler grammars;
    private final TextEncoder encoder;
    private final SchemaOptions options;
    private final InstanceText form;

    SchemaTrial(GrammarCompiler grammars, TextEncoder encoder, SchemaOptions options, InstanceText form) {
        this.grammars = grammars;
        this.encoder = encoder;
        this.options = options;
        this.form = form;
    }

    /** The result of a schema; whatever is thrown becomes part of it. */
    SchemaResult run(BenchSchema source) {
        Run run = new Run(source, System.nanoTime());
        try {
            run.all();
        } catch (CompileTimeoutException e) {
            run.fail(Status.TIMEOUT, "timeout", e);
        } catch (EspalierException e) {
            run.fail(run.grammarReady ? Status.ERROR : Status.REFUSED, e.code(), e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            run.fail(Status.ERROR, e.getClass().getSimpleName(), e);
        }
        return run.result();
    }

    private final class Run {

        private final BenchSchema source;
        private final long start;
        private final long deadline;
        private final StepTimes times = new StepTimes();
        private final List<TestResult> tests = new ArrayList<>();
        private final List<Reason> reasons = new ArrayList<>();
        private Status status = Status.COMPILED;
        private boolean grammarReady;
        private long compileNanos;
        private long firstMaskNanos;
        private long nodes;

        Run(BenchSchema source, long start) {
            this.source = source;
            this.start = start;
            this.deadline = start + options.limits().compileDeadline().toNanos();
        }

        void all() {
            WorkBudget budget = new WorkBudget(options.limits(), new Cancellation());
            CompiledGrammar grammar = grammars.compile(
                    schemas.compile(source.schema(), options, budget).start());
            compileNanos = System.nanoTime() - start;
            grammarReady = true;
            Matcher first = grammar.matcher();
            first.mask();
            firstMaskNanos = System.nanoTime() - start;
            nodes += first.lastStats().visited();
            for (BenchSchema.Instance instance : source.tests()) {
                tests.add(instance(grammar.matcher(), instance));
            }
        }

        private TestResult instance(Matcher matcher, BenchSchema.Instance instance) {
            int[] tokens = encoder.encode(form.of(instance.data()));
            for (int i = 0; i < tokens.length; i++) {
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

        void fail(Status how, String kind, Throwable cause) {
            status = how;
            if (cause instanceof UnsupportedFeatureException) {
                reasons.addAll(unenforced());
            }
            if (reasons.isEmpty()) {
                String message =
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
                reasons.add(new Reason("#", kind, message));
            }
        }

        /** All keywords that stand in the way, not only those that the error names. */
        private List<Reason> unenforced() {
            try {
                SchemaOptions lenient = options.allow(Enforcement.NOT_ENFORCED);
                return schemas.compile(source.schema(), lenient).report().inexact().stream()
                        .map(entry -> new Reason(entry.pointer(), entry.keyword(), entry.reason()))
                        .toList();
            } catch (EspalierException e) {
                return List.of();
            }
        }

        SchemaResult result() {
            int bytes = source.schema().getBytes(StandardCharsets.UTF_8).length;
            return new SchemaResult(
                    source.id(),
                    source.dataset(),
                    status,
                    reasons,
                    bytes,
                    compileNanos,
                    firstMaskNanos,
                    nodes,
                    times,
                    tests);
        }
    }
}
