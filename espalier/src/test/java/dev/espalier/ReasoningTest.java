// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Reasoning.Start;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.PartSampling;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ToyModel;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Reasoning before an answer: what is written, what is read, and how long it may be. */
class ReasoningTest {

    private record Vote(boolean agreed, int count) {}

    private static final SamplingParameters WARM =
            SamplingParameters.MODEL.withMaxTokens(60).withTemperature(1.2);

    private static <T> Generation<T> generation(Output<T> output, SamplingParameters sampling) {
        try (Generator generator = Generator.of(new ToyModel())) {
            return generator.generate(Request.of("p", output).with(sampling));
        }
    }

    @Test
    void theValueIsThatOfTheAnswer() {
        Output<Vote> votes =
                Output.of(Vote.class).after(Reasoning.THINK.with(Start.REQUIRED).atMost(5));
        for (int seed = 0; seed < 20; seed++) {
            Generation<Vote> generation = generation(votes, WARM.withSeed(seed));
            String text = generation.text();
            Vote vote = generation.orElseThrow();
            String thought = generation.reasoning().orElseThrow();
            String before = "<think>" + thought + "</think>\n\n";
            assertTrue(text.startsWith(before), text);
            assertEquals(vote, votes.answer().read(text.substring(before.length())));
        }
    }

    @Test
    void reasoningIsClosedWhenItHasHadItsTokens() {
        for (int most = 0; most < 6; most++) {
            Output<String> output = Output.regex("[a-c]{2}")
                    .after(Reasoning.THINK.with(Start.BEGUN).atMost(most));
            for (int seed = 0; seed < 10; seed++) {
                Generation<String> generation = generation(output, WARM.withSeed(seed));
                String thought = generation.reasoning().orElseThrow();
                assertTrue(thought.codePointCount(0, thought.length()) <= most * " the</think>".length(), thought);
                assertEquals(thought + "</think>\n\n" + generation.orElseThrow(), generation.text());
                assertTrue(most > 0 || thought.isEmpty(), thought);
            }
        }
    }

    @Test
    void anAnswerMayComeAtOnceWhereReasoningIsAllowed() {
        Output<String> output = Output.choice("yes", "no").after(Reasoning.THINK.atMost(3));
        int reasoned = 0;
        for (int seed = 0; seed < 60; seed++) {
            Generation<String> generation = generation(output, WARM.withSeed(seed));
            assertTrue(generation.orElseThrow().matches("yes|no"));
            reasoned += generation.reasoning().isPresent() ? 1 : 0;
            assertEquals(generation.reasoning().isPresent(), generation.text().startsWith("<think>"));
        }
        assertTrue(reasoned > 5 && reasoned < 55, reasoned + " of 60");
    }

    @Test
    void reasoningAndAnswerAreDrawnInTheirOwnWays() {
        Output<String> output = Output.regex("[u-z]{8}")
                .after(Reasoning.THINK.with(Start.REQUIRED).atMost(4));
        SamplingParameters sampling =
                SamplingParameters.DEFAULT.withPart(Reasoning.PART, PartSampling.temperature(1.5));
        assertFalse(generation(output, sampling.withSeed(1))
                .text()
                .equals(generation(output, sampling.withSeed(2)).text()));
    }

    @Test
    void whatIsSaidOfTheAnswerStays() {
        Output<Vote> votes = Output.of(Vote.class);
        Output<Vote> behind = votes.after(Reasoning.THINK);
        assertEquals(votes.schema(), behind.schema());
        assertEquals(votes.schema(SchemaForm.RECORD), behind.schema(SchemaForm.RECORD));
        assertEquals(new Vote(true, 1), behind.read("<think>hm</think>\n\n{\"agreed\":true,\"count\":1}"));
        assertEquals(new Vote(true, 1), behind.read("{\"agreed\":true,\"count\":1}"));
        assertEquals(votes, behind.answer());
        Output<String> quoted = Output.jsonSchema("{\"type\":\"string\",\"x-from-source\":true}")
                .after(Reasoning.THINK.with(Start.REQUIRED).atMost(2))
                .withSource("only these words");
        assertTrue("\"only these words\""
                .contains(generation(quoted, WARM).orElseThrow().replace("\"", "")));
    }

    @Test
    void unfinishedReasoningIsToldAsFarAsItWent() {
        Output<String> output = Output.choice("yes").after(Reasoning.THINK.with(Start.REQUIRED));
        Reasoning reasoning = Reasoning.THINK;
        assertEquals(Optional.of("so f"), output.thought("<think>so f"));
        assertEquals(Optional.empty(), output.thought("yes"));
        assertEquals("yes", reasoning.answer("<think></think>\n\nyes"));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(
                InvalidInputException.class, () -> new Reasoning("", "</t>", "", Start.ALLOWED, OptionalInt.empty()));
        assertThrows(InvalidInputException.class, () -> Reasoning.THINK.atMost(-1));
        assertThrows(
                InvalidInputException.class,
                () -> Output.text().after(Reasoning.THINK).after(Reasoning.THINK));
    }
}
