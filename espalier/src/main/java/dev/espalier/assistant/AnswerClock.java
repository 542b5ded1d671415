// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import java.time.Duration;
import java.util.OptionalLong;

/** Measures one answer, from when it is made. Thread-safe. */
final class AnswerClock implements DecodeListener {

    private final long begin = System.nanoTime();
    private OptionalLong first = OptionalLong.empty();
    private OptionalLong end = OptionalLong.empty();
    private int deadEnds;

    private long elapsed() {
        return System.nanoTime() - begin;
    }

    @Override
    public synchronized void onToken(int token, boolean forced) {
        if (first.isEmpty()) {
            first = OptionalLong.of(elapsed());
        }
    }

    @Override
    public synchronized void onRestart(Outcome cause) {
        deadEnds += cause instanceof Outcome.DeadEnd ? 1 : 0;
    }

    @Override
    public synchronized void onFinish(Outcome outcome) {
        deadEnds += outcome instanceof Outcome.DeadEnd ? 1 : 0;
        end = OptionalLong.of(elapsed());
    }

    /** What was measured of an answer that has ended, and of whose form the compiling is known. */
    synchronized AnswerStats stats(Duration compileTime) {
        return new AnswerStats(compileTime.toNanos(), first, end.orElse(elapsed()), deadEnds);
    }
}
