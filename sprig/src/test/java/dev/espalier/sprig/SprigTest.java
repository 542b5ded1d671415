// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.backends.LoadOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SprigTest {

    @Test
    void logitsAreThoseOfAnotherImplementation() throws IOException {
        try (LanguageModel model = Sprig.load(LoadOptions.DEFAULT);
                InputStream stream = SprigTest.class.getResourceAsStream("sprig-logits.json")) {
            for (JsonNode one : JsonMapper.shared().readTree(stream)) {
                int[] ids = StreamSupport.stream(one.get("ids").spliterator(), false)
                        .mapToInt(JsonNode::asInt)
                        .toArray();
                try (Session session = model.open()) {
                    float[] row =
                            model.forward(List.of(Step.of(session, ids))).get(0).toArray();
                    for (JsonNode top : one.get("top")) {
                        assertEquals(
                                top.get("logit").asDouble(), row[top.get("id").asInt()], 2e-3);
                    }
                }
            }
        }
    }
}
