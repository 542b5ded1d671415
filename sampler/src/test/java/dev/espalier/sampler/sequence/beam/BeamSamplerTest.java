// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BeamSamplerTest {

    private static SampleSet best(HashTree tree, BeamSampler sampler, int count) {
        return sampler.sample(tree, count, SamplingRun.seeded(0));
    }

    private static List<List<Integer>> tokens(SampleSet set) {
        return set.samples().stream().map(Sample::tokens).toList();
    }

    @Test
    void withBeamsForAllBeginningsTheTextsAreTheBestOnes() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            Map<List<Integer>, Double> law = tree.probabilities();
            SampleSet set = best(tree, BeamSampler.DEFAULT.withBeams(4 * law.size() + 64), 5);
            List<Double> expected = law.values().stream()
                    .sorted(Comparator.reverseOrder())
                    .limit(5)
                    .toList();
            assertEquals(Math.min(5, law.size()), set.samples().size(), golden.name());
            for (int i = 0; i < expected.size(); i++) {
                Sample sample = set.samples().get(i);
                assertTrue(sample.complete());
                assertEquals(Math.log(expected.get(i)), sample.logProbability(), 1e-9);
                assertEquals(expected.get(i), law.getOrDefault(sample.tokens(), 0.0), 1e-12);
            }
        }
    }

    private static Set<String> words(Random random) {
        Set<String> words = new TreeSet<>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            StringBuilder word = new StringBuilder();
            for (int length = 1 + random.nextInt(7); word.length() < length; ) {
                word.append(random.nextInt(2));
            }
            words.add(word.toString());
        }
        return words;
    }

    @RandomTrials(200)
    void beamsAreThoseOfTheDefinition(Random random) {
        HashTree tree = HashTree.bits(words(random).toArray(String[]::new));
        int groups = 1 + random.nextInt(3);
        int width = 1 + random.nextInt(4);
        double penalty = random.nextBoolean() ? 0.4 : 3;
        double exponent = random.nextBoolean() ? 0 : 0.7;
        BeamSampler sampler = BeamSampler.DEFAULT
                .withBeams(groups * width)
                .withGroups(groups, penalty)
                .withLengthExponent(exponent);
        int count = 1 + random.nextInt(groups * width);
        assertEquals(Naive.best(tree, groups, width, penalty, exponent, count), tokens(best(tree, sampler, count)));
    }

    /** The definition, with everything sorted. */
    private static final class Naive {

        private record Beam(Prefix text, double logProbability) {}

        private record Next(Beam from, int token, double logProbability, double rank) {}

        static List<List<Integer>> best(
                HashTree tree, int groups, int width, double penalty, double exponent, int count) {
            List<List<Beam>> active = new ArrayList<>();
            List<List<Beam>> finished = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
                active.add(new ArrayList<>(List.of(new Beam(tree.root(), 0))));
                finished.add(new ArrayList<>());
            }
            Comparator<Beam> byScore = Comparator.comparingDouble(
                    beam -> -beam.logProbability() / Math.pow(beam.text().length(), exponent));
            while (active.stream().anyMatch(some -> !some.isEmpty())) {
                Map<Integer, Integer> taken = new HashMap<>();
                for (int g = 0; g < groups; g++) {
                    List<Next> all = new ArrayList<>();
                    for (Beam beam : active.get(g)) {
                        TokenLaw law = tree.next(beam.text());
                        for (int token : beam.text().mask().ids()) {
                            double log = beam.logProbability() + Math.log(law.of(token));
                            all.add(new Next(beam, token, log, log - penalty * taken.getOrDefault(token, 0)));
                        }
                    }
                    all.sort(Comparator.comparingDouble(Next::rank).reversed());
                    active.set(g, new ArrayList<>());
                    for (Next next : all.subList(0, Math.min(width, all.size()))) {
                        taken.merge(next.token(), 1, Integer::sum);
                        Beam beam = new Beam(next.from().text().then(next.token()), next.logProbability());
                        (beam.text().isComplete() ? finished : active).get(g).add(beam);
                    }
                    List<Beam> ended = finished.get(g);
                    ended.sort(byScore);
                    while (ended.size() > width) {
                        ended.remove(width);
                    }
                    if (ended.size() == width) {
                        active.get(g).removeIf(beam -> byScore.compare(beam, ended.get(width - 1)) >= 0);
                    }
                }
            }
            Set<List<Integer>> seen = new HashSet<>();
            return finished.stream()
                    .flatMap(List::stream)
                    .sorted(byScore)
                    .map(beam -> Sample.of(tree, beam.text(), 0, 0, dev.espalier.sampler.Target.HEURISTIC)
                            .tokens())
                    .filter(seen::add)
                    .limit(count)
                    .toList();
        }
    }

    @Test
    void oneBeamIsGreedyAndGroupsGoOtherWays() {
        HashTree tree = HashTree.gad3();
        assertEquals(
                1, best(tree, BeamSampler.DEFAULT.withBeams(1), 3).samples().size());
        List<List<Integer>> diverse =
                tokens(best(tree, BeamSampler.DEFAULT.withBeams(2).withGroups(2, 100), 2));
        assertTrue(!diverse.get(0).get(0).equals(diverse.get(1).get(0)), diverse.toString());
    }

    @Test
    void cancellationKeepsWhatIsFinished() {
        Cancellation stop = new Cancellation();
        stop.cancel();
        SampleSet set = BeamSampler.DEFAULT.sample(
                HashTree.gad3(), 2, SamplingRun.seeded(0).with(stop));
        assertTrue(set.cancelled());
        assertEquals(List.of(), set.samples());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> BeamSampler.DEFAULT.withBeams(0));
        assertThrows(InvalidInputException.class, () -> BeamSampler.DEFAULT.withGroups(3, 1));
        assertThrows(InvalidInputException.class, () -> BeamSampler.DEFAULT.withGroups(2, -1));
        assertThrows(InvalidInputException.class, () -> BeamSampler.DEFAULT.withLengthExponent(Double.NaN));
    }
}
