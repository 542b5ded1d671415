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
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.testing.ScriptedModel;
import dev.espalier.testing.ToyModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a generation is ended, and by whom: it is said the same way. */
class EndsOfGenerationTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":99}},\"required\":[\"a\"]}";

    /** Otherwise blank lines come until the budget ends. */
    @Test
    void aValueThatIsWholeEndsTheTextHoweverMuchWhiteSpaceItMayHave() {
        String value = "{ \"a\": 7}";
        ScriptedModel blanks = new ScriptedModel(prompt -> value + "\n".repeat(400));
        try (Generator generator = Generator.of(blanks)) {
            for (WhiteSpace space : List.of(WhiteSpace.ANY, WhiteSpace.FLEXIBLE, new WhiteSpace(1))) {
                for (MemberOrder order : MemberOrder.values()) {
                    SchemaOptions options =
                            SchemaOptions.DEFAULT.withWhiteSpace(space).withMemberOrder(order);
                    Generation<String> generation =
                            generator.generate(Request.of("write", Output.jsonSchema(SCHEMA, options))
                                    .with(SamplingParameters.DEFAULT.withMaxTokens(300)));
                    assertTrue(generation.isComplete(), generation.toString());
                    assertEquals(value, generation.value().orElseThrow());
                }
            }
        }
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"", "<|user|>{{ messages[-1].content }}<|end|>"})
    void aPromptLongerThanTheContextIsRefusedBeforeAnythingRunsWithBothNumbers(String template) {
        ToyModel model = template.isEmpty() ? new ToyModel() : new ToyModel(template);
        Output<String> output = Output.regex("[a-z]{3}-[0-9]");
        Request<String> request = Request.of("long ".repeat(1000), output);
        GappedText gaps = GappedText.parse("ab[[1-2]]-[[1]]");
        try (Generator generator = Generator.of(model)) {
            assertTooLong(generator.generate(request));
            List<Generation<?>> batch = generator.generateAll(List.of(request, request));
            batch.forEach(EndsOfGenerationTest::assertTooLong);
            assertTooLong(generator.fill(request, gaps, FillTemplate.CONTINUATION));
            assertBothNumbers(assertThrows(
                    InvalidInputException.class,
                    () -> generator.sample(request.with(SamplingParameters.MODEL), Samplers.masked(), 1)));
            assertEquals(0, model.passes());
            Request<String> brief = Request.of("short", output);
            batch = generator.generateAll(List.of(brief, request));
            assertTrue(batch.get(0).isComplete());
            assertTooLong(batch.get(1));
        }
    }

    private static void assertTooLong(Generation<?> generation) {
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, generation.outcome());
        assertBothNumbers(assertInstanceOf(InvalidInputException.class, refused.cause()));
        assertThrows(InvalidInputException.class, generation::orElseThrow);
    }

    private static void assertBothNumbers(InvalidInputException refusal) {
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("4096") && message.matches("(?s).*\\b5[0-9]{3}\\b.*"), message);
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
