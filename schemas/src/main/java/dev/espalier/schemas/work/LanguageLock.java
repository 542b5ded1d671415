// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of all that is known of one schema. A step takes it while it works out what is not known yet:
 *
 * <pre>{@code
 * try (LanguageLock held = language.lock().enter()) {
 *     …
 * }
 * }</pre>
 *
 * Reentrant. What is guarded by it may be read and changed between {@code enter} and {@code close} alone; what any thread may read
 * without it says so.
 */
public final class LanguageLock implements AutoCloseable {

    private final @Nullable ReentrantLock lock;
    private final Deadline deadline;

    private LanguageLock(@Nullable ReentrantLock lock, Deadline deadline) {
        this.lock = lock;
        this.deadline = deadline;
    }

    /** A lock, and the deadline of the steps that take it. */
    public static LanguageLock of(Deadline deadline) {
        return new LanguageLock(new ReentrantLock(), deadline);
    }

    /** For a language inside another, which that one's lock guards, also on the threads that deep recursion goes on in. */
    public static LanguageLock none(Deadline deadline) {
        return new LanguageLock(null, deadline);
    }

    /** Takes the lock and gives the step its time. */
    public LanguageLock enter() {
        if (lock != null) {
            lock.lock();
        }
        deadline.start();
        return this;
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.unlock();
        }
    }
}
