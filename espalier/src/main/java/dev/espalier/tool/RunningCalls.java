// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatMessage;
import dev.espalier.core.error.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** The calls of an answer that are run while it is written. One answer; one thread, but for the executor's. */
final class RunningCalls implements AnswerListener {

    private final Function<ToolCall, ChatMessage> runner;
    private final Optional<Executor> executor;
    private final List<FutureTask<ChatMessage>> begun = new ArrayList<>();
    private final List<FutureTask<ChatMessage>> waiting = new ArrayList<>();

    /**
     * No calls yet.
     *
     * @param runner runs a call
     * @param executor where; empty if calls wait for the end of the answer
     */
    RunningCalls(Function<ToolCall, ChatMessage> runner, Optional<Executor> executor) {
        this.runner = runner;
        this.executor = executor;
    }

    @Override
    public void onCall(int number, ToolCall call) {
        FutureTask<ChatMessage> task = new FutureTask<>(() -> runner.apply(call));
        begun.add(task);
        try {
            executor.ifPresent(each -> each.execute(task));
        } catch (RejectedExecutionException full) {
            waiting.add(task);
        }
    }

    @Override
    public void onRestart() {
        begun.forEach(task -> task.cancel(true));
        begun.clear();
        waiting.clear();
    }

    /**
     * The results of the calls of the answer, in order. Calls that were not begun, or that the executor did not take, are run now, on this thread.
     *
     * @throws CancelledException if this thread is interrupted
     */
    List<ChatMessage> results(List<ToolCall> calls) {
        for (int i = begun.size(); i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            FutureTask<ChatMessage> task = new FutureTask<>(() -> runner.apply(call));
            begun.add(task);
            waiting.add(task);
        }
        List<ChatMessage> results = new ArrayList<>();
        try {
            waiting.forEach(FutureTask::run);
            for (FutureTask<ChatMessage> task : begun) {
                results.add(task.get());
            }
            return results;
        } catch (InterruptedException e) {
            onRestart();
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted while a tool was running");
        } catch (ExecutionException | CancellationException e) {
            onRestart();
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a tool was not run to its end", e);
        }
    }
}
