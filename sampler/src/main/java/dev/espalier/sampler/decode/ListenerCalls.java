// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.TokenProbabilities;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls of a listener that wait for the thread that makes them. Added by the thread that leads, made by one thread at a time. */
final class ListenerCalls implements DecodeListener {

    /** The number of calls from which a text pauses until they are made. */
    private static final int MANY = 64;

    private final DecodeListener listener;
    private final ConcurrentLinkedQueue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;

    ListenerCalls(DecodeListener listener) {
        this.listener = listener;
    }

    /** Whether no calls wait. */
    boolean isEmpty() {
        return count.get() == 0;
    }

    /** Whether so many calls wait that the text should pause. */
    boolean isFull() {
        return count.get() >= MANY;
    }

    /** What the listener threw; null if nothing. No further calls are made then. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Makes all calls that wait. */
    void make() {
        for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
            try {
                if (failure == null) {
                    call.run();
                }
            } catch (RuntimeException thrown) {
                failure = thrown;
            } finally {
                count.decrementAndGet();
            }
        }
    }

    private void add(Runnable call) {
        if (listener != DecodeListener.NONE) {
            count.incrementAndGet();
            calls.add(call);
        }
    }

    @Override
    public void onToken(int token, boolean forced) {
        add(() -> listener.onToken(token, forced));
    }

    @Override
    public void onText(String chunk) {
        add(() -> listener.onText(chunk));
    }

    @Override
    public void onProbabilities(TokenProbabilities thought) {
        add(() -> listener.onProbabilities(thought));
    }

    @Override
    public void onStep(StepTrace step) {
        add(() -> listener.onStep(step));
    }

    @Override
    public void onRestart(Outcome cause) {
        add(() -> listener.onRestart(cause));
    }

    @Override
    public void onFinish(Outcome outcome) {
        add(() -> listener.onFinish(outcome));
    }
}
