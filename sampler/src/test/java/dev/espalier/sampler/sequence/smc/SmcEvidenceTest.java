// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.numeric.LogWeights;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SmcEvidenceTest {

    private static final int RUNS = 10_000;

    @TestFactory
    Stream<DynamicTest> theEvidenceIsUnbiased() {
        List<GoldenCase> cases = GoldenCase.all();
        return cases.stream()
                .flatMap(golden -> Stream.of(2, 8)
                        .map(particles -> DynamicTest.dynamicTest(
                                golden.name() + " " + particles, () -> assertUnbiased(golden, particles))));
    }

    private static void assertUnbiased(GoldenCase golden, int particles) {
        HashTree tree = HashTree.of(golden);
        double z = golden.sequences().stream().mapToDouble(GoldenCase.Entry::p).sum();
        SampleSet set = SmcSampler.DEFAULT.withParticles(particles).sample(tree, RUNS, SamplingRun.seeded(particles));
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < RUNS; r++) {
            List<Sample> run = set.samples().subList(r * particles, (r + 1) * particles);
            double evidence = Math.exp(
                    LogWeights.of(run.stream().mapToDouble(Sample::logWeight).toArray())
                            .logMean());
            sum += evidence;
            squares += evidence * evidence;
        }
        double mean = sum / RUNS;
        double error = Math.sqrt((squares / RUNS - mean * mean) / RUNS);
        assertEquals(z, mean, 5 * error);
        assertNotEquals(1.2 * z, mean, 5 * error, "so many runs must tell a wrong mean");
        assertEquals(mean, Math.exp(set.logEvidence().orElseThrow()), 1e-9 * mean);
    }
}
