// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidLogitsException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopLogitTest {

    /** The oracle looks at one bit after the other. */
    @Test
    void runsOfOnesFindWhatBitByBitFinds() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            float[] logits = logits(random);
            long[] allowed = mask(random, logits.length);
            int[] ids = IntStream.range(0, logits.length)
                    .filter(id -> (allowed[id >> 6] >>> id & 1) != 0)
                    .toArray();
            if (Arrays.stream(ids).anyMatch(id -> Float.isNaN(logits[id]))) {
                assertThrows(InvalidLogitsException.class, () -> TopLogit.of(logits, allowed), "seed " + seed);
                assertThrows(InvalidLogitsException.class, () -> TopLogit.of(logits, ids), "seed " + seed);
            } else if (ids.length == 0) {
                assertThrows(DeadEndException.class, () -> TopLogit.of(logits, allowed), "seed " + seed);
                assertThrows(DeadEndException.class, () -> TopLogit.of(logits, ids), "seed " + seed);
            } else {
                assertEquals(slow(logits, ids), TopLogit.of(logits, allowed), "seed " + seed);
                assertEquals(slow(logits, ids), TopLogit.of(logits, ids), "seed " + seed);
            }
        }
    }

    private static TopLogit slow(float[] logits, int[] ids) {
        int best = -1;
        int finite = 0;
        for (int id : ids) {
            finite += logits[id] > Float.NEGATIVE_INFINITY ? 1 : 0;
            if (logits[id] > (best < 0 ? Float.NEGATIVE_INFINITY : logits[best])) {
                best = id;
            }
        }
        return new TopLogit(best, best < 0 ? Float.NEGATIVE_INFINITY : logits[best], finite > 1);
    }

    private static float[] logits(Random random) {
        float[] logits = new float[1 + random.nextInt(300)];
        boolean hostile = random.nextInt(3) == 0;
        for (int id = 0; id < logits.length; id++) {
            int kind = hostile ? random.nextInt(60) : 59;
            logits[id] = switch (kind) {
                case 0 -> Float.NaN;
                case 1 -> Float.POSITIVE_INFINITY;
                default -> kind < 40 ? Float.NEGATIVE_INFINITY : random.nextInt(8);
            };
        }
        return logits;
    }

    /** Runs of ones and zeros of all lengths, whole words of each among them. */
    private static long[] mask(Random random, int size) {
        long[] words = new long[(size + 63) >> 6];
        boolean allowed = random.nextBoolean();
        for (int id = 0; id < size; ) {
            int run = 1 + random.nextInt(random.nextBoolean() ? 3 : 150);
            for (int end = Math.min(size, id + run); id < end; id++) {
                words[id >> 6] |= allowed ? 1L << id : 0;
            }
            allowed = !allowed;
        }
        return words;
    }

    @Test
    void anErrorNamesTheToken() {
        InvalidLogitsException error = assertThrows(
                InvalidLogitsException.class, () -> TopLogit.of(new float[] {1, 2, Float.NaN, 3}, new long[] {0b1110}));
        assertTrue(String.valueOf(error.getMessage()).contains("token 2"), error.toString());
    }
}
