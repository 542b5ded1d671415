// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.InfillMethod;
import dev.espalier.Infiller;
import dev.espalier.Infilling;
import dev.espalier.InfillingRequest;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/** Infilling from the front door, with the embedded model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InfillerTest {

    record Parcel(String recipient, int weight, boolean fragile) {}

    private static final String MAIL = "Recipient: Dorval\nWeight: 12\nFragile: yes";
    private static final Output<Parcel> PARCEL = Output.of(Parcel.class);

    @SuppressWarnings("NullAway.Init") // opened before all tests
    private Infiller infiller;

    @BeforeAll
    void open() {
        infiller = Sprig.infiller();
    }

    @AfterAll
    void close() {
        infiller.close();
    }

    @Test
    void openObjectsAreFilled() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"recipient\":{\"type\":\"string\"}},\"required\":[\"recipient\"]}";
        String text = infiller.infill(MAIL, Output.jsonSchema(schema), "{\"recipient\":[[4]],\"a[[2]]\":[[12]]");
        assertTrue(text.contains("\"recipient\""), text);
    }

    @Test
    void aKeyThatComesTwiceIsNoValue() {
        Infilling<String> repeated = infiller.infill(
                InfillingRequest.of(MAIL, Output.jsonSchema("{\"type\":\"object\"}"), "{\"a\":1,\"a\":[[2]]}"));
        assertTrue(repeated.value().isEmpty());
        assertTrue(String.valueOf(repeated.failure().orElseThrow().getMessage()).contains("comes twice"));
    }

    @Test
    void givenTextIsInTheValue() {
        Parcel parcel =
                infiller.infill(MAIL, PARCEL, "{\"recipient\":\"[[1-6]]\",\"weight\":2718,\"fragile\":[[1-4]]}");
        assertEquals(2718, parcel.weight());
        assertFalse(parcel.recipient().isEmpty());
    }

    @Test
    void anOutputIsCompiledOnceForCanvasesAndOnceForFinishedTexts() {
        Output<String> output = Output.jsonSchema("{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}");
        infiller.compiler().compile(OutputCompiler.compileSource(output, Limits.DEFAULT));
        long before = infiller.compiler().compilations();
        for (int i = 0; i < 3; i++) {
            infiller.infill(MAIL, output, "[[[2-6]]]");
        }
        assertEquals(1, infiller.compiler().compilations() - before);
    }

    @Test
    void aResultSaysWhatItIsAndWhatItTook() {
        Infilling<Parcel> infilling = infiller.infill(
                InfillingRequest.of(MAIL, PARCEL, "{\"recipient\":\"[[1-6]]\",\"weight\":2718,\"fragile\":[[1-4]]}"));
        assertTrue(infilling.toString().startsWith("Infilling[Complete, \"{"), infilling.toString());
        int tokens = infilling.result().tokens().size();
        assertTrue(infilling.usage().promptTokens() > 20, infilling.usage().toString());
        assertTrue(
                infilling.usage().writtenTokens() >= 2 && infilling.usage().writtenTokens() <= 10,
                infilling.usage().toString());
        assertTrue(infilling.usage().forcedTokens() >= 0 && infilling.usage().forcedTokens() <= tokens);
        assertTrue(infilling.duration().toNanos() > 0);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void missingArgumentsAreRefusedByName() {
        assertMissing("request", () -> infiller.infill(null));
        assertMissing("prompt", () -> infiller.infill(null, PARCEL, "[[1]]"));
        assertMissing("output", () -> infiller.infill(MAIL, null, "[[1]]"));
        assertMissing("text", () -> infiller.infill(MAIL, PARCEL, null));
        assertMissing("model", () -> Infiller.of(null));
        assertMissing("options", () -> Sprig.generator(null));
    }

    private static void assertMissing(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    @Test
    void gapsOfAnySizeAreFilledHoweverManyThereAre() {
        Infilling<Parcel> infilling = infiller.infill(
                InfillingRequest.of(MAIL, PARCEL, "{\"recipient\":\"[[*]]\",[[*]]\":[[*]],\"fragile\":[[*]]}"));
        assertTrue(infilling.value().isPresent(), infilling.outcome().toString());
        assertTrue(infilling.text().startsWith("{\"recipient\":\"")
                && infilling.text().contains(",\"fragile\":"));
    }

    @Test
    void everyCanvasThatAListenerSeesCanBeCompleted() {
        List<Canvas> seen = new ArrayList<>();
        Infilling<Parcel> infilling = infiller.infill(InfillingRequest.of(
                        MAIL, PARCEL, GappedText.of("").gap(32, 32))
                .with(new InfillListener() {
                    @Override
                    public void onStart(Canvas canvas) {
                        seen.add(canvas);
                    }

                    @Override
                    public void onStep(InfillStep step) {
                        assertEquals(seen.get(seen.size() - 1), step.before());
                        seen.add(step.after());
                    }
                }));
        assertTrue(infilling.value().isPresent());
        assertEquals(32, seen.get(0).freeSlots());
        assertEquals(infilling.result().canvas(), seen.get(seen.size() - 1));
    }

    @Test
    void aCanvasThatCannotBeFilledIsRefusedWithTheSlotsThatItTakes() {
        InfillingRequest<Parcel> request = InfillingRequest.of(MAIL, PARCEL, "{\"recipient\":[[3]]}");
        Infilling<Parcel> infilling = infiller.infill(request);
        InfillOutcome.Uncompletable outcome = assertInstanceOf(InfillOutcome.Uncompletable.class, infilling.outcome());
        assertEquals(0, infilling.result().forwardPasses());
        int more = outcome.neededSlots().orElseThrow()
                - infilling.result().canvas().size();
        UnsatisfiableException thrown = assertThrows(UnsatisfiableException.class, infilling::orElseThrow);
        assertTrue(String.valueOf(thrown.getMessage()).contains(more + " more"), thrown.getMessage());
        infiller.infill(MAIL, PARCEL, "{\"recipient\":[[" + (3 + more) + "]]}");
    }

    @Test
    void failuresAreOfTheFamily() {
        assertThrows(SyntaxException.class, () -> infiller.infill(MAIL, PARCEL, "[[none]]"));
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThrows(
                CancelledException.class,
                () -> infiller.infill(
                                InfillingRequest.of(MAIL, PARCEL, "[[32]]").with(cancelled))
                        .orElseThrow());
        assertThrows(InvalidInputException.class, () -> infiller.infill(MAIL, PARCEL, "[[5000]]"));
        assertThrows(InvalidInputException.class, () -> InfillMethod.DEFAULT.withSizeTrials(0));
        assertThrows(InvalidInputException.class, () -> InfillMethod.DEFAULT.withMaxSlots(0));
    }

    @Test
    void threadsTakeTurnsAndAgree() throws InterruptedException {
        ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new Thread(() -> texts.add(infiller.infill(InfillingRequest.of(MAIL, PARCEL, "[[30]]")
                            .with(InfillMethod.DEFAULT.with(SamplingParameters.DEFAULT
                                    .withTemperature(1)
                                    .withSeed(3))))
                    .text())));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(3, texts.size());
        assertEquals(1, texts.stream().distinct().count(), texts.toString());
    }

    @Test
    void modelsThatWriteFromLeftToRightFillOneGapAfterTheOther() {
        try (Generator generator = Sprig.generator()) {
            Generation<Parcel> filled = generator.fill(
                    Request.of(MAIL, PARCEL),
                    GappedText.parse("{\"recipient\":\"[[1-6]]\",\"weight\":2718,\"fragile\":[[1-4]]}"),
                    FillTemplate.CONTINUATION);
            assertEquals(2718, filled.orElseThrow().weight());
        }
    }
}
