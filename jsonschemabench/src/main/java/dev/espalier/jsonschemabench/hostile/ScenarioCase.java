package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.error.EspalierException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sets up the vocabulary and the constraint of a scenario and runs its steps. */
final class ScenarioCase {

    private final HostileCase source;
    private final Engine engine;

    ScenarioCase(HostileCase source, Engine engine) {
        this.source = source;
        this.engine = engine;
    }

    /** How the scenario fares; any throwable that is not the engine's own leaves this method. */
    Judgement judge() throws InterruptedException {
        JsonNode scenario = source.scenario();
        ScenarioSteps steps;
        try {
            ScenarioCompiler compiler = new ScenarioCompiler(engine, source.files(), scenario);
            steps = new ScenarioSteps(
                    compiler, scenario.has("constraint") ? compiler.compile(scenario.path("constraint")) : null);
        } catch (EspalierException refused) {
            boolean expected =
                    scenario.path("steps").path(0).path("expect").asString("").equals("typed-error");
            return expected ? Judgement.SERVED : Judgement.refused(refused, source.expectation(), source.categories());
        }
        if (source.expectation() == Expectation.TYPED_ERROR) {
            return Judgement.unsafe("set up, though it must be refused as " + source.categories());
        }
        try {
            steps.run(scenario.path("steps"));
            return Judgement.SERVED;
        } catch (WrongAnswer wrong) {
            return Judgement.unsafe(String.valueOf(wrong.getMessage()));
        } catch (EspalierException refused) {
            return Judgement.refused(refused, source.expectation(), List.of());
        }
    }
}
