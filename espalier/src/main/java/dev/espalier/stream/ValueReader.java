// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value whose text somebody else brings, chunk by chunk: the streams of frameworks, for instance. It is told first what is wanted, and then the text. From
 * {@link dev.espalier.OutputCompiler#reader}.
 *
 * <pre>{@code
 * ValueReader<Invoice> reader = assistant.compiler().reader(Output.of(Invoice.class)).onElement(Invoice::items, item -> show(item));
 * chunks.forEach(reader::accept);
 * Invoice invoice = reader.finish();
 * }</pre>
 *
 * <p>What is handed on never changes. For one thread at a time; snapshots may go to others. Cost: linear in the text.
 *
 * @param <T> the type of the value
 */
public final class ValueReader<T> {

    private final CompiledGrammar grammar;
    private final ValueParts parts;
    private final Function<String, T> whole;
    private final boolean holds;
    private final StringBuilder text = new StringBuilder();
    private ValueListener listener;
    private @Nullable ValueTracker tracker;

    /**
     * A reader of a text of which nothing is there yet.
     *
     * @param grammar what the text must be: a JSON Schema, or a Java type
     * @param parts has no parts yet
     * @param whole reads the whole text
     * @param holds whether the whole value is known only when the text is finished
     */
    public ValueReader(CompiledGrammar grammar, ValueParts parts, Function<String, T> whole, boolean holds) {
        this.grammar = grammar;
        this.parts = parts;
        this.whole = whole;
        this.holds = holds;
        this.listener = parts;
    }

    /** Hands on each item of a property of the value once it is known. Errors: as {@code ValueStream}'s. */
    public <E> ValueReader<T> onElement(
            Property<? super T, ? extends Iterable<E>> property, Consumer<? super E> consumer) {
        return with(() -> parts.addItems(property, consumer));
    }

    /** Hands on each part at a place, given by a JSON pointer in which {@code *} stands for every key or index. Errors: as {@code ValueStream}'s. */
    public <E> ValueReader<T> onElement(String pattern, Class<E> type, Consumer<? super E> consumer) {
        return with(() -> parts.add(pattern, type, consumer));
    }

    /** Hands on a property of the value once it is known; not at all if it is absent. Errors: as {@code ValueStream}'s. */
    public <R> ValueReader<T> onValue(Property<? super T, R> property, Consumer<? super R> consumer) {
        return with(() -> parts.add(property, consumer));
    }

    /** Tells a listener of all events. */
    public ValueReader<T> on(ValueListener other) {
        return with(() -> listener = listener.and(other));
    }

    private ValueReader<T> with(Runnable change) {
        if (tracker != null) {
            throw new InvalidInputException("the text has begun; say what is wanted before");
        }
        change.run();
        return this;
    }

    private ValueTracker tracker() {
        ValueTracker begun = tracker;
        if (begun == null) {
            begun = ValueTracker.of(grammar, listener, new Cancellation(), holds);
            tracker = begun;
        }
        return begun;
    }

    /**
     * More of the text.
     *
     * @param chunk whole characters
     * @throws InvalidInputException if the output does not allow it there; the reader is of no use then
     */
    public void accept(String chunk) {
        text.append(chunk);
        tracker().accept(chunk.getBytes(StandardCharsets.UTF_8));
    }

    /** What is known of the value now. Cost: constant. */
    public PartialValue snapshot() {
        return tracker().snapshot();
    }

    /** What is known now of a property of the value. Errors: as {@code ValueStream}'s; cost: that of reading it. */
    public <R> Field<R> field(Property<? super T, R> property) {
        return parts.field(property, snapshot());
    }

    /**
     * The whole value, of a text that is there to its end.
     *
     * @throws InvalidInputException if it is not, or the value cannot be read
     */
    public T finish() {
        T value = whole.apply(text.toString());
        tracker().finish();
        return value;
    }
}
