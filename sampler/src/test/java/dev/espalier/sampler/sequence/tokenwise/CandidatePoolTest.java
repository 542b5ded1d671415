// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.law.Choices;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatePoolTest {

    private static CandidatePool pool(double[] left) {
        return new CandidatePool(
                IntStream.range(0, left.length).map(id -> 3 * id).toArray(), left.clone());
    }

    @Test
    void drawsFollowWhatIsLeft() {
        Random random = new Random(1);
        for (int size : new int[] {1, 2, 63, 64, 65, 300, 4096, 4097, 5000}) {
            double[] left = random.doubles(size).toArray();
            CandidatePool pool = pool(left);
            for (int taken = 0; taken < 3 && taken < size; taken++) {
                assertLaw(left, pool);
                int index = (taken * 977) % size;
                pool.remove(index);
                left[index] = 0;
            }
        }
    }

    private static void assertLaw(double[] left, CandidatePool pool) {
        double mass = Arrays.stream(left).sum();
        double[] law = new double[left.length];
        for (EnumeratedChoices.Trace<Integer> trace : EnumeratedChoices.walk(pool::draw)) {
            law[trace.result()] += trace.probability();
            assertEquals(3 * trace.result(), pool.token(trace.result()));
        }
        for (int index = 0; index < law.length; index++) {
            assertEquals(left[index] / mass, law[index], 1e-14);
        }
        assertEquals(Arrays.stream(left).max().orElse(0), pool.greatest());
    }

    @Test
    void theMassIsThatOfTheSurvivorsHoweverLittle() {
        Random random = new Random(2);
        for (int size : new int[] {5, 64, 700, 20_000}) {
            double[] left = new double[size];
            for (int index = 0; index < size; index++) {
                left[index] = Math.exp(-600 * random.nextDouble());
            }
            CandidatePool pool = pool(left);
            Choices choices = Choices.seeded(size);
            for (int taken = 0; taken < size; taken++) {
                if (taken % Math.max(1, size / 50) == 0 || size - taken < 50) {
                    double mass = Arrays.stream(left).sorted().sum();
                    assertEquals(mass, pool.mass(), 1e-13 * mass);
                }
                int drawn = pool.draw(choices);
                assertEquals(left[drawn], pool.probability(drawn));
                pool.remove(drawn);
                left[drawn] = 0;
            }
            assertEquals(0, pool.mass());
        }
    }
}
