// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.TokenProbabilities;
import dev.espalier.sampler.decode.DecodeControl;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.source.OutputSource;
import dev.espalier.stream.Field;
import dev.espalier.stream.PartialValue;
import dev.espalier.stream.Property;
import dev.espalier.stream.ValueEvent;
import dev.espalier.stream.ValueListener;
import dev.espalier.stream.ValueParts;
import dev.espalier.stream.ValueQueue;
import dev.espalier.stream.ValueSource;
import dev.espalier.stream.ValueTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value while it is written: its parts as Java values as soon as they are known, events, snapshots. It is told first what is wanted, and begins
 * with {@link #start}, {@link #await}, or the first consumer of a source.
 *
 * <pre>{@code
 * try (ValueStream<Invoice> stream = generator.stream(Request.of(mail, Output.of(Invoice.class)))) {
 *     stream.onElement(Invoice::items, item -> show(item));
 *     Invoice invoice = stream.await().orElseThrow();
 * }
 * }</pre>
 *
 * <p>What is handed on never changes. If the text comes to no whole value, because it is cancelled or the model fails, parts that were handed on
 * are parts of no value.
 *
 * <p>Consumers and listeners are called by threads of the generator, one call at a time, and for what is known from the beginning by the one that
 * starts the stream. One that throws ends the text as {@link Outcome.Refused}. Thread-safe.
 *
 * @param <T> the type of the value
 */
public final class ValueStream<T> implements AutoCloseable {

    private final Request<T> request;
    private final CompiledOutput compiled;
    private final Function<DecodeRequest, CompletableFuture<Outcome>> decoder;
    private final Generation.FieldConfidence fields;
    private final Function<Request<T>, DecodeRequest> preparing;
    private final ValueParts parts;
    private final List<ValueListener> listeners = new ArrayList<>();
    private final List<ValueQueue<?>> queues = new ArrayList<>();
    private final DecodeControl control = new DecodeControl();
    private final Cancellation closed = new Cancellation();
    private final boolean holds;
    private @Nullable CompletableFuture<Generation<T>> generation;
    private volatile @Nullable PartialValue snapshot;

    ValueStream(
            Request<T> request,
            CompiledOutput compiled,
            Function<Request<T>, DecodeRequest> preparing,
            Function<DecodeRequest, CompletableFuture<Outcome>> decoder,
            Generation.FieldConfidence fields) {
        this.request = request;
        this.fields = fields;
        this.compiled = compiled;
        this.preparing = preparing;
        this.decoder = decoder;
        this.parts = request.output().parts();
        this.holds = compiled.source().hasKeywords(Enforcement.CHECKED_AT_END)
                || compiled.source().hasKeywords(Enforcement.NOT_ENFORCED);
        listeners.add(parts);
        check();
    }

    private void check() {
        if (!(request.output().source() instanceof OutputSource.Schema)) {
            throw new InvalidInputException(
                    "values are streamed of outputs with a JSON Schema or a Java type; a listener of the request sees other texts");
        }
        boolean mayRestart = request.attempts() > 1 && request.sampling().isRandom();
        CompileReport report = compiled.source().report().orElseThrow();
        report.entries().stream()
                .filter(entry -> mayRestart && entry.enforcement() == Enforcement.CHECKED_AT_END)
                .findFirst()
                .ifPresent(entry -> {
                    throw new UnsupportedFeatureException(
                            entry.keyword(),
                            entry.pointer()
                                    + " is checked when the text is finished, which may take back what was streamed; allow one attempt",
                            Place.UNKNOWN);
                });
    }

    /**
     * Hands on each item of a property of the value once it is known.
     *
     * @param property a reference to an accessor: {@code Invoice::items}
     * @throws InvalidInputException if it is none, JSON has no such property, or the stream was started
     * @throws UnsupportedFeatureException if an annotation has the property read in another way than others of its type
     */
    public <E> ValueStream<T> onElement(
            Property<? super T, ? extends Iterable<E>> property, Consumer<? super E> consumer) {
        return with(() -> parts.addItems(property, consumer));
    }

    /**
     * Hands on each part at a place, read as the whole value is, once it is known.
     *
     * @param pattern a JSON pointer in which {@code *} stands for every key or index: {@code /orders/*}{@code /items/*}
     * @throws InvalidInputException if it is none, or the stream was started
     */
    public <E> ValueStream<T> onElement(String pattern, Class<E> type, Consumer<? super E> consumer) {
        return with(() -> parts.add(pattern, type, consumer));
    }

    /** Hands on a property of the value once it is known; not at all if it is absent. Errors: as {@link #onElement(Property, Consumer)}. */
    public <R> ValueStream<T> onValue(Property<? super T, R> property, Consumer<? super R> consumer) {
        return with(() -> parts.add(property, consumer));
    }

    /** Tells a listener of all events. */
    public ValueStream<T> on(ValueListener listener) {
        return with(() -> listeners.add(listener));
    }

    /** The items of a property of the value, for a consumer of its own. Errors: as {@link #onElement(Property, Consumer)}. */
    public <E> ValueSource<E> elements(Property<? super T, ? extends Iterable<E>> property) {
        ValueQueue<E> queue = queue();
        with(() -> parts.addItems(property, queue::add));
        return added(queue);
    }

    /** The parts at a place, for a consumer of its own. Errors: as {@link #onElement(String, Class, Consumer)}. */
    public <E> ValueSource<E> elements(String pattern, Class<E> type) {
        ValueQueue<E> queue = queue();
        with(() -> parts.add(pattern, type, queue::add));
        return added(queue);
    }

    /** All events, for a consumer of its own. */
    public ValueSource<ValueEvent> events() {
        ValueQueue<ValueEvent> queue = queue();
        with(() -> listeners.add(ValueEvent.to(queue::add)));
        return added(queue);
    }

    private <E> ValueQueue<E> queue() {
        return new ValueQueue<>(this::start, this::pauseOrResume);
    }

    private synchronized <E> ValueQueue<E> added(ValueQueue<E> queue) {
        queues.add(queue);
        return queue;
    }

    private synchronized ValueStream<T> with(Runnable change) {
        if (generation != null) {
            throw new InvalidInputException("the stream was started; say what is wanted before");
        }
        change.run();
        return this;
    }

    /** Pauses the text while some source has no demand. */
    private synchronized void pauseOrResume() {
        if (queues.stream().anyMatch(ValueQueue::isStarved)) {
            control.pause();
        } else {
            control.resume();
        }
    }

    /**
     * Begins, unless that was done.
     *
     * @return the generation, however it ends; when a consumer of a source hears of the end, it is there
     * @throws EspalierException if the generator is closed, or too many texts wait
     */
    public synchronized CompletableFuture<Generation<T>> start() {
        CompletableFuture<Generation<T>> begun = generation;
        if (begun != null) {
            return begun;
        }
        ValueTracker tracker = ValueTracker.of(compiled.grammar(), all(), new Cancellation(), holds);
        snapshot = tracker.snapshot();
        pauseOrResume();
        DecodeRequest prepared = preparing
                .apply(request.with(new Watcher(tracker))
                        .with(request.cancellation().or(closed)))
                .with(control);
        CompletableFuture<Generation<T>> ended = decoder.apply(prepared)
                .thenApply(outcome -> Generation.of(outcome, request, compiled.source(), fields));
        generation = ended;
        List<ValueQueue<?>> sources = List.copyOf(queues);
        ended.whenComplete((done, thrown) -> {
            Throwable cause = done == null ? thrown : done.failure().orElse(null);
            sources.forEach(source -> source.end(cause));
        });
        return ended;
    }

    private ValueListener all() {
        return listeners.stream().reduce(ValueListener::and).orElse(ValueListener.NONE);
    }

    /** {@link #start}, and waits until the text has ended. Interrupting the thread cancels the text. */
    public Generation<T> await() {
        CompletableFuture<Generation<T>> ended = start();
        try {
            return ended.get();
        } catch (InterruptedException interrupted) {
            close();
            Generation<T> cancelled = ended.join();
            Thread.currentThread().interrupt();
            return cancelled;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a generation has no outcome", failed.getCause());
        }
    }

    /** What is known of the value now; any thread may ask. Cost: constant. */
    public PartialValue snapshot() {
        PartialValue latest = snapshot;
        return latest == null ? PartialValue.NOTHING : latest;
    }

    /** What is known now of a property of the value. Errors: as {@link #onElement(Property, Consumer)}; cost: that of reading it. */
    public <R> Field<R> field(Property<? super T, R> property) {
        return parts.field(property, snapshot());
    }

    /**
     * Has the value closed in the fewest tokens that are possible, as if its token budget were spent: it is whole and valid, and shorter. A pause
     * ends. What the forward pass under way brings may still be added.
     */
    public void finishSoon() {
        control.closeSoon();
    }

    /** Cancels the text if it has not ended; the value is lost then. */
    @Override
    public void close() {
        closed.cancel();
        control.resume();
    }

    /** Hands the committed bytes to the tracker, and everything to the listener of the request. */
    private final class Watcher implements DecodeListener {

        private final ValueTracker tracker;
        private final DecodeListener other = request.listener();

        Watcher(ValueTracker tracker) {
            this.tracker = tracker;
        }

        @Override
        public void onToken(int token, boolean forced) {
            other.onToken(token, forced);
            tracker.accept(compiled.grammar().vocabulary().bytes(token).toByteArray());
            snapshot = tracker.snapshot();
        }

        @Override
        public void onText(String chunk) {
            other.onText(chunk);
        }

        @Override
        public void onProbabilities(TokenProbabilities thought) {
            other.onProbabilities(thought);
        }

        @Override
        public void onStep(StepTrace step) {
            other.onStep(step);
        }

        @Override
        public void onRestart(Outcome cause) {
            throw new IllegalStateException("a streamed text is begun once");
        }

        @Override
        public void onFinish(Outcome outcome) {
            if (outcome.isComplete() && isChecked(outcome)) {
                tracker.finish();
                snapshot = tracker.snapshot();
            }
            other.onFinish(outcome);
        }

        private boolean isChecked(Outcome outcome) {
            try {
                compiled.source().checkNotEnforced(outcome.transcript().text());
                return true;
            } catch (InvalidInputException broken) {
                return false; // as the generation will say
            }
        }
    }
}
