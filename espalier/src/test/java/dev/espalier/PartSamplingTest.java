// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.PartSampling;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.Tags;
import dev.espalier.testing.ToyModel;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Parts of a text that are drawn in ways of their own. */
class PartSamplingTest {

    private static final SamplingParameters WARM = SamplingParameters.DEFAULT.withTemperature(1.5);
    private static final PartSampling GREEDY = PartSampling.temperature(0);

    /** Letters that are one token each, so that a prompt reads as what was written. */
    private static final TagFormat FORMAT = Tags.sequence(
            Tags.tag("<t>", Tags.span("thought", Tags.regex("[u-z]{6}")), "</t>"),
            Tags.span("answer", Tags.regex("[u-z]{8}")));

    private static Generator generator() {
        return Generator.of(new ToyModel());
    }

    private static String written(Generator generator, SamplingParameters sampling) {
        return generator.generate("p", Output.tags(FORMAT), sampling);
    }

    @Test
    void aPartIsGreedyWhereTheRestIsDrawn() {
        try (Generator generator = generator()) {
            Set<String> thoughts = new TreeSet<>();
            for (int seed = 0; seed < 20; seed++) {
                String text = written(generator, WARM.withSeed(seed).withPart("answer", GREEDY));
                int end = text.indexOf("</t>") + "</t>".length();
                thoughts.add(text.substring(0, end));
                String greedy = generator.generate("p" + text.substring(0, end), Output.regex("[u-z]{8}"));
                assertEquals(greedy, text.substring(end), text);
            }
            assertTrue(thoughts.size() > 15, thoughts.toString());
        }
    }

    @Test
    void aPartIsDrawnWhereTheRestIsGreedy() {
        try (Generator generator = generator()) {
            Set<String> thoughts = new TreeSet<>();
            Set<String> texts = new TreeSet<>();
            for (int seed = 0; seed < 20; seed++) {
                SamplingParameters sampling =
                        SamplingParameters.DEFAULT.withSeed(seed).withPart("thought", PartSampling.temperature(1.5));
                texts.add(written(generator, sampling));
            }
            texts.forEach(text -> thoughts.add(text.substring(0, text.indexOf("</t>"))));
            assertEquals(texts.size(), thoughts.size());
            assertTrue(texts.size() > 15, texts.toString());
        }
    }

    @Test
    void theSameWayInAllPartsIsTheWayOfTheWhole() {
        try (Generator generator = generator()) {
            PartSampling same = new PartSampling(1.5, 0, 1, 0);
            for (int seed = 0; seed < 5; seed++) {
                SamplingParameters sampling = WARM.withSeed(seed);
                assertEquals(
                        written(generator, sampling),
                        written(generator, sampling.withPart("answer", same).withPart("thought", same)));
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        try (Generator generator = generator()) {
            assertSaid(
                    "no span \"thoughts\"; did you mean thought?",
                    () -> written(generator, WARM.withPart("thoughts", GREEDY)));
            assertSaid(
                    "only texts of structural tags",
                    () -> generator.generate("p", Output.regex("a"), WARM.withPart("a", GREEDY)));
            assertSaid("cannot be scored", () -> WARM.withPart("a", GREEDY).withForcedText(ForcedText.SCORED));
            assertSaid("temperature", () -> PartSampling.temperature(-1));
            Request<String> request = Request.of("p", Output.tags(FORMAT)).with(WARM.withPart("answer", GREEDY));
            assertSaid("their law", () -> generator.sample(request, Samplers.masked(), 1));
        }
    }

    private static void assertSaid(String message, Runnable call) {
        String said = String.valueOf(
                assertThrows(InvalidInputException.class, call::run).getMessage());
        assertTrue(said.contains(message), said);
    }
}
