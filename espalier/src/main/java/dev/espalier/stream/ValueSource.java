// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.util.Iterator;
import java.util.concurrent.Flow;

/**
 * Parts of a value or events of it, one after the other while it is written, for one consumer: a subscriber or one loop. Consuming it starts the
 * text. Thread-safe.
 *
 * <p>Demand decides how far the text is written: while a subscriber has not asked for more, and while a loop is {@value #AHEAD} items behind, the
 * text pauses. Other texts of the generator go on. A source that nobody consumes lets the text wait for ever.
 *
 * <p>It ends well if the whole text could be read as the value; else with the {@link dev.espalier.core.error.EspalierException} that says why not.
 * A consumer that has enough ({@link Flow.Subscription#cancel}) takes no part from then on, and the text goes on for the others.
 *
 * @param <E> the type of the items
 */
public interface ValueSource<E> extends Flow.Publisher<E>, Iterable<E> {

    /** How many items a loop may be behind before the text pauses. */
    int AHEAD = 16;

    /**
     * Hands items to a subscriber, as {@link Flow.Publisher} says. A second one is refused by {@code onError}.
     *
     * @throws dev.espalier.core.error.EspalierException if the text cannot be started
     */
    @Override
    void subscribe(Flow.Subscriber<? super E> subscriber);

    /**
     * The items; waits for each.
     *
     * @return throws an {@link dev.espalier.core.error.EspalierException} behind the last item if the text came to no value, or the thread was
     *     interrupted
     * @throws dev.espalier.core.error.InvalidInputException if somebody consumes the source already
     */
    @Override
    Iterator<E> iterator();
}
