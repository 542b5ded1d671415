package dev.espalier.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exact law of the shipped decoder on the golden cases, which give every sequence with its probability. */
class GoldenLawTest {

    private static final List<GoldenCase> CASES = GoldenCase.all();
    private static final SamplingParameters DRAWN =
            SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN).withMaxTokens(200);

    @Test
    void everyTraceHasTheGoldenProbabilityAndWeight() {
        assumeFalse(CASES.isEmpty(), "ESPALIER_DATA has no golden-sampling/golden.json");
        int checked = 0;
        for (GoldenCase golden : CASES) {
            Map<List<Integer>, GoldenCase.Entry> expected = new HashMap<>();
            golden.sequences().forEach(entry -> expected.put(entry.ids(), entry));
            HashModel model = new HashModel(golden.vocabulary(), golden.seed());
            double dead = 0;
            try (GrammarCompiler compiler = new GrammarCompiler(golden.vocabulary());
                    MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
                DecodeRequest request = request(compiler, golden);
                for (EnumeratedChoices.Trace<Outcome> trace :
                        EnumeratedChoices.walk(choices -> decoder.decode(request.withChoices(() -> choices)))) {
                    if (trace.result() instanceof Outcome.DeadEnd end) {
                        dead += trace.probability();
                        assertEquals(Double.NEGATIVE_INFINITY, end.logWeight());
                        continue;
                    }
                    Outcome.Complete complete = (Outcome.Complete) trace.result();
                    Transcript transcript = complete.transcript();
                    GoldenCase.Entry entry = expected.remove(transcript.tokens());
                    String at = golden + " " + transcript.tokens();
                    assertTrue(entry != null, at);
                    assertEquals(entry.text(), transcript.text(), at);
                    assertEquals(entry.masked(), trace.probability(), 1e-6 * entry.masked(), at);
                    assertEquals(Math.log(entry.weight()), transcript.logWeight(), 1e-5, at);
                    assertEquals(Math.log(entry.p()), transcript.logProbability(), 1e-5, at);
                    double recovered = trace.probability() * Math.exp(complete.logWeight());
                    assertEquals(Math.exp(transcript.logProbability()), recovered, 1e-12 * recovered + 1e-300, at);
                    assertEquals(Target.MASKED, transcript.target());
                    checked++;
                }
            }
            assertEquals(Map.of(), expected, golden + ": sequences that were never written");
            assertEquals(golden.deadMass(), dead, 1e-6, golden + ": mass of dead ends");
            assertEquals(0, model.openSessions());
        }
        System.out.println("golden sampling: " + checked + " sequences of " + CASES.size() + " cases");
    }

    @Test
    void seededSamplesFollowTheLawAndNotTheModelsOwn() {
        assumeFalse(CASES.isEmpty(), "ESPALIER_DATA has no golden-sampling/golden.json");
        GoldenCase golden =
                CASES.stream().filter(c -> c.name().equals("dyck6")).findFirst().orElseThrow();
        Map<List<Integer>, Integer> index = new HashMap<>();
        golden.sequences().forEach(entry -> index.put(entry.ids(), index.size()));
        long[] observed = new long[index.size()];
        try (GrammarCompiler compiler = new GrammarCompiler(golden.vocabulary());
                MaskedDecoder decoder = new MaskedDecoder(new HashModel(golden.vocabulary(), golden.seed()), 1)) {
            DecodeRequest request = request(compiler, golden);
            for (int seed = 0; seed < 4000; seed++) {
                Outcome outcome = decoder.decode(request.with(DRAWN.withSeed(seed)));
                observed[index.getOrDefault(outcome.transcript().tokens(), -1)]++;
            }
        }
        double z = golden.sequences().stream().mapToDouble(GoldenCase.Entry::p).sum();
        GTest.check(
                observed,
                golden.sequences().stream()
                        .mapToDouble(GoldenCase.Entry::masked)
                        .toArray());
        assertTrue(
                GTest.rejects(
                        observed,
                        golden.sequences().stream()
                                .mapToDouble(entry -> entry.p() / z)
                                .toArray()),
                "the test cannot tell the masked law from the model's restricted one");
        assertFalse(observed.length == 0);
    }

    private static DecodeRequest request(GrammarCompiler compiler, GoldenCase golden) {
        CompiledGrammar compiled = compiler.compile(GrammarDecodingTest.listed(golden.texts()));
        return DecodeRequest.of(new int[] {0}, compiled).with(DRAWN);
    }
}
