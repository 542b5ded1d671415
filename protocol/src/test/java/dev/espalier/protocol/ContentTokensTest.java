// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Probabilities are those of what is said, and come with the chunks that say it. */
class ContentTokensTest {

    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}],";
    private static final String FLAT_TOOL =
            "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}],";
    private static final String CALL = "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"é\"}}\n</tool_call>";

    /** What the model would like to write when it is asked, and what of it is said. */
    private static final Map<String, List<String>> SCRIPTS = Map.of(
            "plain", List.of("Hello world, 😀 the end.", "Hello world, 😀 the end."),
            "blanks", List.of("  the end. \n\n", "the end."),
            "thought", List.of("<think>\nIt is a 😀.\n</think>\n\n the blue 😀 one", "the blue 😀 one"),
            "calls", List.of("Let me look. \n" + CALL, "Let me look."),
            "all", List.of("<think>\nSo the\n</think>\n\nHm, é.\n" + CALL + "\n" + CALL, "Hm, é."),
            "silent", List.of("<think>\nSo the\n</think>\n\n" + CALL, ""));

    private static ScriptedModel model;
    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        model = new ScriptedModel(prompt -> SCRIPTS.keySet().stream()
                .filter(name -> prompt.contains("«" + name + "»"))
                .map(name -> Objects.requireNonNull(SCRIPTS.get(name)).get(0))
                .findFirst()
                .orElse("{\"a\":\"the 😀\"}"));
        assistant = Assistant.of(model, AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 200)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static Call chat(String text, String more) {
        return protocol.chat(object("{\"model\":\"scripted\",\"temperature\":0,\"logprobs\":true,\"top_logprobs\":2,"
                + more + "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"));
    }

    private static Call response(String text, String more) {
        return protocol.response(object(
                "{\"model\":\"scripted\",\"temperature\":0,\"include\":[\"message.output_text.logprobs\"],\"top_logprobs\":2,"
                        + more + "\"input\":\"" + text + "\"}"));
    }

    private static ObjectNode object(String json) {
        return Protocol.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Interruption minute() {
        return new Interruption(Duration.ofMinutes(1));
    }

    private static String bytes(JsonNode token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        token.get("bytes").forEach(each -> bytes.write(each.intValue()));
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Tokens cover a text, and each has a byte of it. */
    private static void assertCover(String text, ArrayNode tokens) {
        StringBuilder all = new StringBuilder();
        tokens.forEach(token -> all.append(bytes(token)));
        String said = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int begin = all.indexOf(said);
        assertTrue(begin >= 0, all + " has no " + said);
        if (said.isEmpty()) {
            assertEquals(0, tokens.size());
            return;
        }
        assertTrue(begin < bytes(tokens.get(0)).length(), all.toString());
        int behind = all.length() - begin - said.length();
        assertTrue(behind < bytes(tokens.get(tokens.size() - 1)).length(), all.toString());
        for (JsonNode token : tokens) {
            assertEquals(2, token.get("top_logprobs").size());
            assertTrue(token.get("logprob").doubleValue() <= 0);
        }
    }

    private static void assertChat(String text, String more, String said) {
        ObjectNode whole = chat(text, more).answer(minute());
        assertEquals(said, whole.at("/choices/0/message/content").asString(""));
        ArrayNode tokens = (ArrayNode) whole.at("/choices/0/logprobs/content");
        assertCover(said, tokens);
        TakenFrames taken = new TakenFrames(model::passes);
        chat(text, "\"stream\":true," + more).stream(taken, minute());
        assertTrue(taken.isDone);
        assertEquals(said, taken.text("/choices/0/delta/content"));
        assertEquals(tokens, taken.items("/choices/0/logprobs/content", "/choices/0/delta/content"));
        assertEquals(tokens, taken.items("/choices/0/logprobs/content", "/choices/0"));
    }

    @Test
    void conversations() {
        SCRIPTS.forEach((name, script) -> assertChat("«" + name + "»", TOOL, script.get(1)));
        assertChat("«plain»", "\"reasoning_effort\":\"none\",", "Hello world, 😀 the end.");
        assertChat("«plain»", "\"stop\":[\"d, 😀\"],", "Hello worl");
        assertChat("«calls»", TOOL + "\"max_tokens\":5,", "Let m");
        assertChat("«calls»", TOOL + "\"tool_choice\":\"required\",", "");
        String schema =
                "\"json_schema\":{\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"type\":\"object\",\"additionalProperties\":false},";
        assertChat("value", schema, "{\"a\":\"the 😀\"}");
        assertChat("value", schema + TOOL, "{\"a\":\"the 😀\"}");
    }

    @Test
    void askingForProbabilitiesChangesNoAnswer() {
        String schema =
                "\"json_schema\":{\"properties\":{\"function\":{\"type\":\"string\"},\"n\":{\"type\":\"number\"}},\"required\":[\"function\",\"n\"],\"type\":\"object\"},";
        for (int seed = 0; seed < 12; seed++) {
            String request = "{\"model\":\"scripted\",\"max_tokens\":60,\"temperature\":" + (seed == 0 ? 0 : 3)
                    + ",\"seed\":" + seed + "," + schema
                    + (seed % 3 == 0
                            ? TOOL.replace("\"f\",\"parameters\"", "\"f\",\"strict\":true,\"parameters\"")
                            : "")
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"value\"}]";
            ObjectNode plain = protocol.chat(object(request + "}")).answer(minute());
            ObjectNode asked =
                    protocol.chat(object(request + ",\"logprobs\":true}")).answer(minute());
            assertEquals(plain.at("/choices/0/message"), asked.at("/choices/0/message"));
            assertEquals(plain.at("/choices/0/finish_reason"), asked.at("/choices/0/finish_reason"));
            for (String number : List.of("/completion_tokens", "/completion_tokens_details")) {
                assertEquals(plain.at("/usage" + number), asked.at("/usage" + number));
            }
            assertTrue(
                    plain.at("/usage/completion_tokens_details/forced_tokens").intValue() > 3, plain.toString());
        }
    }

    @Test
    void eachChunkHasItsOwnTokens() {
        TakenFrames taken = new TakenFrames(model::passes);
        chat("«all»", "\"stream\":true," + TOOL).stream(taken, minute());
        int chunks = 0;
        StringBuilder said = new StringBuilder();
        StringBuilder tokens = new StringBuilder();
        for (ObjectNode frame : taken.frames) {
            String chunk = frame.at("/choices/0/delta/content").asString("");
            if (!chunk.isEmpty()) {
                chunks++;
                said.append(new String(chunk.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
                ArrayNode own = (ArrayNode) frame.at("/choices/0/logprobs/content");
                for (JsonNode token : own) {
                    assertTrue(tokens.length() < said.length(), "a token comes before its first byte");
                    tokens.append(bytes(token));
                }
                assertTrue(tokens.length() >= said.length(), "a chunk comes before its tokens");
            }
        }
        assertTrue(chunks > 3);
        assertTrue(taken.counts.get(taken.counts.size() - 1) > taken.counts.get(4), "all came at the end");
    }

    @Test
    void responses() {
        SCRIPTS.forEach((name, script) -> {
            ObjectNode whole = response("«" + name + "»", FLAT_TOOL).answer(minute());
            ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
            whole.get("output").forEach(item -> {
                JsonNode logprobs = item.at("/content/0/logprobs");
                if (logprobs.isArray()) {
                    tokens.addAll((ArrayNode) logprobs);
                }
            });
            assertCover(script.get(1), tokens);
            TakenFrames taken = new TakenFrames(model::passes);
            response("«" + name + "»", "\"stream\":true," + FLAT_TOOL).stream(taken, minute());
            assertEquals("response.completed", taken.last().get("type").stringValue());
            assertEquals(tokens, taken.items("/logprobs", "/delta"));
            assertEquals(tokens, taken.items("/logprobs", "/text"));
        });
    }

    private static JsonNode first(String more) {
        return protocol.chat(object(
                        "{\"model\":\"scripted\",\"logprobs\":true,\"top_logprobs\":3,\"seed\":1,\"reasoning_effort\":\"none\",\"guided_regex\":\"[a-c]\","
                                + more + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .answer(minute())
                .at("/choices/0/logprobs/content/0");
    }

    /** How much likelier the likeliest allowed token is than the next. */
    private static double apart(JsonNode token) {
        JsonNode masked = token.get("masked_top_logprobs");
        return masked.at("/0/logprob").doubleValue() - masked.at("/1/logprob").doubleValue();
    }

    @Test
    void probabilitiesAreAfterTemperatureAndBiasAndBeforeFilters() {
        int a = 'a';
        String biased = "\"logit_bias\":{\"" + a + "\":4},";
        double apart = apart(first(biased + "\"temperature\":1,"));
        assertEquals(4, apart, 1e-5);
        assertEquals(apart, apart(first(biased + "\"temperature\":0,")), 1e-9);
        assertEquals(2, apart(first(biased + "\"temperature\":2,")), 1e-5);
        assertEquals(0, apart(first("\"temperature\":1,")), 1e-5);
        JsonNode filtered = first(biased + "\"temperature\":1,\"top_k\":1,");
        assertEquals(4, apart(filtered), 1e-5);
        assertEquals(3, filtered.get("allowed_tokens").intValue());
        assertEquals(
                -Math.log(1 + 2 * Math.exp(-4)), filtered.get("masked_logprob").doubleValue(), 1e-5);
    }
}
