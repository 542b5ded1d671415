// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.backends.LoadOptions;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SprigDiffusionTest {

    record Parcel(String recipient, int weight, boolean fragile) {}

    @SuppressWarnings("NullAway.Init") // opened before all tests
    private MaskedDiffusionModel model;

    @BeforeAll
    void load() {
        assertTrue(SprigDiffusion.isPresent());
        model = SprigDiffusion.load(LoadOptions.DEFAULT);
    }

    @AfterAll
    void close() {
        model.close();
    }

    private static int[] integers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    @Test
    void logitsAreThoseOfAnotherImplementation() throws IOException {
        try (InputStream stream = SprigDiffusionTest.class.getResourceAsStream("sprig-diffusion-logits.json")) {
            for (JsonNode one : JsonMapper.shared().readTree(stream)) {
                Canvas canvas = Canvas.of(model.vocabulary(), integers(one.get("canvas")));
                List<Logits> rows = model.forward(integers(one.get("prompt")), canvas, integers(one.get("slots")));
                assertEquals(one.get("top").size(), rows.size());
                for (int i = 0; i < rows.size(); i++) {
                    float[] row = rows.get(i).toArray();
                    for (JsonNode top : one.get("top").get(i)) {
                        assertEquals(
                                top.get("logit").asDouble(), row[top.get("id").asInt()], 2e-3, "row " + i);
                    }
                }
            }
        }
    }

    @Test
    void tokensAreThoseOfSprig() {
        Vocabulary vocabulary = Sprig.readVocabulary();
        assertEquals(vocabulary.size(), model.vocabulary().size());
        assertArrayEquals(vocabulary.endIds(), model.vocabulary().endIds());
        assertEquals("sprig-diffusion", model.name());
    }

    @Test
    void thePromptHasTheMarkersOfSprigs() {
        int[] prompt = SprigDiffusion.prompt(model, "Recipient: Dorval <|json|>\n", Output.of(Parcel.class), 64);
        Vocabulary vocabulary = model.vocabulary();
        List<Integer> markers =
                IntStream.of(prompt).filter(vocabulary::isSpecial).boxed().toList();
        assertEquals(
                List.of("<|schema|>", "<|text|>", "<|json|>"),
                markers.stream().map(vocabulary::text).toList());
        assertEquals(vocabulary.specialId("<|json|>").getAsInt(), prompt[prompt.length - 1]);
    }

    @Test
    void whatStandsAroundAGapDecidesIt() {
        int[] prompt = SprigDiffusion.prompt(
                model, "Recipient: Dorval\nWeight: 12\nFragile: yes", Output.of(Parcel.class), 64);
        int[] tokens = model.encoder().encode("{\"recipient\":\"Dorval\",\"weight\":12,\"fragile\":true}");
        int gap = IntStream.range(0, tokens.length)
                .filter(i -> model.vocabulary().text(tokens[i]).equals("true"))
                .findFirst()
                .orElseThrow();
        Canvas canvas = Canvas.of(model.vocabulary(), tokens).withFree(gap);
        float[] row = model.forward(prompt, canvas, new int[] {gap}).get(0).toArray();
        int best = IntStream.range(0, row.length).reduce(0, (a, b) -> row[b] > row[a] ? b : a);
        assertEquals("true", new String(model.vocabulary().decode(best), StandardCharsets.UTF_8));
    }

    @Test
    void aPromptThatIsTooLongIsRefusedByThePass() {
        int[] prompt = SprigDiffusion.prompt(model, "word ".repeat(1000), Output.of(Parcel.class), 64);
        Canvas canvas = Canvas.blank(model.vocabulary(), 64);
        Assertions.assertThrows(ModelException.class, () -> model.forward(prompt, canvas, new int[] {0}));
    }
}
