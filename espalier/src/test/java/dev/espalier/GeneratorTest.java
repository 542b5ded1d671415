// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.CompiledSource;
import dev.espalier.testing.ToyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GeneratorTest {

    enum Colour {
        RED,
        GREEN
    }

    record Part(Colour colour, boolean spare) {}

    record Thing(int count, List<Part> parts, Optional<Colour> accent) {}

    record Even(int value) {
        Even {
            if (value % 2 != 0) {
                throw new IllegalArgumentException("odd");
            }
        }
    }

    private static final SamplingParameters SAMPLED = SamplingParameters.MODEL.withMaxTokens(60);

    /** A string whose last letter is looked at when it is closed. */
    private static final Output<String> TWICE = Output.jsonSchema(
            "{\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}],\"type\":\"string\"}",
            SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));

    private static final Output<String> QUOTED_TWICE = Output.grammar(
            "root ::= \"<\" line \">\"", Map.of("line", Output.grammar("root ::= text", Map.of("text", TWICE))));

    private final ToyModel model = new ToyModel();
    private final Generator generator = Generator.of(model);

    @AfterEach
    void close() {
        generator.close();
    }

    @Test
    void aRecordComesBackWhateverTheModelWouldLikeToWrite() {
        Output<Thing> output = Output.of(Thing.class);
        for (int seed = 0; seed < 40; seed++) {
            Thing thing = generator.generate("make a thing", output, SAMPLED.withSeed(seed));
            thing.parts().forEach(part -> assertTrue(part.colour() != null, "a required member is missing"));
        }
        List<Colour> colours = generator.generate("colours", Output.listOf(Colour.class), SAMPLED);
        assertTrue(colours.size() <= 60);
    }

    @Test
    void textsAreSentencesOfTheirGrammar() {
        for (int seed = 0; seed < 20; seed++) {
            SamplingParameters sampling = SAMPLED.withSeed(seed);
            String regex = generator.generate("x", Output.regex("[a-c]{2,4}(-[0-9]+)?"), sampling);
            assertTrue(Pattern.matches("[a-c]{2,4}(-[0-9]+)?", regex), regex);
            String grammar = generator.generate("x", Output.grammar("root ::= \"<\" [0-9]* \">\""), sampling);
            assertTrue(Pattern.matches("<[0-9]*>", grammar), grammar);
            String choice = generator.generate("x", Output.choice("yes", "no", "perhaps"), sampling);
            assertTrue(List.of("yes", "no", "perhaps").contains(choice), choice);
        }
    }

    @Test
    void theSameSeedGivesTheSameTextAloneAndInABatch() {
        Output<String> output = Output.regex("[a-z]{8}");
        List<Request<String>> requests = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            requests.add(Request.of("prompt", output).with(SAMPLED.withSeed(seed)));
        }
        List<Generation<?>> batch = generator.generateAll(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertEquals(
                    generator.generate(requests.get(i)).text(), batch.get(i).text());
        }
    }

    @Test
    void aBatchWithDifferentOutputsSharesItsForwardPasses() {
        List<Request<?>> requests = List.of(
                Request.of("one", Output.of(Thing.class)).with(SAMPLED),
                Request.of("two", Output.regex("[a-z]{10}")).with(SAMPLED),
                Request.of("three", Output.choice("left", "right")).with(SAMPLED));
        List<Generation<?>> generations = generator.generateAll(requests);
        int longest = 0;
        for (Generation<?> generation : generations) {
            assertTrue(generation.outcome().isComplete(), generation.text());
            longest = Math.max(longest, generation.transcript().forwardPasses());
        }
        assertEquals(longest, model.passes());
        assertInstanceOf(Thing.class, generations.get(0).value().orElseThrow());
    }

    @Test
    void aListenerSeesTheWholeTextAndTheEnd() {
        StringBuilder text = new StringBuilder();
        List<Outcome> ends = new ArrayList<>();
        Generation<String> generation = generator.generate(
                Request.of("p", Output.regex("[a-zäöü]{12}")).with(SAMPLED).with(new DecodeListener() {
                    @Override
                    public void onText(String chunk) {
                        text.append(chunk);
                    }

                    @Override
                    public void onFinish(Outcome outcome) {
                        ends.add(outcome);
                    }
                }));
        assertEquals(generation.text(), text.toString());
        assertEquals(List.of(generation.outcome()), ends);
    }

    @Test
    void anotherThreadCanCancel() throws InterruptedException {
        Cancellation cancellation = new Cancellation();
        Request<String> request = Request.of("p", Output.regex("[ab]{1000}"))
                .with(SamplingParameters.MODEL.withMaxTokens(2000))
                .with(cancellation)
                .with(new DecodeListener() {
                    @Override
                    public void onToken(int token, boolean forced) {
                        Thread canceller = new Thread(cancellation::cancel);
                        canceller.start();
                        try {
                            canceller.join();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                });
        Generation<String> generation = generator.generate(request);
        assertInstanceOf(Outcome.Cancelled.class, generation.outcome());
        assertFalse(generation.value().isPresent());
        assertThrows(CancelledException.class, generation::orElseThrow);
    }

    @Test
    void faultsInOutputsAreTypedAndChangeNothing() {
        assertThrows(SyntaxException.class, () -> generator.generate("p", Output.grammar("root ::= (")));
        assertThrows(SyntaxException.class, () -> generator.generate("p", Output.jsonSchema("{\"type\":")));
        assertThrows(SyntaxException.class, () -> generator.generate("p", Output.regex("[a-")));
        assertThrows(
                UnsatisfiableException.class, () -> generator.generate("p", Output.grammar("root ::= \"a\" root")));
        assertThrows(InvalidInputException.class, () -> Output.choice());
        assertThrows(InvalidInputException.class, () -> Output.regex("a").with(SchemaOptions.DEFAULT));
        assertEquals("fine", generator.generate("p", Output.choice("fine")));
    }

    @Test
    void aBudgetThatCannotHoldTheTextIsAnErrorBeforeAnythingIsWritten() {
        EspalierException e = assertThrows(
                EspalierException.class,
                () -> generator.generate("p", Output.regex("z{40}"), SAMPLED.withMaxTokens(3)));
        assertTrue(String.valueOf(e.getMessage()).contains("3"), e.getMessage());
    }

    @Test
    void aValueThatItsConstructorRefusesIsNoValueButTheTextIsThere() {
        Output<Even> output = Output.jsonSchema(
                        "{\"type\":\"object\",\"properties\":{\"value\":{\"const\":3}},\"required\":[\"value\"],"
                                + "\"additionalProperties\":false}")
                .as(Even.class);
        Generation<Even> generation = generator.generate(Request.of("p", output));
        assertTrue(generation.text().equals("{\"value\":3}"), generation.text());
        assertTrue(generation.outcome().isComplete());
        assertFalse(generation.value().isPresent());
        assertThrows(InvalidInputException.class, generation::orElseThrow);
    }

    @Test
    void aKeywordThatIsNotEnforcedIsCheckedOnTheFinishedValue() {
        String schema = "{\"type\":\"object\",\"properties\":{\"aa\":{\"const\":1}},\"required\":[\"aa\"],"
                + "\"additionalProperties\":false,\"patternProperties\":{\"^(.)\\\\1$\":false}}";
        assertThrows(UnsupportedFeatureException.class, () -> generator.generate("p", Output.jsonSchema(schema)));
        Output<String> relaxed = Output.jsonSchema(schema, SchemaOptions.DEFAULT.allow(Enforcement.NOT_ENFORCED));
        Generation<String> generation = generator.generate(Request.of("p", relaxed));
        assertTrue(generation.outcome().isComplete());
        assertFalse(generation.value().isPresent(), generation.text());
        assertThrows(InvalidInputException.class, generation::orElseThrow);
    }

    @Test
    void whatWasCheckedAtTheEndIsNotCheckedByAnotherValidator() {
        // in ECMA-262 a back-reference to a group that took no part is empty, in Java it matches nothing
        String schema = "{\"allOf\":[{\"pattern\":\"^b+$\"},{\"pattern\":\"^(?:(a)|b+)\\\\1$\"}],\"type\":\"string\"}";
        Output<String> output = Output.jsonSchema(schema, SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
        assertEquals("\"b\"", generator.generate("p", output));
    }

    @Test
    void textsThatTurnOutWrongAreTakenBackAndDrawnAgain() {
        int wrong = 0;
        for (Output<String> output : List.of(TWICE, QUOTED_TWICE)) {
            for (int seed = 0; seed < 20; seed++) {
                int[] taken = {0};
                Request<String> request = Request.of("p", output)
                        .with(SAMPLED.withTemperature(4).withSeed(seed))
                        .withAttempts(500)
                        .with(new DecodeListener() {
                            @Override
                            public void onRestart(Outcome cause) {
                                taken[0]++;
                            }
                        });
                String text = generator.generate(request).orElseThrow();
                assertTrue(Pattern.matches("<?\"(.)c*\\1\">?", text), text);
                assertEquals(
                        taken[0] == 0,
                        generator
                                .generate(request.withAttempts(1).with(DecodeListener.NONE))
                                .outcome()
                                .isComplete());
                wrong += taken[0];
            }
        }
        assertTrue(wrong > 0, "no text was wrong");
    }

    @Test
    void attemptsAreAtLeastOneAndKeptByCopies() {
        Request<String> request = Request.of("p", TWICE);
        assertEquals(Request.DEFAULT_ATTEMPTS, request.attempts());
        assertThrows(InvalidInputException.class, () -> request.withAttempts(0));
        Request<String> copy =
                request.withAttempts(3).with(SAMPLED).with(DecodeListener.NONE).with(new Cancellation());
        assertEquals(3, copy.attempts());
    }

    @Test
    void memberOrderIsAnOptionOfTheOutput() {
        Output<Thing> any = Output.of(Thing.class).with(SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY));
        int swapped = 0;
        for (int seed = 0; seed < 20; seed++) {
            Request<Thing> request = Request.of("p", any).with(SAMPLED.withSeed(seed));
            Generation<Thing> generation = generator.generate(request);
            generation.orElseThrow();
            swapped += generation.text().startsWith("{\"count\"") ? 0 : 1;
        }
        assertTrue(swapped > 0, "the first member was always the declared one");
    }

    @Test
    void anOutputIsCompiledOnce() {
        CompiledOutput first = generator.compiler().compile(Output.regex("[a-f]+"));
        assertEquals(first, generator.compiler().compile(Output.regex("[a-f]+")));
    }

    @Test
    void aSourceThatWasCompiledBeforeIsNotCompiledAgain() {
        Output<Thing> output = Output.of(Thing.class);
        CompiledSource source = OutputCompiler.compileSource(output, Limits.DEFAULT);
        CompiledOutput compiled = generator.compiler().compile(source);
        generator.generateAll(List.of(
                Request.of("a", output).with(SAMPLED), Request.of("b", output).with(SAMPLED)));
        generator.sample(Request.of("c", output).with(SAMPLED), Samplers.masked(), 1);
        assertEquals(0, generator.compiler().compilations());
        assertSame(compiled, generator.compiler().compile(output));
        assertSame(compiled, generator.compiler().compile(OutputCompiler.compileSource(output, Limits.DEFAULT)));
        generator.generate("d", Output.choice("a"));
        generator.generate("e", Output.choice("a"));
        assertEquals(1, generator.compiler().compilations());
    }

    @Test
    void requestsOfABatchThatAreCancelledEndByThemselves() {
        Cancellation stop = new Cancellation();
        stop.cancel();
        Request<String> open = Request.of("p", Output.regex("[a-z]{3}"));
        Request<String> cancelled = Request.of("p", Output.regex("[a-z]{4}")).with(stop);
        List<Generation<?>> some = generator.generateAll(List.of(cancelled, open, cancelled));
        assertInstanceOf(Outcome.Cancelled.class, some.get(0).outcome());
        assertTrue(some.get(1).isComplete());
        assertInstanceOf(Outcome.Cancelled.class, some.get(2).outcome());
        assertEquals(1, generator.generateAll(List.of(cancelled)).size());
        assertEquals(List.of(), generator.generateAll(List.of()));
    }

    @Test
    void marksAroundAGapFollowThePromptAsItIsAndNoChat() {
        FillTemplate marks = new FillTemplate("toy", "<end>", "<end>", "<end>", List.of());
        Request<String> request = Request.of("A number.", Output.regex("[a-z]{2}-[0-9]"));
        GappedText text = GappedText.parse("ab-[[1]]");
        List<TokenUsage> usages = new ArrayList<>();
        for (ToyModel each : List.of(new ToyModel(), new ToyModel("<user>{{ messages[0].content }}"))) {
            try (Generator some = Generator.of(each)) {
                usages.add(some.fill(request, text, marks).usage());
                usages.add(some.fill(request, text, FillTemplate.CONTINUATION).usage());
            }
        }
        assertEquals(usages.get(0), usages.get(2));
        assertEquals(
                usages.get(1).promptTokens() + "<user>".length(), usages.get(3).promptTokens());
    }

    @Test
    void fillingThatIsCancelledIsAnOutcome() {
        Request<String> request = Request.of("p", Output.regex("[a-z]{3}-[0-9]"));
        GappedText text = GappedText.parse("ab[[1-2]]-[[1]]");
        Cancellation stop = new Cancellation();
        stop.cancel();
        Generation<String> before = generator.fill(request.with(stop), text, FillTemplate.CONTINUATION);
        assertInstanceOf(Outcome.Cancelled.class, before.outcome());
        generator.compiler().compile(request.output()); // so that it is not the compilation that is cancelled
        Generation<String> then = generator.fill(request.with(stop), text, FillTemplate.CONTINUATION);
        assertInstanceOf(Outcome.Cancelled.class, then.outcome());
        assertThrows(CancelledException.class, then::orElseThrow);
    }

    @Test
    void aResultSaysWhatItIsAndWhatItTook() {
        Generation<String> whole = generator.generate(Request.of("p", Output.choice("abcdef")));
        assertEquals("Generation[Complete, \"abcdef\"]", whole.toString());
        assertEquals(whole.transcript().tokens().size(), whole.usage().writtenTokens());
        assertEquals(whole.transcript().forcedTokens(), whole.usage().forcedTokens());
        assertEquals(1, whole.usage().promptTokens());
        assertTrue(whole.duration().toNanos() > 0);
        Cancellation stop = new Cancellation();
        stop.cancel();
        String none = generator
                .generate(Request.of("p", Output.choice("a")).with(stop))
                .toString();
        assertEquals("Generation[Cancelled, \"\", the generation was cancelled after 0 tokens]", none);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void missingArgumentsAreRefusedByName() {
        Output<String> output = Output.choice("a");
        Request<String> request = Request.of("p", output);
        assertMissing("model", () -> Generator.of(null));
        assertMissing("limits", () -> Generator.of(model, null));
        assertMissing("prompting", () -> Generator.of(model, null, Limits.DEFAULT));
        assertMissing("prompt", () -> generator.generate(null, output));
        assertMissing("output", () -> generator.generate("p", (Output<String>) null));
        assertMissing("sampling", () -> generator.generate("p", output, null));
        assertMissing("request", () -> generator.generate((Request<String>) null));
        assertMissing("requests", () -> generator.generateAll(null));
        assertMissing("request", () -> generator.generateAll(Arrays.asList(request, null)));
        assertMissing("text", () -> generator.fill(request, null, FillTemplate.CONTINUATION));
        assertMissing("template", () -> generator.fill(request, GappedText.of("a"), null));
        assertMissing("sampler", () -> generator.sample(request, null, 1));
        assertMissing("progress", () -> generator.sample(request, Samplers.masked(), 1, null, 1));
        assertMissing("request", () -> generator.situation(null));
        assertMissing("sample", () -> generator.text(null));
        assertMissing("cancellation", () -> request.with((Cancellation) null));
        assertMissing("texts", () -> Output.choice((List<String>) null));
        assertMissing("type", () -> output.as(null));
        assertMissing("options", () -> Output.jsonSchema("{}").with(null));
        assertMissing("text", () -> output.read(null));
        assertMissing("vocabulary", () -> new OutputCompiler(null));
        assertMissing("source", () -> generator.compiler().compile((CompiledSource) null));
        assertMissing("text", () -> GappedText.parse(null));
    }

    private static void assertMissing(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    @Test
    void aModelOfTheCallersStaysOpen() {
        try (Generator other = Generator.of(model)) {
            other.generate("p", Output.choice("a"));
        }
        assertFalse(model.isClosed());
    }

    @Test
    void samplesAreValuesWithWeights() {
        Request<Thing> request = Request.of("x", Output.of(Thing.class)).with(SAMPLED);
        Samples<Thing> samples = generator.sample(request, Samplers.smc(4), 2);
        assertEquals(8, samples.drawn().size());
        double sum = 0;
        for (double weight : samples.normalisedWeights()) {
            sum += weight;
        }
        assertEquals(1, sum, 1e-9);
        for (Samples.Drawn<Thing> one : samples.drawn()) {
            assertEquals(one.sample().complete(), one.value().isPresent(), one.text());
        }
    }

    @Test
    void aSamplerThatLearnsGoesOnWithTheSamePromptAndNoOther() {
        SequenceSampler sampler = Samplers.asap();
        Request<Colour> request = Request.of("x", Output.of(Colour.class)).with(SAMPLED);
        generator.sample(request, sampler, 3);
        generator.sample(request.with(SAMPLED.withSeed(5)), sampler, 3);
        assertThrows(
                InvalidInputException.class,
                () -> generator.sample(Request.of("y", Output.of(Colour.class)).with(SAMPLED), sampler, 3));
    }

    @Test
    void samplesAreCountedFromOne() {
        Request<String> request = Request.of("x", Output.choice("a", "b")).with(SAMPLED);
        assertThrows(InvalidInputException.class, () -> generator.sample(request, Samplers.masked(), 0));
        assertThrows(
                InvalidInputException.class, () -> generator.sample(request, Samplers.rejection(), 2, sample -> {}, 0));
    }

    @Test
    void samplersNeedATemperatureAndNoFilter() {
        Request<Colour> greedy = Request.of("x", Output.of(Colour.class));
        assertThrows(InvalidInputException.class, () -> generator.sample(greedy, Samplers.masked(), 1));
        assertThrows(
                InvalidInputException.class,
                () -> generator.sample(greedy.with(SAMPLED.withTopK(2)), Samplers.masked(), 1));
    }
}
