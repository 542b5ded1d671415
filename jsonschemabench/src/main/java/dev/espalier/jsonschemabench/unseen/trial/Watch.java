package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.grammar.Cancellation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a thread does, from another one: where it is when a step takes long, whether it is past its time by more than
 * 100 ms, and whether it stops when it is told to. A step is past its time when the wall clock and the processor time of its
 * thread both are, so that a busy computer blames nobody.
 */
final class Watch {

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
        private final @Nullable Cancellation cancellation;
        private final long start = System.nanoTime();
        private long processor;
        private volatile String place = "";
        private volatile boolean overrun;

        Step(String name, long allowed, @Nullable Cancellation cancellation) {
            this.name = name;
            this.allowed = allowed;
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

    private volatile @Nullable Step step;

    /** A step begins on the thread that is watched. */
    Step begin(String name, long allowedNanos, @Nullable Cancellation cancellation) {
        Step next = new Step(name, allowedNanos, cancellation);
        step = next;
        return next;
    }

    /** The step is over. */
    void end() {
        step = null;
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
        if (wall < now.allowed + SLACK_NANOS) {
            return false;
        }
        long spent = Math.min(wall, processorNanos(thread) - now.processor);
        if (spent > now.allowed + SLACK_NANOS && !now.overrun) {
            now.place = EnginePlace.of(working(thread).getStackTrace());
            now.overrun = true;
            if (now.cancellation != null) {
                now.cancellation.cancel();
            }
            thread.interrupt();
        }
        return spent > now.allowed + SLACK_NANOS + PATIENCE_NANOS || wall > 4 * (now.allowed + PATIENCE_NANOS);
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
