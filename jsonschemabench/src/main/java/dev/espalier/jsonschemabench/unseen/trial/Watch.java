// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.core.Cancellation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a thread does, from another one: where it is when a step takes long, whether it is past its time, and whether it
 * stops when it is told to. Time is what both the wall clock and the processor time of the thread say, so that a busy computer
 * blames nobody.
 *
 * <p>The engine's deadlines are in units of work, which it counts while it looks at a cancellation every few hundred of them. So a step of the
 * engine is past its time when it does not look for 100 ms, or when its time is far past though it looks. Other steps
 * are when they are by 100 ms.
 */
final class Watch {

    /** What an overrun is. */
    static final String PAST = "100 ms without a look at the deadline, or far past it";

    /** Units of work between two looks of the engine. */
    private static final int UNITS = 256;

    /** Times its deadline that a step may take in all: units are of about a microsecond where nothing else runs. */
    private static final int FAR = 3;

    /** What may go by unseen. */
    static final long SLACK_NANOS = 100_000_000;

    private static final long LONG_NANOS = 60_000_000;
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final int POLL_MILLIS = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A step on its way. Written by its thread, but for what the watch adds. */
    static final class Step {

        private final String name;
        private final long allowed;
        private final boolean isCounted;
        private final @Nullable Cancellation cancellation;
        private final long start = System.nanoTime();
        private long processor;
        /** The looks of the engine until now, and the processor time from the start at which there was a new one. */
        private long looks;

        private long lookedAt;
        /** The processor time from the start at which it was told to end. */
        private long toldAt;

        private volatile String place = "";
        private volatile boolean overrun;

        Step(String name, long allowed, boolean isCounted, @Nullable Cancellation cancellation) {
            this.name = name;
            this.allowed = allowed;
            this.isCounted = isCounted;
            this.cancellation = cancellation;
        }

        String name() {
            return name;
        }

        /** Where it was when it had taken long; empty if it had not. */
        String place() {
            return place;
        }

        /** Whether it was past its time. */
        boolean isOverrun() {
            return overrun;
        }
    }

    private final AtomicLong looks = new AtomicLong();
    private volatile @Nullable Step step;

    /** A switch that notes how often the engine looks at it. */
    Cancellation counter() {
        return Cancellation.when(
                () -> {
                    looks.incrementAndGet();
                    return false;
                },
                UNITS);
    }

    /** A step of the engine begins on the thread that is watched; it looks at a {@link #counter}. */
    Step begin(String name, long allowedNanos, @Nullable Cancellation cancellation) {
        Step next = new Step(name, allowedNanos, true, cancellation);
        step = next;
        return next;
    }

    /** A step begins on the thread that is watched that has so much time. */
    Step beginTimed(String name, long allowedNanos) {
        Step next = new Step(name, allowedNanos, false, null);
        step = next;
        return next;
    }

    /** The step is over: nothing is told to end any more. */
    synchronized void end() {
        step = null;
    }

    /** Tells a step to end; not if it is over, since the next one would be told. */
    private synchronized void tell(Step now, Thread thread, long spent) {
        if (step != now) {
            return;
        }
        now.place = EnginePlace.of(working(thread).getStackTrace());
        now.overrun = true;
        now.toldAt = spent;
        if (now.cancellation != null) {
            now.cancellation.cancel();
        }
        thread.interrupt();
    }

    /**
     * Watches until the thread ends.
     *
     * @return the step that it hangs in, if it does not end when it is told to
     */
    @Nullable
    Step follow(Thread thread) throws InterruptedException {
        @Nullable Step last = null;
        while (thread.isAlive()) {
            thread.join(POLL_MILLIS);
            Step now = step;
            if (now != null) {
                if (now != last) {
                    now.processor = THREADS.getThreadCpuTime(thread.getId());
                    now.looks = looks.get();
                    last = now;
                } else if (isStuck(now, thread)) {
                    return now;
                }
            }
        }
        return null;
    }

    private boolean isStuck(Step now, Thread thread) {
        long wall = System.nanoTime() - now.start;
        if (wall < LONG_NANOS) {
            return false;
        }
        if (now.place.isEmpty()) {
            now.place = EnginePlace.of(working(thread).getStackTrace());
        }
        long spent = Math.min(wall, processorNanos(thread) - now.processor);
        if (looks.get() != now.looks) {
            now.looks = looks.get();
            now.lookedAt = spent;
        }
        long most = now.isCounted ? FAR * now.allowed : now.allowed;
        boolean isSilent = now.isCounted && spent - now.lookedAt > SLACK_NANOS;
        if ((isSilent || spent > most + SLACK_NANOS) && !now.overrun) {
            tell(now, thread, spent);
        }
        boolean hangs = now.overrun && spent > now.toldAt + PATIENCE_NANOS;
        return hangs || wall > 2 * most + 4 * PATIENCE_NANOS;
    }

    /** The thread that works for a thread that waits: deep inputs are read on a thread with a larger stack. */
    private static Thread working(Thread thread) {
        if (!EnginePlace.of(thread.getStackTrace()).startsWith("DeepStack")) {
            return thread;
        }
        Thread[] all = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(all);
        for (int i = 0; i < count; i++) {
            if (all[i] != thread
                    && all[i] != Thread.currentThread()
                    && !EnginePlace.of(all[i].getStackTrace()).isEmpty()) {
                return all[i];
            }
        }
        return thread;
    }

    /** Processor time of a thread, and of the one that works for it: what the machine compiles and collects meanwhile is not in it. */
    private static long processorNanos(Thread thread) {
        Thread working = working(thread);
        long own = THREADS.getThreadCpuTime(thread.getId());
        return working == thread ? own : own + Math.max(0, THREADS.getThreadCpuTime(working.getId()));
    }
}
