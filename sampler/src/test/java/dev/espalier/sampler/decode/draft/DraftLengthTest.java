// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long drafts are. */
class DraftLengthTest {

    @Test
    void rightDraftsBecomeLongerAndWrongOnesShorter() {
        DraftLength length = new DraftLength(16, 0, true);
        assertEquals(4, length.most(100));
        length.verified(4, 4);
        assertEquals(8, length.most(100));
        length.verified(8, 8);
        assertEquals(16, length.most(100));
        length.verified(16, 16);
        assertEquals(16, length.most(100), "that is the most");
        assertEquals(3, length.most(3), "and the room is that");
        length.verified(16, 5);
        assertEquals(6, length.most(100));
        length.verified(6, 0);
        assertEquals(3, length.most(100));
    }

    @Test
    void copiesPauseAfterMissesForLongerEachTime() {
        DraftLength length = new DraftLength(8, 0, false);
        for (int pause : new int[] {1, 3, 7, 15, 31, 63, 63}) {
            length.verified(4, 0);
            for (int i = 0; i < pause; i++) {
                assertEquals(0, length.next(4), "in a pause of " + pause);
            }
            assertEquals(4, length.next(4));
        }
        length.verified(4, 4);
        length.verified(4, 0);
        assertEquals(0, length.next(4));
        assertEquals(4, length.next(4), "misses count anew");
    }

    /** The oracle simulates drafts of each length whose tokens are right with a fixed probability, and counts what they take. */
    @RandomTrials(60)
    void aLengthIsNearlyTheBestForItsPrice(Random random) {
        double share = 0.05 + 0.9 * random.nextDouble();
        double price = 0.02 + random.nextDouble() / 2;
        DraftLength length = new DraftLength(8, price, true);
        for (int i = 0; i < 200; i++) {
            int right = 0;
            while (right < 8 && random.nextDouble() < share) {
                right++;
            }
            length.verified(8, right);
        }
        double best = 1;
        for (int n = 1; n <= 8; n++) {
            best = Math.max(best, gain(share, price, n));
        }
        int taken = length.next(8);
        assertTrue(taken >= 0 && taken <= 8);
        // the share is known by some drafts only: what is lost by that is bounded
        assertTrue(gain(share, price, taken) > 0.6 * best, taken + " tokens at " + share + " for " + price);
    }

    private static double gain(double share, double price, int n) {
        double tokens = 0;
        for (int i = 0; i <= n; i++) {
            tokens += Math.pow(share, i);
        }
        return tokens / (1 + price * n);
    }

    @Test
    void whatDoesNotPayIsTriedNowAndThen() {
        DraftLength length = new DraftLength(8, 2, true);
        int tried = 0;
        for (int i = 0; i < 650; i++) {
            int most = length.next(8);
            assertTrue(most <= 1);
            if (most == 1) {
                tried++;
                length.verified(1, 0);
            }
        }
        assertEquals(10, tried);
    }
}
