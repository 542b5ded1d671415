// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.law.TokenLaw;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Laws of possible tokens, against the law of all tokens. */
class MaskedLawTest {

    @Test
    void aMaskedLawIsTheLawOfAllTokensRenormalised() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            int size = 1 + random.nextInt(run % 10 == 0 ? 2_000 : 40);
            float[] logits = new float[size];
            for (int id = 0; id < size; id++) {
                logits[id] = random.nextInt(9) == 0
                        ? Float.NEGATIVE_INFINITY
                        : (float) (random.nextGaussian() * (1 + random.nextInt(30)));
            }
            logits[0] = 1;
            int[] ids = IntStream.range(0, size)
                    .filter(id -> id == 0 || random.nextInt(2) == 0)
                    .toArray();
            TokenMask mask = TokenMask.of(size, ids);
            String where = "seed 11, run " + run;
            compare(TokenLaw.ofLogits(logits, 1), MaskedLaw.of(logits, mask), mask, where);
        }
    }

    private static void compare(TokenLaw all, MaskedLaw law, TokenMask mask, String where) {
        double mass = all.of(mask);
        double entropy = 0;
        double[] sorted = new double[mask.count()];
        for (int i = 0; i < mask.count(); i++) {
            int id = mask.ids()[i];
            double probability = all.of(id) / mass;
            assertEquals(probability, law.probability(id), 1e-9, where);
            assertEquals(all.of(id), law.rawProbability(id), 1e-9, where);
            entropy -= probability > 0 ? probability * Math.log(probability) : 0;
            sorted[i] = probability;
        }
        Arrays.sort(sorted);
        double second = sorted.length > 1 ? sorted[sorted.length - 2] : 0;
        assertEquals(mass, law.allowedMass(), 1e-9, where);
        assertEquals(entropy, law.entropy(), 1e-6, where);
        assertEquals(sorted[sorted.length - 1], law.probability(law.best()), 1e-9, where);
        assertEquals(sorted[sorted.length - 1] - second, law.margin(), 1e-9, where);
    }

    @Test
    void infiniteLogitsWinAndShareEvenly() {
        float inf = Float.POSITIVE_INFINITY;
        MaskedLaw law = MaskedLaw.of(new float[] {inf, 3, inf, inf}, TokenMask.of(4, 1, 2, 3));
        assertEquals(2, law.best());
        assertEquals(0.5, law.probability(3));
        assertEquals(0, law.probability(1));
        assertEquals(0, law.gap());
        assertEquals(2.0 / 3, law.allowedMass(), 1e-12);
        assertEquals(1.0 / 3, law.rawProbability(3), 1e-12);
        assertEquals(0, law.rawProbability(1));
    }

    @Test
    void logitsThatSayNothingAreRefused() {
        float[] logits = {Float.NaN, Float.NEGATIVE_INFINITY, 0};
        assertThrows(InvalidLogitsException.class, () -> MaskedLaw.of(logits, TokenMask.of(3, 0, 2)));
        assertThrows(InvalidLogitsException.class, () -> MaskedLaw.of(logits, TokenMask.of(3, 1)));
        assertThrows(DeadEndException.class, () -> MaskedLaw.of(logits, TokenMask.of(3)));
        assertThrows(InvalidInputException.class, () -> MaskedLaw.of(logits, TokenMask.of(4, 2)));
        assertEquals(1, MaskedLaw.of(logits, TokenMask.of(3, 1, 2)).probability(2));
    }
}
