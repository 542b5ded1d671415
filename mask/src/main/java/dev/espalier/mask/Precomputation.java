package dev.espalier.mask;

import dev.espalier.automata.State;
import dev.espalier.grammar.Cancellation;
import dev.espalier.mask.stack.SegmentMasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of {@link CompiledGrammar#precompute}: lists frame states breadth first, then makes their masks in parallel. */
final class Precomputation {

    private final CompiledGrammar grammar;
    private final int maxStates;
    private final Cancellation cancellation;

    Precomputation(CompiledGrammar grammar, int maxStates, Cancellation cancellation) {
        this.grammar = grammar;
        this.maxStates = maxStates;
        this.cancellation = cancellation;
    }

    int run(int threads) {
        List<State> states = reachable();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        if (threads <= 1) {
            work(states, next, made);
            return made.get();
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "espalier-precompute");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> work(states, next, made)));
            }
            for (Future<?> each : running) {
                await(each);
            }
        } finally {
            pool.shutdownNow();
        }
        return made.get();
    }

    private static void await(Future<?> running) {
        try {
            running.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(List<State> states, AtomicInteger next, AtomicInteger made) {
        grammar.work(worker -> {
            for (int i = next.getAndIncrement(); i < states.size(); i = next.getAndIncrement()) {
                if (cancellation.isRequested() || Thread.currentThread().isInterrupted()) {
                    break;
                }
                if (SegmentMasks.isAskedFor(states.get(i))) {
                    worker.prepare(states.get(i));
                }
                made.incrementAndGet();
            }
            return made;
        });
    }

    /** The distinct top states that symbols lead to, one stack each. */
    private List<State> reachable() {
        Reachable reachable = new Reachable(grammar);
        reachable.search(maxStates, cancellation);
        return reachable.states();
    }
}
