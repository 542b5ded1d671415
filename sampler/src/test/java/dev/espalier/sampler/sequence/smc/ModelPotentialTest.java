// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelPotentialTest {

    private static final List<String> WORDS = List.of("00", "10", "11", "110");

    private static Vocabulary bits(int size) {
        Vocabulary.Builder builder = Vocabulary.builder().token(0, "0").token(1, "1");
        for (int id = 2; id < size - 1; id++) {
            builder.token(id, "1".repeat(id));
        }
        return builder.special(size - 1, "</s>").endIds(size - 1).build();
    }

    private static HashTree tree(int seed, List<String> words) {
        return new HashTree(bits(3), seed, words);
    }

    private static Map<List<Integer>, Double> measure(HashTree tree, HashTree other) {
        SmcSampler sampler = SmcSampler.DEFAULT.withParticles(2).withThreshold(0.9);
        Map<List<Integer>, Double> measure = new HashMap<>();
        for (EnumeratedChoices.Trace<SampleSet> trace :
                ExactLaw.walk(choices -> sampler.with(Potential.model(other)).sample(tree, 1, ExactLaw.run(choices)))) {
            for (Sample sample : trace.result().samples()) {
                measure.merge(sample.tokens(), trace.probability() * Math.exp(sample.logWeight()) / 2, Double::sum);
            }
        }
        measure.values().removeIf(share -> share == 0);
        return measure;
    }

    @Test
    void theLawIsTheProductOfBothModels() {
        HashTree tree = tree(4, WORDS);
        HashTree other = tree(9, WORDS);
        Map<List<Integer>, Double> expected = new HashMap<>(tree.probabilities());
        expected.replaceAll((tokens, p) -> p * other.probabilities().getOrDefault(tokens, 0.0));
        ExactLaw.assertMeasure(expected, measure(tree, other), 1e-12);
    }

    @Test
    void theLanguageIsWhatBothAllow() {
        HashTree tree = tree(4, WORDS);
        HashTree other = tree(9, List.of("00", "11", "111", "011"));
        Map<List<Integer>, Double> expected = new HashMap<>();
        tree.probabilities().forEach((tokens, p) -> {
            if (other.probabilities().containsKey(tokens)) {
                expected.put(tokens, p * other.probabilities().getOrDefault(tokens, 0.0));
            }
        });
        assertEquals(2, expected.size());
        ExactLaw.assertMeasure(expected, measure(tree, other), 1e-12);
    }

    @Test
    void aLongTextIsScoredTokenByTokenAndOnlyOnce() {
        HashTree tree = tree(4, WORDS);
        HashTree other = tree(9, WORDS);
        Prefix text = tree.root().then(1).then(1).then(0);
        double expected = 0;
        for (Prefix at = text; at.parent() != null; at = at.parent()) {
            Prefix same = other.root();
            for (int token : at.parent().tokens()) {
                same = same.then(token);
            }
            expected += Math.log(other.next(same).of(at.token()));
        }
        long before = other.calls();
        Potential potential = Potential.model(other);
        assertEquals(expected, potential.logTwists(List.of(text))[0], 1e-12);
        assertEquals(3, other.calls() - before);
        potential.logTwists(List.of(text, text.parent()));
        assertEquals(3, other.calls() - before);
    }

    @Test
    void modelsOfOtherIdsAreRefused() {
        HashTree tree = tree(4, WORDS);
        Potential potential = Potential.model(new HashTree(bits(4), 9, WORDS));
        List<Prefix> texts = List.of(tree.root().then(1));
        assertThrows(InvalidInputException.class, () -> potential.logTwists(texts));
    }
}
