// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The likelihood-ratio test of observed counts against a law, at a level of about 1e-6. */
public final class GTest {

    private GTest() {}

    /** Fails when the counts contradict the law. */
    public static void check(long[] observed, double[] law) {
        double statistic = statistic(observed, law);
        double critical = critical(cells(observed, law) - 1);
        assertTrue(statistic < critical, "G = " + statistic + " is not below " + critical);
    }

    /** Whether the counts contradict the law. */
    public static boolean rejects(long[] observed, double[] law) {
        return statistic(observed, law) >= critical(cells(observed, law) - 1);
    }

    private static long total(long[] observed) {
        long n = 0;
        for (long count : observed) {
            n += count;
        }
        return n;
    }

    private static int cells(long[] observed, double[] law) {
        long n = total(observed);
        int cells = 0;
        double pooled = 0;
        for (double p : law) {
            cells += n * p >= 10 ? 1 : 0;
            pooled += n * p >= 10 ? 0 : p;
        }
        return cells + (n * pooled > 0 ? 1 : 0);
    }

    private static double statistic(long[] observed, double[] law) {
        long n = total(observed);
        double sum = 0;
        long pooledCount = 0;
        double pooled = 0;
        for (int i = 0; i < law.length; i++) {
            if (law[i] == 0) {
                assertEquals(0, observed[i], "outcome " + i + " is impossible");
            } else if (n * law[i] >= 10) {
                sum += term(observed[i], n * law[i]);
            } else {
                pooledCount += observed[i];
                pooled += law[i];
            }
        }
        return 2 * (sum + (pooled > 0 ? term(pooledCount, n * pooled) : 0));
    }

    private static double term(long observed, double expected) {
        return observed == 0 ? 0 : observed * Math.log(observed / expected);
    }

    /** Wilson and Hilferty's approximation of the chi-square quantile for 1e-6, a little above it. */
    private static double critical(int degrees) {
        if (degrees <= 0) {
            return 1e-6;
        }
        double z = 4.7534;
        double t = 1 - 2.0 / (9 * degrees) + z * Math.sqrt(2.0 / (9 * degrees));
        return degrees * t * t * t + (degrees == 1 ? 1 : 0.5);
    }
}
