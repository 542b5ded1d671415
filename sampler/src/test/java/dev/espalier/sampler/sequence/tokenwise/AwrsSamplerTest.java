// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwrsSamplerTest {

    private static final List<String> WORDS = List.of("000", "100", "101", "110", "111");

    private static Map<List<Integer>, Double> measure(HashTree tree, AdaptiveRejection proposal) {
        TokenwiseSampler sampler = TokenwiseSampler.awrs(proposal);
        List<EnumeratedChoices.Trace<Sample>> traces = ExactLaw.walk(choices ->
                sampler.sample(tree, 1, ExactLaw.run(choices)).samples().get(0));
        return ExactLaw.measure(traces);
    }

    /** The probabilities of the texts all of whose tokens a predicate allows. */
    private static Map<List<Integer>, Double> expected(HashTree tree, TokenPredicate predicate) {
        Map<List<Integer>, Double> all = new HashMap<>();
        collect(tree, tree.root(), 1, predicate, all);
        return all;
    }

    private static void collect(
            HashTree tree, Prefix text, double p, TokenPredicate predicate, Map<List<Integer>, Double> all) {
        if (text.isComplete()) {
            all.merge(Sample.of(tree, text, 0, 0, Target.WEIGHTED).tokens(), p, Double::sum);
        }
        for (int token : text.mask().ids()) {
            if (predicate.allows(text, token)) {
                collect(tree, text.then(token), p * tree.next(text).of(token), predicate, all);
            }
        }
    }

    /** Refuses by a hash of the text: a fixed, arbitrary language. */
    private static TokenPredicate arbitrary(int salt, int outOf) {
        return (text, token) -> {
            int hash = salt;
            for (int id : text.tokens()) {
                hash = (hash + id + 1) * 0x9E3779B1;
            }
            return ((hash + token + 1) * 0x85EBCA6B >>> 16) % outOf > 0;
        };
    }

    private static List<AdaptiveRejection> estimators(TokenPredicate predicate) {
        return List.of(
                AdaptiveRejection.twoLoops(predicate, 2),
                AdaptiveRejection.twoLoops(predicate, 3).withMaxRejects(1),
                AdaptiveRejection.recursive(predicate),
                AdaptiveRejection.of(predicate, 2, .6));
    }

    @Test
    void aPredicateOnTopOfAGrammarRestrictsTheModelsLaw() {
        HashTree tree = HashTree.gad3();
        TokenPredicate no110 = (text, token) -> !(text.length() == 2 && text.token() == 1 && token == 0);
        Map<List<Integer>, Double> expected = expected(tree, no110);
        assertEquals(4, expected.size());
        for (AdaptiveRejection proposal : estimators(no110)) {
            ExactLaw.assertMeasure(expected, measure(tree, proposal), 1e-12);
        }
    }

    @Test
    void aPredicateCanBeTheGrammar() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "0")
                .token(1, "1")
                .special(2, "</s>")
                .endIds(2)
                .build();
        List<String> all = new ArrayList<>(List.of(""));
        for (int at = 0; all.get(at).length() < 3; at++) {
            all.add(all.get(at) + "0");
            all.add(all.get(at) + "1");
        }
        HashTree everything = new HashTree(vocabulary, 4, all);
        TokenPredicate words = (text, token) -> {
            StringBuilder written = new StringBuilder();
            for (int id : text.tokens()) {
                written.append(id);
            }
            return token == 2
                    ? WORDS.contains(written.toString())
                    : WORDS.stream().anyMatch(word -> word.startsWith(written.toString() + token));
        };
        Map<List<Integer>, Double> expected = HashTree.gad3().probabilities();
        for (AdaptiveRejection proposal : estimators(words)) {
            ExactLaw.assertMeasure(expected, measure(everything, proposal), 1e-12);
        }
    }

    @Test
    void arbitraryPredicatesOnTheGoldenCasesAreWeighedRight() {
        List<GoldenCase> cases = GoldenCase.all().stream()
                .filter(golden -> List.of("deadend", "tokdead", "gad").contains(golden.name()))
                .toList();
        for (GoldenCase golden : cases) {
            for (int salt = 1; salt <= 5; salt++) {
                HashTree tree = HashTree.of(golden);
                TokenPredicate predicate = arbitrary(salt, 4);
                Map<List<Integer>, Double> expected = expected(tree, predicate);
                ExactLaw.assertMeasure(expected, measure(tree, AdaptiveRejection.twoLoops(predicate, 2)), 1e-12);
                ExactLaw.assertMeasure(expected, measure(tree, AdaptiveRejection.recursive(predicate)), 1e-12);
            }
        }
    }

    @Test
    void samplesSayWhatTheyAreAndWhatTheyCost() {
        HashTree tree = HashTree.gad3();
        int[] asked = new int[1];
        TokenPredicate predicate = (text, token) -> {
            asked[0]++;
            return text.length() != 1 || token == 0;
        };
        TokenwiseSampler sampler = TokenwiseSampler.awrs(predicate);
        SampleSet set = sampler.sample(tree, 20_000, SamplingRun.seeded(5));
        assertEquals("awrs", sampler.name());
        assertEquals(Guarantee.WEIGHTED, sampler.guarantee());
        assertEquals(asked[0], set.predicateCalls());
        assertTrue(set.samples().stream()
                .allMatch(sample -> sample.target() == Target.WEIGHTED && Double.isFinite(sample.logProbability())));
        double z =
                expected(tree, predicate).values().stream().mapToDouble(p -> p).sum();
        double second = set.samples().stream()
                .mapToDouble(sample -> Math.exp(2 * sample.logWeight()))
                .average()
                .orElse(0);
        double error = Math.sqrt((second - z * z) / set.samples().size());
        assertEquals(z, Math.exp(set.logEvidence().orElseThrow()), 5 * error);
    }
}
