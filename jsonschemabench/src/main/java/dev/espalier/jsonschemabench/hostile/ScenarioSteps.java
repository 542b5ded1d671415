// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs the steps of a scenario in order; every one must hold. One thread at a time. */
final class ScenarioSteps {

    private final ScenarioCompiler compiler;
    private @Nullable ScenarioSession session;

    ScenarioSteps(ScenarioCompiler compiler, @Nullable ScenarioSession session) {
        this.compiler = compiler;
        this.session = session;
    }

    /**
     * The steps of a case.
     *
     * @throws EspalierException if its vocabulary or its constraint is refused, unless its first step expects that
     */
    static Judgement.Claims compile(HostileCase source, Engine engine) {
        JsonNode scenario = source.scenario();
        try {
            ScenarioCompiler compiler = new ScenarioCompiler(engine, source.files(), scenario);
            ScenarioSession session = scenario.has("constraint") ? compiler.compile(scenario.path("constraint")) : null;
            return () -> new ScenarioSteps(compiler, session).run(scenario.path("steps"));
        } catch (EspalierException refused) {
            if (mustFail(scenario.path("steps").path(0))) {
                return () -> {};
            }
            throw refused;
        }
    }

    /** Whether a step expects a typed error. */
    static boolean mustFail(JsonNode step) {
        return step.path("expect").asString("").equals("typed-error");
    }

    /**
     * Runs steps.
     *
     * @throws WrongAnswer if one does not hold
     * @throws EspalierException if one that must succeed is refused
     */
    void run(JsonNode steps) {
        int number = 0;
        for (JsonNode step : steps) {
            number++;
            try {
                one(step);
            } catch (WrongAnswer e) {
                throw new WrongAnswer("step " + number + " (" + step.path("do").asString() + "): " + e.getMessage());
            }
        }
    }

    private void one(JsonNode step) {
        switch (step.path("do").asString()) {
            case "mask" -> mask(step);
            case "mask-contains" -> maskContains(step);
            case "accept" ->
                attempt(step, () -> matcher().accept(step.path("id").asInt()));
            case "complete" -> complete(step.path("value").asBoolean());
            case "rollback" ->
                attempt(step, () -> matcher().rollback(step.path("n").asInt()));
            case "reset" -> session().reset();
            case "fork" -> session().fork(step.path("name").asString());
            case "use" -> session().use(step.path("name").asString());
            case "sample" -> ScenarioDraws.sample(session(), step);
            case "generate" -> ScenarioDraws.generate(session(), step);
            case "compile" -> session = compiler.compileStep(step);
            case "cancel" -> compiler.cancel(step);
            case "compile_many" -> compiler.compileMany(step);
            case "compile_lines" -> compiler.compileLines(step);
            case "batch" -> compiler.batch(step);
            case "parallel" -> parallel(step);
            case "repeat" -> repeat(step);
            case "vocab" -> compiler.use(step);
            default -> throw new IllegalArgumentException("no step is called " + step.path("do"));
        }
    }

    private ScenarioSession session() {
        ScenarioSession now = session;
        if (now == null) {
            throw new WrongAnswer("there is no compiled constraint");
        }
        return now;
    }

    private Matcher matcher() {
        return session().matcher();
    }

    private void mask(JsonNode step) {
        int[] expected = ids(step.path("allow"));
        int[] allowed = allowed();
        if (!Arrays.equals(expected, allowed)) {
            throw new WrongAnswer(
                    "expected the ids " + Arrays.toString(expected) + ", but the mask has " + Arrays.toString(allowed));
        }
        long[] words = new long[(matcher().grammar().vocabulary().size() + 63) / 64];
        if (expected.length > 0) {
            matcher().fillMask(words);
        }
        if (!Arrays.equals(BitSet.valueOf(words).stream().toArray(), expected)) {
            throw new WrongAnswer("fillMask does not say what mask says");
        }
    }

    private int[] allowed() {
        try {
            return matcher().mask().ids();
        } catch (DeadEndException e) {
            return new int[0];
        }
    }

    private void maskContains(JsonNode step) {
        TokenMask mask = matcher().mask();
        for (int id : ids(step.path("in"))) {
            if (!mask.allows(id)) {
                throw new WrongAnswer("the mask lacks id " + id);
            }
        }
        for (int id : ids(step.path("out"))) {
            if (mask.allows(id)) {
                throw new WrongAnswer("the mask has id " + id);
            }
        }
    }

    /** A call that must succeed, or must be refused by a typed error. */
    private static void attempt(JsonNode step, Runnable call) {
        boolean refusal = mustFail(step);
        try {
            call.run();
        } catch (EspalierException refused) {
            if (refusal) {
                return;
            }
            throw refused;
        }
        if (refusal) {
            throw new WrongAnswer("expected a typed error, but it was taken: " + step);
        }
    }

    private void complete(boolean expected) {
        if (matcher().isAccepting() != expected) {
            throw new WrongAnswer("the text is " + (expected ? "complete" : "not complete") + ", the matcher says no");
        }
    }

    private void repeat(JsonNode step) {
        int times = step.path("times").asInt();
        for (int i = 0; i < times; i++) {
            run(step.path("steps"));
        }
    }

    private void parallel(JsonNode step) {
        ScenarioSession shared = session;
        atOnce(step.path("threads").asInt(), unused -> {
            ScenarioSession own = shared == null ? null : new ScenarioSession(shared.grammar());
            new ScenarioSteps(compiler, own).repeat(step);
        });
    }

    /** Runs tasks at once, each on a thread of its own. */
    static void atOnce(int count, IntConsumer task) {
        try {
            new Workers(count, new Cancellation()).run(count, task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WrongAnswer("interrupted");
        }
    }

    private static int[] ids(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).sorted().toArray();
    }
}
