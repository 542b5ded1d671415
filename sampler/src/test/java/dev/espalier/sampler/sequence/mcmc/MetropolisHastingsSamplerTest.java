// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.mcmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetropolisHastingsSamplerTest {

    private static void assertLaws(HashTree tree, ResamplingPoint point, double restarts, int... lengths) {
        ExactChain exact = new ExactChain(tree, point, restarts);
        List<List<Integer>> texts = new ArrayList<>(exact.law(0).keySet());
        for (int steps : lengths) {
            SampleSet set = MetropolisHastingsSampler.of(point)
                    .withSteps(steps)
                    .withRestarts(restarts)
                    .sample(tree, 20_000, SamplingRun.seeded(40 + steps));
            long[] counts = new long[texts.size()];
            set.samples().forEach(sample -> counts[texts.indexOf(sample.tokens())]++);
            GTest.check(counts, law(exact, steps, texts));
            assertTrue(GTest.rejects(counts, law(exact, steps - 1, texts)), "the test cannot tell one step less");
            assertEquals(20_000L * (steps + 1), set.runs());
        }
    }

    private static double[] law(ExactChain exact, int steps, List<List<Integer>> texts) {
        Map<List<Integer>, Double> law = exact.law(steps);
        return texts.stream().mapToDouble(text -> law.getOrDefault(text, 0.0)).toArray();
    }

    @Test
    void chainsHaveTheLawOfTheKernelsPower() {
        assertLaws(HashTree.gad3(), ResamplingPoint.UNIFORM, 0, 1, 2);
        assertLaws(HashTree.gad3(), ResamplingPoint.PRIORITY, 0.4, 1, 2);
    }

    @Test
    void chainsHaveTheLawOfTheKernelsPowerOnBalancedBrackets() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            if (golden.name().equals("dyck6")) {
                assertLaws(HashTree.of(golden), ResamplingPoint.PRIORITY, 0, 2);
            }
        }
    }

    @Test
    void samplesCarryNoWeightAndFirstTextsGiveTheEvidence() {
        HashTree tree = HashTree.gad3();
        MetropolisHastingsSampler sampler = MetropolisHastingsSampler.of(ResamplingPoint.RESTART);
        SampleSet set = sampler.sample(tree, 1_000, SamplingRun.seeded(2));
        SampleSet first = sampler.withSteps(0).sample(tree, 1_000, SamplingRun.seeded(2));
        SampleSet masked = TokenwiseSampler.masked().sample(tree, 1_000, SamplingRun.seeded(2));
        assertEquals(masked.logEvidence(), first.logEvidence());
        assertEquals(masked.logEvidence(), set.logEvidence());
        assertTrue(first.acceptance().isEmpty());
        double acceptance = set.acceptance().orElseThrow();
        assertTrue(acceptance > 0.1 && acceptance < 1, "acceptance " + acceptance);
        Map<List<Integer>, Double> probabilities = tree.probabilities();
        for (Sample sample : set.samples()) {
            assertEquals(0, sample.logWeight());
            assertEquals(Target.HEURISTIC, sample.target());
            double p = probabilities.getOrDefault(sample.tokens(), 0.0);
            assertEquals(Math.log(p), sample.logProbability(), 1e-12);
        }
        assertEquals(Guarantee.ASYMPTOTIC, sampler.guarantee());
        assertTrue(sampler.describe().contains("after 10 steps it is biased"));
    }

    @Test
    void whatAStepKeepsIsNotAskedAbout() {
        HashTree tree = HashTree.gad3();
        long restart = MetropolisHastingsSampler.of(ResamplingPoint.RESTART)
                .sample(tree, 500, SamplingRun.seeded(2))
                .calls();
        long uniform = MetropolisHastingsSampler.of(ResamplingPoint.UNIFORM)
                .sample(tree, 500, SamplingRun.seeded(2))
                .calls();
        assertEquals(500 * 11 * 4, restart);
        assertTrue(uniform < 0.75 * restart);
    }

    @Test
    void theSameTextsComeThroughSessionsOfAModel() {
        HashTree tree = HashTree.gad3();
        try (ModelTree sessions = tree.throughSessions()) {
            for (ResamplingPoint point : ResamplingPoint.values()) {
                MetropolisHastingsSampler sampler = MetropolisHastingsSampler.of(point);
                SampleSet through = sampler.sample(sessions, 50, SamplingRun.seeded(4));
                SampleSet exact = sampler.sample(tree, 50, SamplingRun.seeded(4));
                assertEquals(exact.acceptance(), through.acceptance());
                for (int i = 0; i < 50; i++) {
                    assertEquals(
                            exact.samples().get(i).tokens(),
                            through.samples().get(i).tokens());
                }
            }
        }
    }

    @Test
    void aStoppedChainIsLeftOut() {
        HashTree tree = HashTree.gad3();
        MetropolisHastingsSampler sampler =
                MetropolisHastingsSampler.of(ResamplingPoint.RESTART).withSteps(4);
        SampleSet bounded = sampler.sample(tree, 9, SamplingRun.seeded(1).withMaxRuns(17));
        assertEquals(3, bounded.samples().size());
        assertEquals(15, bounded.runs());
        assertTrue(bounded.cancelled());
        Cancellation cancellation = new Cancellation();
        SamplingRun run = SamplingRun.seeded(1).with(cancellation).with((Sample sample) -> cancellation.cancel());
        SampleSet stopped = sampler.sample(tree, 9, run);
        assertEquals(1, stopped.samples().size());
        assertTrue(stopped.cancelled());
        assertEquals(bounded.samples().get(0), stopped.samples().get(0));
    }

    @Test
    void stepsAndProbabilitiesOutOfRangeAreRefused() {
        MetropolisHastingsSampler sampler = MetropolisHastingsSampler.of(ResamplingPoint.UNIFORM);
        assertThrows(InvalidInputException.class, () -> sampler.withSteps(-1));
        assertThrows(InvalidInputException.class, () -> sampler.withRestarts(1.5));
        assertThrows(InvalidInputException.class, () -> sampler.withRestarts(Double.NaN));
    }
}
