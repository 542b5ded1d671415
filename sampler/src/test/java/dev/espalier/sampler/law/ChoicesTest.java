// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.EnumeratedChoices;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChoicesTest {

    private static double draw(Choices choices, Random kinds) {
        double[] weights = {1 + kinds.nextInt(3), kinds.nextInt(3), kinds.nextInt(5), 2};
        return kinds.nextBoolean() ? choices.uniform() : choices.categorical(weights, weights.length);
    }

    /** The oracle has the same seed, and nobody looks ahead. */
    @RandomTrials(200)
    void whatIsSeenAheadIsWhatComesAndIsNotUsedUp(Random random) {
        Choices plain = Choices.seeded(7, 3);
        Choices watched = Choices.seeded(7, 3);
        for (int round = 0; round < 6; round++) {
            long kinds = random.nextLong();
            int seen = random.nextInt(12);
            Choices ahead = watched.ahead().orElseThrow();
            Random same = new Random(kinds);
            double[] expected = new double[seen];
            for (int i = 0; i < seen; i++) {
                expected[i] = draw(ahead, same);
            }
            int used = random.nextInt(12);
            same = new Random(kinds);
            Random again = new Random(kinds);
            for (int i = 0; i < used; i++) {
                double drawn = draw(watched, same);
                assertEquals(draw(plain, again), drawn);
                assertTrue(i >= seen || expected[i] == drawn, "choice " + i);
            }
        }
    }

    @RandomTrials(5)
    void choicesThatAreEnumeratedCannotBeKnownAhead(Random random) {
        int traces = EnumeratedChoices.walk(choices -> {
                    assertTrue(choices.ahead().isEmpty());
                    return choices.categorical(new double[] {1, 1 + random.nextInt(3)}, 2);
                })
                .size();
        assertEquals(2, traces);
    }

    /** A program of its own, since what a Java machine has found once it knows for ever. */
    static final class Draw {
        public static void main(String[] none) {
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            System.out.print(Choices.seeded(7).uniform());
        }
    }

    @Test
    void threadsOfOtherFrameworksDrawTheSame() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Draw.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String drawn = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(String.valueOf(Choices.seeded(7).uniform()), drawn);
    }
}
