// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a text and the consumer of its items. Thread-safe; items are handed to a subscriber one at a time, by the thread that adds them
 * or the one that asks for them.
 *
 * @param <E> the type of the items
 */
public final class ValueQueue<E> implements ValueSource<E> {

    private final Runnable start;
    private final Runnable changed;
    private final Deque<E> items = new ArrayDeque<>();
    private Flow.@Nullable Subscriber<? super E> subscriber;
    private boolean consumed;
    private boolean abandoned;
    private boolean ended;
    private boolean emitting;
    private @Nullable Throwable failure;
    private long demand;

    /**
     * An empty queue.
     *
     * @param start called when it is consumed
     * @param changed called, without locks, when {@link #isStarved} may have changed
     */
    public ValueQueue(Runnable start, Runnable changed) {
        this.start = start;
        this.changed = changed;
    }

    /** Whether the text is to pause, since nobody asks for more. */
    public synchronized boolean isStarved() {
        if (abandoned || ended) {
            return false;
        }
        return subscriber == null ? !consumed || items.size() >= AHEAD : demand <= items.size();
    }

    /** One more item. */
    public void add(E item) {
        synchronized (this) {
            if (!abandoned) {
                items.add(item);
                notifyAll();
            }
        }
        emit();
    }

    /** No more items come. */
    public void end(@Nullable Throwable cause) {
        synchronized (this) {
            ended = true;
            failure = cause;
            notifyAll();
        }
        emit();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super E> other) {
        Objects.requireNonNull(other, "subscriber");
        boolean isFirst;
        synchronized (this) {
            isFirst = !consumed;
            consumed = true;
            subscriber = isFirst ? other : subscriber;
            emitting = isFirst || emitting; // nothing before onSubscribe
        }
        if (!isFirst) {
            other.onSubscribe(new Subscription(false));
            other.onError(new InvalidInputException("the source has a consumer already; make one for each"));
            return;
        }
        start.run();
        other.onSubscribe(new Subscription(true));
        synchronized (this) {
            emitting = false;
        }
        emit();
        changed.run();
    }

    /** Hands on what may be handed on, unless another call does. */
    private void emit() {
        while (true) {
            Flow.Subscriber<? super E> to;
            E item;
            synchronized (this) {
                to = subscriber;
                if (to == null || emitting || abandoned) {
                    return;
                }
                if (items.isEmpty()) {
                    if (!ended) {
                        return;
                    }
                    abandoned = true;
                } else if (demand == 0) {
                    return;
                }
                item = items.poll();
                demand -= item != null && demand != Long.MAX_VALUE ? 1 : 0;
                emitting = true;
            }
            hand(to, item);
        }
    }

    private void hand(Flow.Subscriber<? super E> to, @Nullable E item) {
        try {
            if (item != null) {
                to.onNext(item);
            } else if (failure != null) {
                to.onError(failure);
            } else {
                to.onComplete();
            }
        } finally {
            synchronized (this) {
                emitting = false;
            }
            changed.run();
        }
    }

    private final class Subscription implements Flow.Subscription {

        private final boolean isFirst;

        Subscription(boolean isFirst) {
            this.isFirst = isFirst;
        }

        @Override
        public void request(long count) {
            if (!isFirst) {
                return;
            }
            synchronized (ValueQueue.this) {
                if (count <= 0) {
                    items.clear();
                    ended = true;
                    failure = new InvalidInputException("a subscriber must ask for at least 1 item, not for " + count);
                } else {
                    demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
                }
            }
            emit();
            changed.run();
        }

        @Override
        public void cancel() {
            if (isFirst) {
                abandon();
            }
        }
    }

    private void abandon() {
        synchronized (this) {
            abandoned = true;
            items.clear();
            notifyAll();
        }
        changed.run();
    }

    @Override
    public Iterator<E> iterator() {
        synchronized (this) {
            if (consumed) {
                throw new InvalidInputException("the source has a consumer already; make one for each");
            }
            consumed = true;
        }
        start.run();
        changed.run();
        return new Items();
    }

    private final class Items implements Iterator<E> {

        private @Nullable E next;

        @Override
        public boolean hasNext() {
            next = next == null ? take() : next;
            return next != null;
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the text has ended");
            }
            E item = Objects.requireNonNull(next);
            next = null;
            return item;
        }
    }

    /** The next item; null behind the last one. */
    private @Nullable E take() {
        @Nullable E item;
        synchronized (this) {
            try {
                while (items.isEmpty() && !ended && !abandoned) {
                    wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancelledException("the thread that waited for an item was interrupted", interrupted);
            }
            item = items.poll();
            if (item == null && failure instanceof RuntimeException thrown) {
                throw thrown;
            }
        }
        changed.run();
        return item;
    }
}
