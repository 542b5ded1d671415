// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenwiseSamplerTest {

    private static Map<List<Integer>, Double> measure(HashTree tree) {
        List<EnumeratedChoices.Trace<Sample>> traces = ExactLaw.walk(choices -> TokenwiseSampler.masked()
                .sample(tree, 1, ExactLaw.run(choices))
                .samples()
                .get(0));
        return ExactLaw.measure(traces);
    }

    @Test
    void weightsMakeItTheModelsLaw() {
        HashTree tree = HashTree.gad3();
        ExactLaw.assertMeasure(tree.probabilities(), measure(tree), 1e-12);
        assertEquals(20114810763933401387322247.0 / 11439058237919442838936488960.0, tree.evidence(), 1e-15);
    }

    @Test
    void weightsMakeItTheModelsLawOnTheGoldenCases() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            double z =
                    golden.sequences().stream().mapToDouble(GoldenCase.Entry::p).sum();
            assertEquals(z, tree.evidence(), 1e-12 * z, golden.name());
            ExactLaw.assertMeasure(tree.probabilities(), measure(tree), 1e-12);
        }
    }

    @Test
    void theMeanWeightEstimatesTheEvidence() {
        HashTree tree = HashTree.gad3();
        SampleSet set = TokenwiseSampler.masked().sample(tree, 20_000, SamplingRun.seeded(7));
        double z = tree.evidence();
        double second = set.samples().stream()
                .mapToDouble(sample -> Math.exp(2 * sample.logWeight()))
                .average()
                .orElse(0);
        double error = Math.sqrt((second - z * z) / set.samples().size());
        assertEquals(z, Math.exp(set.logEvidence().orElseThrow()), 5 * error);
        assertTrue(set.calls() > 20_000);
    }
}
