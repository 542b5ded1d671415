// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.mask.token.TokenMask;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenLawTest {

    private static final float NONE = Float.NEGATIVE_INFINITY;
    private static final float ALL = Float.POSITIVE_INFINITY;

    @Test
    void logitsBecomeProbabilitiesAtATemperature() {
        Random random = new Random(4);
        float[] logits = new float[300];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = id % 7 == 0 ? NONE : (float) (20 * random.nextGaussian());
        }
        for (double temperature : new double[] {0.3, 1, 2.5}) {
            TokenLaw law = TokenLaw.ofLogits(logits, temperature);
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit / temperature);
            }
            for (int id = 0; id < logits.length; id++) {
                double expected = Math.exp(logits[id] / temperature) / sum;
                assertEquals(expected, law.of(id), 1e-12 * expected + 1e-300);
            }
            assertEquals(law.of(3) + law.of(150), law.of(TokenMask.of(300, 3, 150)), 1e-15);
        }
    }

    @Test
    void infiniteLogitsShareEverything() {
        TokenLaw law = TokenLaw.ofLogits(new float[] {1, ALL, NONE, ALL}, 1);
        assertEquals(0.5, law.of(1));
        assertEquals(0.5, law.of(3));
        assertEquals(0, law.of(0));
    }

    @Test
    void whatIsNoLawIsATypedError() {
        assertThrows(InvalidLogitsException.class, () -> TokenLaw.ofLogits(new float[] {1, Float.NaN}, 1));
        assertThrows(InvalidLogitsException.class, () -> TokenLaw.ofLogits(new float[] {NONE, NONE}, 1));
        assertThrows(InvalidLogitsException.class, () -> TokenLaw.ofLogits(new float[0], 1));
        assertThrows(InvalidLogitsException.class, () -> TokenLaw.ofWeights(new double[] {0, 0}));
        assertThrows(InvalidLogitsException.class, () -> TokenLaw.ofWeights(new double[] {1, -1.5}));
        assertThrows(InvalidLogitsException.class, () -> TokenLaw.ofWeights(new double[] {1, Double.NaN}));
    }
}
