// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.core.error.InvalidInputException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The answers that are being written, so that a model can be closed when they are done. Thread-safe. */
final class AnswersUnderway {

    private final Set<Runnable> answers = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean isClosed;

    /**
     * An answer begins.
     *
     * @param cancel ends it
     * @throws InvalidInputException if the model is closed
     */
    synchronized void begin(Runnable cancel) {
        if (isClosed) {
            throw new InvalidInputException("the chat model is closed; ask before EspalierChatModel.close()");
        }
        answers.add(cancel);
    }

    /** The answer that this would cancel has ended. */
    synchronized void end(Runnable cancel) {
        answers.remove(cancel);
        notifyAll();
    }

    /** Lets no more answers begin, and waits for those under way; those that take longer than the patience are cancelled. */
    synchronized void close(Duration patience) {
        isClosed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); !answers.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answers.forEach(Runnable::run);
    }
}
