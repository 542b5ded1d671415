// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.TextMatcher;
import java.util.Objects;

/**
 * Follows the text of a JSON value while it is written, and tells a {@link ValueListener} what is known of the value. Nothing is parsed twice: each
 * byte is read once by the matcher, which also says which bytes must follow, and by two scanners of constant size. For one thread at a time;
 * snapshots may go to others.
 *
 * <p>Cost: linear in the text, with as much work again for bytes that are forced. An object costs as much as its schema names members.
 */
public final class ValueTracker {

    private final TextMatcher matcher;
    private final KnownValues values;
    private final WrittenValues written;
    private final JsonScanner ahead;
    private final JsonScanner behind;
    private long work;

    private ValueTracker(TextMatcher matcher, ValueListener listener, boolean holds) {
        this.matcher = matcher;
        this.values = new KnownValues(listener, matcher::members, holds);
        this.written = new WrittenValues(values, listener, holds);
        this.ahead = new JsonScanner(values);
        this.behind = new JsonScanner(written);
    }

    /**
     * A tracker of a text of which nothing is written yet. What is forced from the beginning is told at once.
     *
     * @param schema what the text must be: a JSON Schema, or a Java type
     * @param cancellation ends calls soon
     */
    public static ValueTracker of(CompiledGrammar schema, ValueListener listener, Cancellation cancellation) {
        return of(schema, listener, cancellation, false);
    }

    /**
     * The same.
     *
     * @param holds whether the whole value is known only when the text is {@linkplain #finish finished}: for schemas of which something is checked
     *     at the end
     */
    public static ValueTracker of(
            CompiledGrammar schema, ValueListener listener, Cancellation cancellation, boolean holds) {
        Objects.requireNonNull(listener, "listener");
        ValueTracker tracker = new ValueTracker(new TextMatcher(schema, cancellation), listener, holds);
        tracker.runAhead();
        return tracker;
    }

    /**
     * More of the text is written.
     *
     * @throws InvalidInputException if the schema does not allow it there; the tracker is of no use then
     * @throws dev.espalier.core.error.EspalierException as {@link TextMatcher#read}
     */
    public void accept(byte[] bytes) {
        for (byte symbol : bytes) {
            accept(symbol);
        }
        if (behind.isInString()) {
            written.grow(behind.cut());
        }
    }

    private void accept(byte symbol) {
        boolean isNew = values.committed() == values.length();
        if (isNew) {
            matcher.read(symbol);
            values.append(symbol);
        }
        if (values.commit() != symbol) {
            throw new InvalidInputException("byte " + (values.committed() - 1)
                    + " of the text was refused: the grammar does not allow it here");
        }
        if (isNew) {
            work += 2;
            ahead.read(symbol);
        }
        work++;
        behind.read(symbol);
        if (isNew) {
            runAhead();
        }
    }

    /** Reads what must follow. */
    private void runAhead() {
        for (byte[] forced = matcher.forced(); forced.length > 0; forced = matcher.forced()) {
            for (byte symbol : forced) {
                matcher.read(symbol);
                values.append(symbol);
                ahead.read(symbol);
            }
            work += 3L * forced.length;
        }
        work++;
    }

    /** The text is written to its end. */
    public void finish() {
        ahead.finish();
        behind.finish();
        values.finish();
        written.finish();
    }

    /** The whole value as far as it is known. Cost: constant. */
    public PartialValue snapshot() {
        return values.snapshot(ahead.cut());
    }

    /** The bytes that were read by the matcher and the scanners, and the questions what is forced. */
    long work() {
        return work;
    }
}
