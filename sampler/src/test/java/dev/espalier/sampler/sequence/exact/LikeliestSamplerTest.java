// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikeliestSamplerTest {

    private static final SamplingRun RUN = SamplingRun.seeded(1);

    private static void assertLikeliest(HashTree tree) {
        List<Double> all = tree.probabilities().values().stream()
                .filter(p -> p > 0)
                .map(Math::log)
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
        SampleSet found = new LikeliestSampler().sample(tree, all.size() + 1, RUN);
        assertEquals(all.size(), found.samples().size());
        for (int i = 0; i < all.size(); i++) {
            Sample sample = found.samples().get(i);
            assertTrue(sample.complete());
            assertEquals(all.get(i), sample.logProbability(), 1e-9);
            assertEquals(
                    Math.log(tree.probabilities().getOrDefault(sample.tokens(), 0.0)), sample.logProbability(), 1e-9);
        }
        assertFalse(found.samples().isEmpty());
        assertEquals(
                all.size(),
                found.samples().stream().map(Sample::tokens).distinct().count());
    }

    @Test
    void allTextsComeInTheOrderOfTheirProbabilities() {
        assertLikeliest(HashTree.gad3());
        GoldenCase.all().forEach(golden -> assertLikeliest(HashTree.of(golden)));
    }

    @Test
    void theFirstIsThatOfAnEnumeration() {
        GoldenCase.all().forEach(golden -> {
            HashTree tree = HashTree.of(golden);
            Sample best =
                    new ExactSampler().mostProbable(tree, new Cancellation()).orElseThrow();
            SampleSet found = new LikeliestSampler().sample(tree, 1, RUN);
            assertEquals(best.tokens(), found.samples().get(0).tokens());
        });
    }

    @Test
    void moreTokensThanAreKept() {
        // 256 bytes and an end: each beginning has more next tokens than wait
        Vocabulary.Builder bytes = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            bytes.token(b, ByteString.of((byte) b));
        }
        Vocabulary vocabulary = bytes.special(256, "<end>").endIds(256).build();
        List<String> texts = new ArrayList<>();
        for (char c = ' '; c < '\u0100'; c++) {
            texts.add(String.valueOf(c));
        }
        HashModel model = new HashModel(vocabulary, 7);
        try (ModelTree tree = new ModelTree(
                model,
                new int[] {65},
                new ListedLanguage(vocabulary, texts),
                SamplingParameters.MODEL.withMaxTokens(4))) {
            SampleSet found = new LikeliestSampler().sample(tree, texts.size() + 5, RUN);
            assertEquals(texts.size(), found.samples().size());
            for (int i = 1; i < found.samples().size(); i++) {
                assertTrue(found.samples().get(i).logProbability()
                        <= found.samples().get(i - 1).logProbability());
            }
        }
    }

    @Test
    void limitsAndCancellation() {
        TokenTree tree = HashTree.gad3();
        assertThrows(LimitExceededException.class, () -> new LikeliestSampler(1).sample(tree, 1000, RUN));
        assertThrows(InvalidInputException.class, () -> new LikeliestSampler(0));
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        SampleSet none = new LikeliestSampler().sample(tree, 3, RUN.with(cancelled));
        assertTrue(none.cancelled() && none.samples().size() < 3);
        assertEquals(
                1,
                new LikeliestSampler()
                        .sample(tree, 5, RUN.withMaxRuns(1))
                        .samples()
                        .size());
    }
}
