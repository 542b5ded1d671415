// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Transcript;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The exact law of the shipped decoder on the golden cases, which give every sequence with its probability. Masks of a decoder know
 * its budget, so that no token is drawn after which no tokens lead to an end: where the golden law has dead ends, the law without
 * them is worked out from the list of sequences.
 */
class GoldenLawTest {

    private static final SamplingParameters DRAWN =
            SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN).withMaxTokens(200);

    @Test
    void everyTraceHasTheGoldenProbabilityAndWeight() {
        List<GoldenCase> cases = GoldenCase.all();
        int checked = 0;
        for (GoldenCase golden : cases) {
            Map<List<Integer>, GoldenCase.Entry> expected = new HashMap<>();
            golden.sequences().forEach(entry -> expected.put(entry.ids(), entry));
            HashModel model = new HashModel(golden.vocabulary(), golden.seed());
            try (GrammarCompiler compiler = new GrammarCompiler(golden.vocabulary());
                    MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
                DecodeRequest request = request(compiler, golden);
                for (EnumeratedChoices.Trace<Outcome> trace :
                        EnumeratedChoices.walk(choices -> decoder.decode(request.withChoices(() -> choices)))) {
                    Outcome.Complete complete = (Outcome.Complete) trace.result();
                    Transcript transcript = complete.transcript();
                    GoldenCase.Entry entry = expected.remove(transcript.tokens());
                    String at = golden + " " + transcript.tokens();
                    assertTrue(entry != null, at);
                    assertEquals(entry.text(), transcript.text(), at);
                    double masked = masked(golden, model, entry.ids());
                    if (golden.deadMass() == 0) {
                        assertEquals(entry.masked(), masked, 1e-6 * masked, at);
                        assertEquals(Math.log(entry.weight()), transcript.logWeight(), 1e-5, at);
                    }
                    assertEquals(masked, trace.probability(), 1e-6 * masked, at);
                    assertEquals(Math.log(entry.p() / masked), transcript.logWeight(), 1e-5, at);
                    assertEquals(Math.log(entry.p()), transcript.logProbability(), 1e-5, at);
                    double recovered = trace.probability() * Math.exp(complete.logWeight());
                    assertEquals(Math.exp(transcript.logProbability()), recovered, 1e-12 * recovered + 1e-300, at);
                    assertEquals(Target.MASKED, transcript.target());
                    checked++;
                }
            }
            assertEquals(Map.of(), expected, golden + ": sequences that were never written");
            assertEquals(0, model.openSessions());
        }
        System.out.println("golden sampling: " + checked + " sequences of " + cases.size() + " cases");
    }

    /** The probability of a sequence if at each step only tokens are drawn with which some listed sequence goes on or ends. */
    private static double masked(GoldenCase golden, HashModel model, List<Integer> ids) {
        double probability = 1;
        for (int length = 0; length <= ids.size(); length++) {
            List<Integer> prefix = ids.subList(0, length);
            Set<Integer> next = new HashSet<>();
            for (GoldenCase.Entry other : golden.sequences()) {
                if (other.ids().equals(prefix)) {
                    next.add(golden.vocabulary().endIds()[0]);
                } else if (other.ids().size() > length
                        && other.ids().subList(0, length).equals(prefix)) {
                    next.add(other.ids().get(length));
                }
            }
            int token = length == ids.size() ? golden.vocabulary().endIds()[0] : ids.get(length);
            double all =
                    next.stream().mapToDouble(one -> model.weight(prefix, one)).sum();
            probability *= model.weight(prefix, token) / all;
        }
        return probability;
    }

    @Test
    void seededSamplesFollowTheLawAndNotTheModelsOwn() {
        List<GoldenCase> cases = GoldenCase.all();
        GoldenCase golden =
                cases.stream().filter(c -> c.name().equals("dyck6")).findFirst().orElseThrow();
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
