// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A client that makes one request after another.
 *
 * @param caller how it asks
 * @param requests what it may ask
 * @param expected the answer to each that it has alone
 * @param leaving the share of requests that it does not wait for
 * @param random decides what it asks, and when it goes away
 */
record LoadClient(
        Caller caller,
        List<LoadRequest> requests,
        Map<LoadRequest, String> expected,
        double leaving,
        SplittableRandom random) {

    private static final int MOST_FRAMES = 12;

    /**
     * Asks until it may not any more.
     *
     * @param may asked before each request
     */
    void run(BooleanSupplier may, LoadTally tally) {
        FrameTimes times = new FrameTimes();
        while (may.getAsBoolean()) {
            LoadRequest request = requests.get(random.nextInt(requests.size()));
            OptionalInt frames = random.nextDouble() < leaving
                    ? OptionalInt.of(1 + random.nextInt(MOST_FRAMES))
                    : OptionalInt.empty();
            ask(request, frames, times, tally);
        }
        tally.add(times);
    }

    private void ask(LoadRequest request, OptionalInt frames, FrameTimes times, LoadTally tally) {
        String answer;
        try {
            answer = caller.ask(request, frames, times);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (Exception e) {
            tally.fault(request, e.toString());
            return;
        }
        if (answer.equals(expected.get(request))) {
            tally.right(request);
        } else if (answer.equals(Caller.LEFT) && frames.isPresent()) {
            tally.left(request);
        } else {
            tally.fault(request, "expected " + expected.get(request) + ", but " + answer);
        }
    }
}
