// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Completions in frames say what whole ones say, with stops, too. */
class CompletionStreamTest {

    private static final String TEXT = "Hello, world and all of you. STOP here, or go on. 😀 The end.";

    private static ScriptedModel model;
    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        model = new ScriptedModel(prompt -> TEXT);
        assistant = Assistant.of(model, AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 64)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static Call call(String more) {
        String budget = more.contains("max_tokens") ? "" : "\"max_tokens\":200,";
        String body = "{\"model\":\"scripted\",\"temperature\":0," + budget + more
                + "\"prompt\":\"<|im_start|>assistant\\n\"}";
        return protocol.completion(Protocol.object(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Interruption minute() {
        return new Interruption(Duration.ofMinutes(1));
    }

    private static TakenFrames streamed(String more) {
        TakenFrames taken = new TakenFrames(model::passes);
        call(more).stream(taken, minute());
        assertTrue(taken.isDone);
        return taken;
    }

    private static String text(TakenFrames taken) {
        return taken.text("/choices/0/text");
    }

    @Test
    void stopsEndTextsInFramesAsInWholeOnes() {
        for (String stop : List.of(
                "\"STOP\"", "[\"STOP here\", \"all\"]", "[\"zzz\"]", "[\"end.x\"]", "\"H\"", "[\". \", \"you\"]")) {
            ObjectNode whole = call("\"stop\":" + stop + ",").answer(minute());
            String expected = whole.at("/choices/0/text").asString();
            TakenFrames taken = streamed("\"stop\":" + stop + ",");
            assertEquals(expected, text(taken), stop);
            assertTrue(TEXT.startsWith(expected));
            assertEquals(
                    whole.at("/choices/0/finish_reason").asString(),
                    taken.last().at("/choices/0/finish_reason").asString());
        }
        assertEquals("Hello, world and all of you. ", text(streamed("\"stop\":\"STOP\",")));
        assertEquals(TEXT, text(streamed("\"stop\":\"zzz\",")));
        assertEquals("", text(streamed("\"stop\":\"H\",")));
    }

    @Test
    void textIsToldWhileItIsWritten() {
        TakenFrames taken = streamed("\"stop\":\"STOP\",");
        assertTrue(taken.counts.get(taken.counts.size() - 1) - taken.counts.get(0) > 10, taken.counts.toString());
        assertTrue(taken.frames.size() > 10);
        // nothing that may be the beginning of a stop
        taken.frames.forEach(
                frame -> assertFalse(frame.at("/choices/0/text").asString().contains("S")));
    }

    @Test
    void aTextThatIsCutIsToldToItsEnd() {
        TakenFrames taken = streamed("\"max_tokens\":30,\"stop\":\"of you. STOP it\",");
        ObjectNode whole =
                call("\"max_tokens\":30,\"stop\":\"of you. STOP it\",").answer(minute());
        assertEquals("length", whole.at("/choices/0/finish_reason").asString());
        assertEquals(whole.at("/choices/0/text").asString(), text(taken));
        assertTrue(TEXT.startsWith(text(taken)) && text(taken).length() > 30);
    }
}
