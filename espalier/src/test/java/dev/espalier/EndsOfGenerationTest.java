// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.Countdown;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.testing.ToyModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** However a generation is ended, and by whom: it is said the same way. */
class EndsOfGenerationTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":99}},\"required\":[\"a\"]}";

    private static Request<String> request(Cancellation cancellation) {
        return Request.of("write", Output.jsonSchema(SCHEMA)).with(cancellation);
    }

    @Test
    void cancellationAtAnyLookIsAnOutcome() {
        Countdown countdown;
        long look = 0;
        do {
            look += 1 + look / 2;
            countdown = look % 2 == 0 ? Countdown.cancelling(look) : Countdown.interrupting(look);
            try (Generator generator = Generator.of(new ToyModel())) {
                Generation<String> generation = generator.generate(request(countdown.cancellation()));
                if (countdown.isOver() || Thread.interrupted()) {
                    boolean isWhole =
                            generation.outcome() instanceof Outcome.Complete; // the look came behind the last token
                    assertTrue(
                            isWhole || generation.outcome() instanceof Outcome.Cancelled,
                            generation.outcome()::toString);
                }
            } finally {
                boolean unused = Thread.interrupted();
            }
        } while (countdown.isOver());
        assertTrue(look > 20, "looks: " + look);
    }

    @Test
    void cancellationWhileCompilingIsAnOutcomeToo() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        try (Generator generator = Generator.of(new ToyModel())) {
            Generation<String> one = generator.generate(request(cancelled));
            assertInstanceOf(Outcome.Cancelled.class, one.outcome());
            assertThrows(CancelledException.class, one::orElseThrow);
            List<Generation<?>> both = generator.generateAll(List.of(request(cancelled), request(new Cancellation())));
            assertInstanceOf(Outcome.Cancelled.class, both.get(0).outcome());
            assertInstanceOf(Outcome.Complete.class, both.get(1).outcome());
            Samples<String> samples =
                    generator.sample(request(cancelled).with(SamplingParameters.MODEL), Samplers.masked(), 3);
            assertTrue(samples.set().cancelled());
            assertEquals(List.of(), samples.drawn());
        }
    }

    @Test
    void aClosedGeneratorSaysSo() {
        Generator generator = Generator.of(new ToyModel());
        generator.close();
        Request<String> request = request(new Cancellation());
        for (Executable use : List.<Executable>of(
                () -> generator.generate(request),
                () -> generator.generateAll(List.of(request)),
                () -> generator.sample(request.with(SamplingParameters.MODEL), Samplers.masked(), 1))) {
            String message = assertThrows(InvalidInputException.class, use).getMessage();
            assertTrue(String.valueOf(message).contains("the generator is closed"), message);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without its checks may do
    void nullIsNamed() {
        named("output", () -> Request.of("a", null));
        named("prompt", () -> Request.of(null, Output.regex("a")));
        named("schema", () -> Output.jsonSchema(null));
        named("pattern", () -> Output.regex(null));
        named("model", () -> Generator.of(null));
        named("vocabulary", () -> new GrammarCompiler(null));
        named("options", () -> new SchemaCompiler().compile("{}", (SchemaOptions) null));
        try (Generator generator = Generator.of(new ToyModel())) {
            named("request", () -> generator.generate(null));
            named("output", () -> generator.generate("a", null));
            named("cancellation", () -> generator.compiler().compile(Output.regex("a"), null));
            named(
                    "cancellation",
                    () -> generator
                            .compiler()
                            .compile(Output.regex("a"))
                            .grammar()
                            .matcher(null));
        }
    }

    private static void named(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }
}
