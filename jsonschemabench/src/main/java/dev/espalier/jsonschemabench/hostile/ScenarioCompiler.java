// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The engine of a scenario: one vocabulary at a time, one compiler for each. Thread-safe but for {@link #use}. */
final class ScenarioCompiler {

    private static final String OK = "ok";
    private static final String REFUSED = "typed-error";

    private final Engine engine;
    private final HostileCorpus files;
    private GrammarCompiler compiler;

    /**
     * A compiler for the vocabulary of a scenario.
     *
     * @throws dev.espalier.core.error.InvalidInputException if the vocabulary cannot be
     */
    ScenarioCompiler(Engine engine, HostileCorpus files, JsonNode scenario) {
        this.engine = engine;
        this.files = files;
        this.compiler = compiler(ScenarioVocabulary.read(scenario, files));
    }

    /** Goes on with another vocabulary. */
    void use(JsonNode step) {
        compiler = compiler(ScenarioVocabulary.read(step, files));
    }

    private static GrammarCompiler compiler(Vocabulary vocabulary) {
        return new GrammarCompiler(vocabulary, Limits.DEFAULT.withMaxCacheBytes(64L << 20));
    }

    /** Compiles {@code {"kind", "input"}} under the default limits. */
    ScenarioSession compile(JsonNode constraint) {
        return new ScenarioSession(compile(kind(constraint), input(constraint), Limits.DEFAULT, new Cancellation()));
    }

    private CompiledGrammar compile(String kind, byte[] input, Limits limits, Cancellation cancellation) {
        return compiler.compile(engine.compile(kind, input, new WorkBudget(limits, cancellation)));
    }

    /** Compiles within a deadline; null if that was refused, as the step allows. */
    @Nullable
    ScenarioSession compileStep(JsonNode step) {
        Limits limits = step.has("deadline_ms")
                ? Limits.DEFAULT.withCompileDeadline(
                        Duration.ofMillis(step.path("deadline_ms").asLong()))
                : Limits.DEFAULT;
        JsonNode constraint = step.has("constraint") ? step.path("constraint") : step;
        byte[] input = input(constraint);
        long start = System.nanoTime();
        CompiledGrammar grammar = null;
        String outcome = OK;
        try {
            grammar = compile(kind(constraint), input, limits, new Cancellation());
        } catch (EspalierException refused) {
            outcome = refusal(step.path("expect"), refused);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (millis > step.path("within_ms").asLong(Long.MAX_VALUE)) {
            throw new WrongAnswer("took " + millis + " ms, allowed are " + step.path("within_ms") + " ms");
        }
        require(step.path("expect"), outcome);
        return grammar == null ? null : new ScenarioSession(grammar);
    }

    /** Compiles, and cancels that from another thread. */
    void cancel(JsonNode step) {
        byte[] input = input(step);
        Cancellation cancellation = new Cancellation();
        long after = step.path("after_ms").asLong();
        CompletableFuture<?> unused = CompletableFuture.runAsync(
                cancellation::cancel, CompletableFuture.delayedExecutor(after, TimeUnit.MILLISECONDS));
        long start = System.nanoTime();
        require(step.path("expect"), outcome(kind(step), input, step.path("expect"), cancellation));
        long millis = (System.nanoTime() - start) / 1_000_000 - after;
        if (millis > step.path("within_ms").asLong()) {
            throw new WrongAnswer("went on for " + millis + " ms after it was cancelled");
        }
    }

    /** Compiles many inputs of one shape, takes the first mask of each, and looks at the caches. */
    void compileMany(JsonNode step) {
        String template = step.path("template").asString();
        int count = step.path("count").asInt();
        for (int i = 0; i < count; i++) {
            byte[] input = template.replace("%d", Integer.toString(i)).getBytes(StandardCharsets.UTF_8);
            require(step.path("expect"), outcome(kind(step), input, step.path("expect"), new Cancellation()));
        }
        checkCache(step);
    }

    /** Compiles every line of a file. */
    void compileLines(JsonNode step) {
        for (byte[] input : HostileCase.lines(files.read(step.path("file").asString()))) {
            require(step.path("expect"), outcome(kind(step), input, step.path("expect"), new Cancellation()));
        }
        checkCache(step);
    }

    /** Compiles several constraints at once, each on a thread of its own. */
    void batch(JsonNode step) {
        ScenarioSteps.atOnce(step.path("constraints").size(), i -> {
            JsonNode constraint = step.path("constraints").get(i);
            JsonNode expect = step.path("expect").get(i);
            require(expect, outcome(kind(constraint), input(constraint), expect, new Cancellation()));
        });
    }

    /** Compiles and takes the first mask: what a request to a server does at the least. */
    private String outcome(String kind, byte[] input, JsonNode expect, Cancellation cancellation) {
        try {
            new ScenarioSession(compile(kind, input, Limits.DEFAULT, cancellation))
                    .matcher()
                    .mask();
            return OK;
        } catch (DeadEndException few) {
            // the scenario's few tokens cannot write it
            return OK;
        } catch (EspalierException refused) {
            return refusal(expect, refused);
        }
    }

    /** A refusal where the step allows one; else the error goes on. */
    private static String refusal(JsonNode expect, EspalierException refused) {
        if (!expects(expect, REFUSED)) {
            throw refused;
        }
        return REFUSED;
    }

    private static void require(JsonNode expect, String outcome) {
        if (!expects(expect, outcome)) {
            throw new WrongAnswer("expected " + expect + ", but the outcome was " + outcome);
        }
    }

    private static boolean expects(JsonNode expect, String outcome) {
        return expect.isString()
                ? expect.asString().equals(outcome)
                : expect.valueStream().anyMatch(each -> each.asString().equals(outcome));
    }

    private void checkCache(JsonNode step) {
        long allowed = step.path("cache_max_mb").asLong(Long.MAX_VALUE >> 20) << 20;
        long bytes = compiler.cacheBytes();
        if (bytes > allowed) {
            throw new WrongAnswer("the caches hold " + bytes + " bytes, allowed are " + allowed);
        }
    }

    private static String kind(JsonNode constraint) {
        return constraint.path("kind").asString();
    }

    private byte[] input(JsonNode constraint) {
        return HostileCase.input(constraint, "constraint_file", files);
    }
}
