// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Grammars whose notation no member names: the sign of the first definition tells it. */
class GrammarNotationTest {

    /** Grammars, and the one sentence that each has. */
    private static final Map<String, String> GRAMMARS = Map.ofEntries(
            Map.entry("root ::= \"ab\"", "ab"),
            Map.entry("root ::=\n  start \"b\"\nstart ::= \"a\"", "ab"),
            Map.entry("# start: a comment\nroot ::= start\nstart ::= \"ab\"", "ab"),
            Map.entry("start ::= \"a\" \"b\"\nroot ::= start", "ab"),
            Map.entry("root ::= (\n  start |\n  start\n)\nstart ::= \"ab\"", "ab"),
            Map.entry("start: \"ab\"", "ab"),
            Map.entry("start : \"ab\"", "ab"),
            Map.entry("// a comment\n\nstart: B\nB: \"ab\"", "ab"),
            Map.entry("# a comment\nB: \"ab\"\nstart: B", "ab"),
            Map.entry("%ignore / /\nstart: \"ab\"", "ab"),
            Map.entry("%llguidance {}\nstart: \"ab\"", "ab"),
            Map.entry("start[capture]: \"ab\"", "ab"),
            Map.entry("?start: x\nx: \"::=\"", "::="));

    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        assistant = Assistant.of(new ScriptedModel(prompt -> "Hello."), AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 64)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static String answer(ObjectNode members) {
        members.put("model", "scripted").put("temperature", 0).put("prompt", "Hi");
        return protocol.completion(Protocol.object(members.toString().getBytes(StandardCharsets.UTF_8)))
                .answer(new Interruption(Duration.ofMinutes(1)))
                .at("/choices/0/text")
                .asString();
    }

    @Test
    void allMembersReadBothNotations() {
        GRAMMARS.forEach((grammar, sentence) -> {
            for (String member : List.of("grammar", "guided_grammar")) {
                ObjectNode request = JsonNodeFactory.instance.objectNode().put(member, grammar);
                assertEquals(sentence, answer(request), member + ": " + grammar);
            }
            ObjectNode outputs = JsonNodeFactory.instance.objectNode();
            outputs.putObject("structured_outputs").put("grammar", grammar);
            assertEquals(sentence, answer(outputs), grammar);
            ObjectNode format = JsonNodeFactory.instance.objectNode();
            format.putObject("response_format").put("type", "grammar").put("grammar", grammar);
            assertEquals(sentence, answer(format), grammar);
        });
    }
}
