// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import dev.espalier.core.error.InvalidInputException;

/**
 * How much a server is asked.
 *
 * @param clients how many ask at the same time, 1 to 512
 * @param seconds how long they ask over HTTP, 1 to 3600; without HTTP they ask a tenth of it
 * @param requests how many requests they make over HTTP at most; without HTTP a tenth of it
 * @param windows how often memory is measured, at least 10
 * @param leaving the share of requests whose client goes away before their end, 0 to 1
 * @param seed decides who asks what, and who goes away when
 */
public record LoadSettings(int clients, int seconds, int requests, int windows, double leaving, long seed) {

    private static final int MOST_CLIENTS = 512;
    private static final int MOST_SECONDS = 3600;
    private static final int FEWEST_WINDOWS = 10;

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is out of its range
     */
    public LoadSettings {
        if (clients < 1 || clients > MOST_CLIENTS || seconds < 1 || seconds > MOST_SECONDS) {
            throw new InvalidInputException("expected 1 to " + MOST_CLIENTS + " clients for 1 to " + MOST_SECONDS
                    + " seconds, but not " + clients + " for " + seconds);
        } else if (windows < FEWEST_WINDOWS || requests < windows) {
            throw new InvalidInputException("at least " + FEWEST_WINDOWS
                    + " windows are needed for a slope, and as many requests: not " + windows + " windows of "
                    + requests
                    + " requests");
        } else if (!(leaving >= 0 && leaving <= 1)) {
            throw new InvalidInputException("expected a share of 0 to 1 that goes away, but not " + leaving);
        }
    }
}
