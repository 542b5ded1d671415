package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The engine of a scenario: one vocabulary at a time, one compiler for each. Thread-safe but for {@link #use}. */
final class ScenarioCompiler {

    private static final String OK = "ok";
    private static final String REFUSED = "typed-error";

    private final Engine engine;
    private final CorpusFiles files;
    private GrammarCompiler compiler;

    /**
     * A compiler for the vocabulary of a scenario.
     *
     * @throws dev.espalier.core.error.InvalidInputException if the vocabulary cannot be
     */
    ScenarioCompiler(Engine engine, CorpusFiles files, JsonNode scenario) {
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

    /** Starts a compilation on another thread and cancels it. */
    void cancel(JsonNode step) throws InterruptedException {
        byte[] input = input(step);
        Cancellation cancellation = new Cancellation();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> outcome = thread.submit(() -> outcome(kind(step), input, step.path("expect"), cancellation));
            Thread.sleep(step.path("after_ms").asLong());
            long start = System.nanoTime();
            cancellation.cancel();
            require(step.path("expect"), get(outcome));
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (millis > step.path("within_ms").asLong()) {
                throw new WrongAnswer("went on for " + millis + " ms after it was cancelled");
            }
        } finally {
            thread.shutdownNow();
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
    void batch(JsonNode step) throws InterruptedException {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (JsonNode constraint : step.path("constraints")) {
                JsonNode expect = step.path("expect").get(outcomes.size());
                byte[] input = input(constraint);
                outcomes.add(pool.submit(() -> outcome(kind(constraint), input, expect, new Cancellation())));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                require(step.path("expect").get(i), get(outcomes.get(i)));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Compiles and takes the first mask: what a request to a server does at the least. */
    private String outcome(String kind, byte[] input, JsonNode expect, Cancellation cancellation) {
        try {
            new ScenarioSession(compile(kind, input, Limits.DEFAULT, cancellation))
                    .matcher()
                    .mask();
            return OK;
        } catch (dev.espalier.core.error.DeadEndException few) {
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
        if (expect.isString()) {
            return expect.asString().equals(outcome);
        }
        for (JsonNode each : expect) {
            if (each.asString().equals(outcome)) {
                return true;
            }
        }
        return false;
    }

    private void checkCache(JsonNode step) {
        long allowed = step.path("cache_max_mb").asLong(Long.MAX_VALUE >> 20) << 20;
        long bytes = compiler.cacheBytes();
        if (bytes > allowed) {
            throw new WrongAnswer("the caches hold " + bytes + " bytes, allowed are " + allowed);
        }
    }

    private static String get(Future<String> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new WrongAnswer("a thread ended with " + e.getCause());
        }
    }

    private static String kind(JsonNode constraint) {
        return constraint.path("kind").asString();
    }

    private byte[] input(JsonNode constraint) {
        return HostileCase.input(constraint, "constraint_file", files);
    }
}
