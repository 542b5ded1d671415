// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.BatchPass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes many texts in shared forward passes; texts join and leave at any step. There is no thread of its own: of those that wait for texts, one at a
 * time leads, that is, runs passes for all until its own texts are done.
 *
 * <p>Thread-safe.
 */
final class Scheduler {

    /** How long a thread sleeps at most before it looks whether a text was cancelled, in nanoseconds. */
    private static final long SLEEP_NANOS = 5_000_000;

    /** The tokens of a pass up to which more of them take little more time. */
    private static final int PASS_ROWS = 16;

    /** Texts of other threads wait for a mask at least so long, in nanoseconds, and up to half a pass, before they go on without its text. */
    private static final long PATIENCE_NANOS = 1_000_000;

    private final DecodingTools tools;
    private final BatchOptions options;
    private final BatchListener listener;
    private final SharedStarts starts;
    private final Admission admission;
    private final Passes passes;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiter> waiters = new ArrayList<>();
    private final List<Row> arrived = new ArrayList<>();
    private volatile @Nullable Waiter leader;
    private volatile boolean closed;

    Scheduler(DecodingTools tools, BatchOptions options, BatchListener listener) {
        this.tools = tools;
        this.options = options;
        this.listener = listener;
        this.starts = new SharedStarts(tools, options.prefixTokens(), options.invariant() ? options.promptTokens() : 1);
        this.admission = new Admission(options, tools, starts.store());
        this.passes = new Passes(tools, options.invariant());
    }

    /** A mask is done, or a listener was called: whoever leads, or could, looks at it. */
    void signal() {
        Waiter leading = leader;
        if (leading != null) {
            leading.wake();
            return;
        }
        lock.lock();
        try {
            if (!waiters.isEmpty()) {
                waiters.get(0).wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A thread waits from now on. */
    void enter(Waiter waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Adds rows, which have begun. */
    void add(List<Row> rows) {
        rows.forEach(row -> row.control().onChange(this::signal));
        lock.lock();
        try {
            arrived.addAll(rows);
        } finally {
            lock.unlock();
        }
        Waiter leading = leader;
        if (leading != null) {
            leading.wake();
        }
    }

    /** A thread that waited has what it wanted. */
    void leave(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
            if (!waiters.isEmpty()) {
                waiters.get(0).wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leads for one step if nobody else does and there is something to do; else sleeps a while. */
    void await(Waiter waiter) {
        if (!lead(waiter)) {
            waiter.sleep(SLEEP_NANOS);
            return;
        }
        boolean progress = false;
        try {
            progress = step(waiter);
        } finally {
            if (closed) {
                starts.store().shrink(0);
            }
            leader = null;
            follow(waiter);
        }
        if (!progress) {
            waiter.sleep(SLEEP_NANOS);
        }
    }

    private boolean lead(Waiter waiter) {
        lock.lock();
        try {
            if (leader != null) {
                return false;
            }
            leader = waiter;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those that have news, and if the waiter goes away for a while, one that can lead. */
    private void follow(Waiter waiter) {
        lock.lock();
        try {
            boolean woken = !waiter.hasNews();
            for (Waiter other : waiters) {
                if (other != waiter && other.hasNews()) {
                    other.wake();
                    woken = true;
                }
            }
            for (int i = 0; !woken && i < waiters.size(); i++) {
                if (waiters.get(i) != waiter) {
                    waiters.get(i).wake();
                    woken = true;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** One pass, with what is to be done before and after it; whether anything was done. */
    private boolean step(Waiter waiter) {
        boolean progress = admit();
        List<Row> active = admission.active();
        int draft = draftRoom();
        active.forEach(row -> row.proceed(draft));
        progress |= removeEnded();
        writeDrafts();
        boolean hasRoom = admission.makeRoom();
        Map<Row, Integer> reading = new LinkedHashMap<>();
        synchronized (tools.model()) {
            if (hasRoom) {
                choose(active, reading);
            }
            if (!reading.isEmpty()) {
                run(reading);
                progress = true;
            }
        }
        settle(waiter);
        return removeEnded() || progress;
    }

    /**
     * The most tokens of a text that are worth guessing: a pass over few rows waits for memory, and more rows are nearly free. Where texts must not
     * depend on their company, neither must this.
     */
    private int draftRoom() {
        int rows = options.invariant() ? 1 : Math.max(1, admission.active().size());
        return PASS_ROWS / rows - 1;
    }

    /** Has the draft model write for all rows that asked it, and begins their masks. */
    private void writeDrafts() {
        List<DecodingSequence> asking = admission.active().stream()
                .map(Row::sequence)
                .filter(DecodingSequence::asksForDraft)
                .toList();
        if (!asking.isEmpty()) {
            tools.drafts().write(asking.stream().map(DecodingSequence::drafts).toList());
            asking.forEach(DecodingSequence::launchWritten);
        }
    }

    private boolean admit() {
        lock.lock();
        try {
            admission.add(arrived);
            arrived.clear();
        } finally {
            lock.unlock();
        }
        return admission.admit();
    }

    /** The rows that take part in the next pass, with the most tokens that each reads. */
    private void choose(List<Row> active, Map<Row, Integer> reading) {
        int room = options.promptTokens();
        for (Row row : active) {
            if (!row.wantsPass()) {
                continue;
            }
            ModelInput input = row.sequence().input();
            if (!input.isOpen() && (!starts.begin(row, active) || !row.wantsPass())) {
                continue; // another row reads its start, or has read it
            }
            int most = input.isAtStart() ? Math.min(input.pending().length, options.promptTokens()) : Integer.MAX_VALUE;
            if (input.isAtStart() && !options.invariant()) {
                most = Math.min(most, room);
            }
            if (most == 0 || (input.isAtStart() && most > room && room < options.promptTokens())) {
                continue;
            }
            if (row.sequence().takeSession()) {
                reading.put(row, most);
                room -= input.isAtStart() ? Math.min(most, room) : 0;
            }
        }
    }

    private void run(Map<Row, Integer> reading) {
        int prompts = 0;
        for (Row row : reading.keySet()) {
            ModelInput input = row.sequence().input();
            prompts += input.isAtStart() ? Math.min(reading.get(row), input.pending().length) : 0;
        }
        List<Row> served = passes.run(reading);
        for (Row row : admission.active()) {
            if (row.wantsPass() && !row.sequence().input().isOpen()) {
                starts.begin(row, served);
            }
        }
        listener.onPass(new BatchPass(
                served.size(),
                passes.tokens(),
                prompts,
                starts.takeTokens(),
                passes.nanos(),
                admission.active().size(),
                admission.waiting(),
                admission.cached(),
                starts.store().size()));
    }

    /** Goes on with all rows whose masks are there; waits for the others as long as there is nothing better to do. */
    private void settle(Waiter waiter) {
        long since = System.nanoTime();
        long patience = Math.max(PATIENCE_NANOS, passes.nanos() / 2);
        boolean together = areOfOneCaller();
        while (true) {
            boolean waits = false;
            boolean others = false;
            for (Row row : admission.active()) {
                row.proceed(draftRoom());
                waits |= row.sequence().awaitsMask();
                others |= row.wantsPass() || !row.sequence().isActive();
            }
            if (!waits) {
                return;
            }
            long left = patience - (System.nanoTime() - since);
            if (left <= 0) {
                tools.threads().overtake();
            }
            boolean busy = (!together && (others || waiter.hasNews())) || hasArrived();
            if (busy && left <= 0) {
                admission.active().forEach(row -> row.sequence().keepLogits());
                return;
            }
            waiter.sleep(left > 0 ? left : SLEEP_NANOS);
        }
    }

    private boolean areOfOneCaller() {
        List<Waiter> callers =
                admission.active().stream().map(Row::waiter).distinct().toList();
        return callers.isEmpty() || (callers.size() == 1 && !callers.get(0).isForMany());
    }

    private boolean hasArrived() {
        lock.lock();
        try {
            return !arrived.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean removeEnded() {
        boolean any = false;
        for (Row row : List.copyOf(admission.active())) {
            if (!row.sequence().isActive()) {
                admission.active().remove(row);
                synchronized (tools.model()) {
                    if (row.sequence().outcome().isComplete()) {
                        starts.end(row);
                    }
                }
                row.end();
                any = true;
            }
        }
        return any;
    }

    /** Gives back what is kept of ended texts; whoever leads does so if it cannot be done at once. */
    void close() {
        closed = true;
        Waiter nobody = new Waiter(false);
        if (lead(nobody)) {
            starts.store().shrink(0);
            leader = null;
        }
        signal();
    }
}
