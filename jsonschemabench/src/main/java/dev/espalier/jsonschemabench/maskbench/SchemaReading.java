// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.jsonschemabench.run.TokenSteps;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.options.Enforcement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A schema is compiled by one engine, and each of its instances read once: a mask and a commit for each token. One thread. */
final class SchemaReading {

    private final BenchSchema source;
    private final Engine engine;
    private final Protocol protocol;
    private final Cancellation stop;
    private final long start = System.nanoTime();
    private final List<TestResult> tests = new ArrayList<>();
    private TokenSteps steps = new TokenSteps();
    private List<Reason> checkedAtEnd = List.of();
    private Optional<UnsatisfiableException> allowsNothing = Optional.empty();
    private boolean ready;
    private long compileNanos;
    private long firstMaskNanos;
    private long firstMaskNodes;

    /** A reading; its time begins now. */
    SchemaReading(BenchSchema source, Engine engine, Protocol protocol, Cancellation stop) {
        this.source = source;
        this.engine = engine;
        this.protocol = protocol;
        this.stop = stop;
    }

    /**
     * Compiles and reads. What was done until something is thrown can be asked for.
     *
     * @throws EspalierException as compilers and matchers throw; if it is stopped, or past the time for one reading
     */
    void run() {
        Compiled compiled;
        try {
            compiled = compile();
        } catch (UnsatisfiableException e) {
            allowNothing(e);
            return;
        }
        firstMask(compiled);
        instances(compiled);
    }

    /** What a schema was compiled to. */
    record Compiled(CompiledSchema schema, CompiledGrammar grammar) {}

    /** The first part of {@link #run()}. */
    Compiled compile() {
        WorkBudget budget = new WorkBudget(protocol.options().limits(), stop);
        CompiledSchema schema = engine.schemas().compile(source.schema(), protocol.options(), budget);
        CompiledGrammar grammar = engine.grammars().compile(schema.automaton());
        compileNanos = System.nanoTime() - start;
        checkedAtEnd = Obstacles.of(schema.report(), Enforcement.EXACT);
        ready = true;
        return new Compiled(schema, grammar);
    }

    /** The second part. */
    void firstMask(Compiled compiled) {
        Matcher first = compiled.grammar.matcher();
        first.mask();
        firstMaskNanos = System.nanoTime() - start;
        firstMaskNodes = first.lastStats().visited();
    }

    /** The third part. */
    void instances(Compiled compiled) {
        for (BenchSchema.Instance instance : source.tests()) {
            tests.add(instance(compiled.grammar.matcher(), instance));
        }
    }

    private TestResult instance(Matcher matcher, BenchSchema.Instance instance) {
        int[] tokens = protocol.tokens(instance.data());
        long deadline = start + protocol.options().limits().compileDeadline().toNanos();
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
            boolean allowed = mask.allows(tokens[i]);
            long visited = matcher.lastStats().visited();
            long commit = System.nanoTime();
            if (allowed) {
                matcher.accept(tokens[i]);
            }
            steps.add(masked - before, System.nanoTime() - commit, visited);
            if (!allowed) {
                return TestResult.rejected(instance.valid(), tokens.length, i);
            }
        }
        return matcher.isAccepting()
                ? TestResult.accepted(instance.valid(), tokens.length)
                : TestResult.rejected(instance.valid(), tokens.length, tokens.length);
    }

    /** A schema that no value satisfies is compiled, too: to a language in which every instance is wrong at once. */
    private void allowNothing(UnsatisfiableException why) {
        compileNanos = System.nanoTime() - start;
        firstMaskNanos = compileNanos;
        allowsNothing = Optional.of(why);
        for (BenchSchema.Instance instance : source.tests()) {
            tests.add(TestResult.rejected(instance.valid(), protocol.tokens(instance.data()).length, 0));
        }
    }

    /**
     * Takes the lesser of each time, and of each mask's trie nodes, of this reading and of another one of the same schema.
     *
     * @throws IllegalStateException if the other one judged an instance otherwise
     */
    void least(SchemaReading other) {
        if (!tests.equals(other.tests)) {
            throw new IllegalStateException("instances were judged otherwise when they were read again");
        }
        compileNanos = Math.min(compileNanos, other.compileNanos);
        firstMaskNanos = Math.min(firstMaskNanos, other.firstMaskNanos);
        firstMaskNodes = Math.min(firstMaskNodes, other.firstMaskNodes);
        steps = steps.least(other.steps);
    }

    /** Whether the schema was compiled; what is thrown after that is not about the schema. */
    boolean isReady() {
        return ready;
    }

    /** Why no value satisfies the schema, if none does. */
    Optional<UnsatisfiableException> allowsNothing() {
        return allowsNothing;
    }

    /** What became of the schema, which ended so and took so many nanoseconds of garbage collection. */
    SchemaResult result(Status status, List<Reason> reasons, long collected) {
        int bytes = source.schema().getBytes(StandardCharsets.UTF_8).length;
        return new SchemaResult(
                new SchemaOutcome(source.id(), source.dataset(), status, reasons, checkedAtEnd, bytes, compileNanos),
                firstMaskNanos,
                TrieNodes.of(firstMaskNodes, steps),
                collected,
                StepTimes.of(steps),
                tests);
    }
}
