package dev.espalier.mask;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
                worker.prepare(states.get(i));
                made.incrementAndGet();
            }
            return made;
        });
    }

    /** The distinct top states that bytes lead to, one stack each; states that tokens cannot tell apart count once. */
    private List<State> reachable() {
        Stepper stepper = new Stepper(grammar.limits());
        List<State> states = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        ArrayDeque<StackSet> pending = new ArrayDeque<>();
        int longest = grammar.vocabulary().longestToken();
        pending.add(grammar.start());
        while (!pending.isEmpty() && states.size() < maxStates && !cancellation.isRequested()) {
            StackSet set = pending.remove();
            boolean added = false;
            for (int i = 0; i < set.size() && states.size() < maxStates; i++) {
                if (seen.add(set.top(i).within(longest))) {
                    states.add(set.top(i));
                    added = true;
                }
            }
            for (int symbol = 0; added && symbol < 256; symbol++) {
                StackSet next = stepper.step(set, symbol);
                if (!next.isEmpty()) {
                    pending.add(next);
                }
            }
        }
        return states;
    }
}
