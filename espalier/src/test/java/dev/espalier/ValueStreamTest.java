// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.stream.Field;
import dev.espalier.stream.ValueEvent;
import dev.espalier.stream.ValueSource;
import dev.espalier.stream.ValueState;
import dev.espalier.testing.ToyModel;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValueStreamTest {

    enum Colour {
        RED,
        GREEN
    }

    record Item(@Size(max = 6) String name, int count, Colour colour) {}

    record Invoice(
            @Size(min = 3, max = 40) List<Item> items,
            Optional<Colour> accent,
            @JsonProperty("grand-total") int total) {}

    record Basket(@Size(min = 2, max = 3) Map<String, Invoice> orders) {}

    record Dated(@JsonFormat(pattern = "yyyy") LocalDate day) {}

    private static final SamplingParameters SAMPLED = SamplingParameters.MODEL.withMaxTokens(900);
    private static final Output<Invoice> INVOICE = Output.of(Invoice.class);

    private final ToyModel model = new ToyModel();
    private final Generator generator = Generator.of(model);

    @AfterEach
    void close() {
        generator.close();
    }

    private static Request<Invoice> request(long seed) {
        return Request.of("an invoice", INVOICE).with(SAMPLED.withSeed(seed));
    }

    @Test
    void elementsComeAsTheyCloseAndAreThoseOfTheValue() {
        for (int seed = 0; seed < 10; seed++) {
            List<Item> items = new ArrayList<>();
            List<Item> before = new ArrayList<>();
            List<Integer> totals = new ArrayList<>();
            try (ValueStream<Invoice> stream = generator.stream(request(seed))) {
                stream.onElement(Invoice::items, items::add)
                        .onElement("/items/*/count", Integer.class, count -> before.addAll(items))
                        .onValue(Invoice::total, totals::add);
                Invoice invoice = stream.await().orElseThrow();
                assertEquals(invoice.items(), items);
                assertEquals(List.of(invoice.total()), totals);
                assertTrue(before.size() < items.size() * items.size(), "elements came all at once");
                assertEquals(
                        new Field<>(ValueState.COMPLETE, Optional.of(invoice.total())), stream.field(Invoice::total));
                assertEquals(
                        invoice.accent().isPresent() ? ValueState.COMPLETE : ValueState.ABSENT,
                        stream.field(Invoice::accent).state());
                assertEquals(invoice, generator.generate(request(seed)).orElseThrow());
            }
        }
    }

    @Test
    void partsAreFoundAtAnyDepth() {
        List<Item> items = new ArrayList<>();
        Request<Basket> request = Request.of("baskets", Output.of(Basket.class)).with(SAMPLED);
        try (ValueStream<Basket> stream = generator.stream(request)) {
            stream.onElement("/orders/*/items/*", Item.class, items::add);
            Basket basket = stream.await().orElseThrow();
            List<Item> all = basket.orders().values().stream()
                    .flatMap(invoice -> invoice.items().stream())
                    .toList();
            assertEquals(all.size(), items.size());
            assertTrue(items.containsAll(all), items.toString());
        }
    }

    @Test
    void aLoopSeesEachElementWhileTheTextIsWritten() {
        Invoice whole = generator.generate(request(3)).orElseThrow();
        try (ValueStream<Invoice> stream = generator.stream(request(3))) {
            ValueSource<Item> source = stream.elements(Invoice::items);
            List<Item> items = new ArrayList<>();
            for (Item item : source) {
                items.add(item);
            }
            assertEquals(whole.items(), items);
            assertEquals(whole, stream.await().orElseThrow());
            assertThrows(InvalidInputException.class, source::iterator);
        }
    }

    /** A subscriber that asks by hand. */
    private static final class Hand<E> implements Flow.Subscriber<E> {
        final LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription own) {
            subscription.complete(own);
        }

        @Override
        public void onNext(E item) {
            seen.add(item);
        }

        @Override
        public void onError(Throwable failure) {
            seen.add(failure);
        }

        @Override
        public void onComplete() {
            seen.add("complete");
        }
    }

    @Test
    void withoutDemandATextPausesAndOthersGoOn() throws Exception {
        Invoice whole = generator.generate(request(5)).orElseThrow();
        try (ValueStream<Invoice> stream = generator.stream(request(5))) {
            Hand<Item> hand = new Hand<>();
            stream.elements(Invoice::items).subscribe(hand);
            for (int i = 0; i < whole.items().size(); i++) {
                int passes = model.passes();
                generator.generate(request(6)).orElseThrow();
                assertTrue(model.passes() > passes, "others do not go on");
                assertTrue(hand.seen.isEmpty(), "an item that nobody asked for");
                assertFalse(stream.start().isDone(), "the text did not pause");
                hand.subscription.get().request(1);
                assertEquals(whole.items().get(i), hand.seen.take());
            }
            hand.subscription.get().request(Long.MAX_VALUE);
            assertEquals("complete", hand.seen.take());
            assertEquals(whole, stream.await().orElseThrow());
        }
    }

    @Test
    void aConsumerThatHasEnoughMayHaveTheValueClosed() {
        int shorter = 0;
        for (int seed = 0; seed < 10; seed++) {
            Generation<Invoice> whole = generator.generate(request(seed));
            try (ValueStream<Invoice> stream = generator.stream(request(seed))) {
                stream.onElement("/items/0", Item.class, first -> stream.finishSoon());
                Generation<Invoice> closed = stream.await();
                assertInstanceOf(Outcome.Complete.class, closed.outcome());
                assertEquals(
                        whole.orElseThrow().items().get(0),
                        closed.orElseThrow().items().get(0));
                assertEquals("", closed.orElseThrow().items().get(2).name());
                assertEquals(3, closed.orElseThrow().items().size());
                shorter += closed.usage().writtenTokens() < whole.usage().writtenTokens() ? 1 : 0;
            }
        }
        assertTrue(shorter > 5, shorter + " were shorter");
    }

    @Test
    void aTextThatIsToBeClosedFromTheBeginningIsTheShortest() {
        Output<String> output =
                Output.jsonSchema("{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":2}");
        try (ValueStream<String> stream =
                generator.stream(Request.of("x", output).with(SAMPLED))) {
            stream.finishSoon();
            assertEquals("[\"\",\"\"]", stream.await().orElseThrow());
        }
    }

    @Test
    void aStreamThatIsClosedEndsItsConsumersWithTheReason() throws Exception {
        ValueStream<Invoice> stream = generator.stream(request(1));
        Hand<ValueEvent> hand = new Hand<>();
        ValueSource<ValueEvent> events = stream.events();
        events.subscribe(hand);
        stream.close();
        hand.subscription.get().request(Long.MAX_VALUE);
        Object last = hand.seen.take();
        while (last instanceof ValueEvent) {
            last = hand.seen.take();
        }
        assertInstanceOf(CancelledException.class, last);
        assertInstanceOf(Outcome.Cancelled.class, stream.await().outcome());
        assertFalse(stream.snapshot().isKnown());
        Hand<ValueEvent> second = new Hand<>();
        events.subscribe(second);
        assertInstanceOf(InvalidInputException.class, second.seen.take());
    }

    @Test
    void aLoopOverACancelledTextEndsWithTheReason() {
        ValueStream<Invoice> stream = generator.stream(request(1));
        Iterator<Item> items = stream.elements(Invoice::items).iterator();
        items.next();
        stream.close();
        assertThrows(CancelledException.class, () -> {
            while (items.hasNext()) {
                items.next();
            }
        });
    }

    @Test
    void aSubscriberThatCancelsLetsTheTextGoOn() throws Exception {
        try (ValueStream<Invoice> stream = generator.stream(request(2))) {
            Hand<Item> hand = new Hand<>();
            stream.elements(Invoice::items).subscribe(hand);
            hand.subscription.get().request(1);
            hand.seen.take();
            hand.subscription.get().cancel();
            assertEquals(
                    generator.generate(request(2)).orElseThrow(), stream.await().orElseThrow());
            assertTrue(hand.seen.isEmpty());
        }
    }

    @Test
    void snapshotsAreThereForAnyThread() {
        List<ValueState> states = new ArrayList<>();
        try (ValueStream<Invoice> stream = generator.stream(request(4))) {
            assertEquals(ValueState.PENDING, stream.snapshot().state());
            stream.on(ValueEvent.to(
                    event -> states.add(stream.snapshot().get("/grand-total").state())));
            stream.await();
            assertEquals(ValueState.PENDING, states.get(0));
            assertEquals(
                    ValueState.COMPLETE, stream.snapshot().get("/grand-total").state());
            assertEquals(ValueState.COMPLETE, stream.snapshot().state());
        }
    }

    @Test
    void theListenerOfTheRequestIsCalledToo() {
        StringBuilder text = new StringBuilder();
        DecodeListener listener = new DecodeListener() {
            @Override
            public void onText(String chunk) {
                text.append(chunk);
            }
        };
        try (ValueStream<Invoice> stream = generator.stream(request(4).with(listener))) {
            assertEquals(stream.await().text(), text.toString());
        }
    }

    @Test
    void aConsumerThatThrowsEndsItsText() {
        try (ValueStream<Invoice> stream = generator.stream(request(4))) {
            stream.onElement(Invoice::items, item -> {
                throw new IllegalStateException("no more");
            });
            assertInstanceOf(Outcome.Refused.class, stream.await().outcome());
        }
    }

    @Test
    void whatHasNoValuesOrNoSuchPropertyIsRefused() {
        assertThrows(InvalidInputException.class, () -> generator.stream(Request.of("x", Output.regex("[0-9]+"))));
        ValueStream<Invoice> stream = generator.stream(request(0));
        assertTrue(refusal(() -> stream.onElement(invoice -> invoice.items(), item -> {}))
                .contains("not a lambda"));
        assertTrue(refusal(() -> stream.onValue(Object::hashCode, hash -> {})).contains("no property"));
        assertThrows(InvalidInputException.class, () -> stream.onElement("items", Item.class, item -> {}));
        ValueStream<String> text = generator.stream(Request.of("x", Output.jsonSchema("{\"type\":\"string\"}")));
        assertTrue(refusal(() -> text.onValue(String::isEmpty, value -> {})).contains("no Java type"));
        stream.await();
        assertTrue(refusal(() -> stream.onElement(Invoice::items, item -> {})).contains("before"));
    }

    @Test
    void aPropertyThatIsReadInAWayOfItsOwnIsRefused() {
        Output<Dated> dated = Output.jsonSchema("{\"type\":\"object\",\"properties\":{\"day\":{\"type\":\"string\"}}}")
                .as(Dated.class);
        ValueStream<Dated> stream = generator.stream(Request.of("x", dated));
        assertThrows(UnsupportedFeatureException.class, () -> stream.onValue(Dated::day, day -> {}));
    }

    private static String refusal(Runnable action) {
        return String.valueOf(
                assertThrows(InvalidInputException.class, action::run).getMessage());
    }

    @Test
    void whatMayBeTakenBackIsNotStreamed() {
        Output<String> twice = Output.jsonSchema(
                "{\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}],\"type\":\"string\"}",
                SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
        Request<String> request = Request.of("x", twice).with(SAMPLED);
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> generator.stream(request));
        assertEquals("pattern", refused.feature());
        int ended = 0;
        for (int seed = 0; seed < 20; seed++) {
            try (ValueStream<String> stream =
                    generator.stream(request.with(SAMPLED.withSeed(seed)).withAttempts(1))) {
                Generation<String> generation = stream.await();
                assertSame(generation.isComplete(), stream.snapshot().isKnown());
                ended += generation.isComplete() ? 1 : 0;
            }
        }
        assertTrue(ended > 2 && ended < 20, ended + " ended well");
    }

    @Test
    void aClosedGeneratorStartsNoStream() {
        ValueStream<Invoice> stream = generator.stream(request(0));
        generator.close();
        assertThrows(EspalierException.class, stream::start);
        assertThrows(EspalierException.class, () -> generator.stream(request(0)));
    }
}
