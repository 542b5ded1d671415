// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.testing.CallArgumentsContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The arguments of calls in a conversation, as a model reads them. */
class CallArgumentsTest {

    private static final List<String> MEMBERS = List.of(
            "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"f\"%s}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}]",
            "\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\"%s},"
                    + "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"1\"}]");

    /** What a model reads of arguments. */
    private static String read(String template, String members, String arguments) {
        return CallArgumentsContract.read(template, assistant -> {
            Protocol protocol = new Protocol(ServedModels.of(new ServedModel("m", assistant, 0, 64)));
            String body = "{\"model\":\"m\"," + members.formatted(arguments) + "}";
            var request = Protocol.object(body.getBytes(StandardCharsets.UTF_8));
            Call call = members.contains("input") ? protocol.response(request) : protocol.chat(request);
            call.answer(new Interruption(Duration.ofMinutes(1)));
        });
    }

    private static String quoted(String text) {
        return ",\"arguments\":" + JsonMapper.shared().writeValueAsString(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void textAndValuesAreReadByAnyTemplate(int endpoint) {
        String members = MEMBERS.get(endpoint);
        String text = "{\"city\":\"Rome\",\"days\":[1,2.5]}";
        String spaced = "{\"city\": \"Rome\", \"days\": [1, 2.5]}";
        assertEquals(text, read(CallArgumentsContract.TEMPLATES.get(0), members, quoted(text)));
        assertEquals(spaced, read(CallArgumentsContract.TEMPLATES.get(0), members, ",\"arguments\":" + text));
        assertEquals(spaced, read(CallArgumentsContract.TEMPLATES.get(1), members, quoted(text)));
        assertEquals(spaced, read(CallArgumentsContract.TEMPLATES.get(1), members, ",\"arguments\":" + text));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void nothingIsNoArguments(int endpoint) {
        for (String template : CallArgumentsContract.TEMPLATES) {
            for (String nothing : List.of("", ",\"arguments\":null", ",\"arguments\":{}")) {
                assertEquals("{}", read(template, MEMBERS.get(endpoint), nothing), nothing);
            }
            for (String nothing : List.of("", " ", "\n", "null", " null ", "{}", "{ }")) {
                assertEquals(
                        "{}",
                        read(template, MEMBERS.get(endpoint), quoted(nothing)).replace(" ", ""),
                        nothing);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "5",
                "true",
                "\"a\"",
                "\"{}\"",
                "{",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "null 1",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{\"a\":NaN}",
                "nul",
                "[]",
                "{\"a\":\"\\ud800\"}"
            })
    void whatIsNoObjectIsRefused(String text) {
        for (String members : MEMBERS) {
            ProtocolException refusal = assertThrows(
                    ProtocolException.class, () -> read(CallArgumentsContract.TEMPLATES.get(0), members, quoted(text)));
            assertEquals(400, refusal.status());
            assertEquals(
                    members.contains("input") ? "input[1].arguments" : "messages[1].tool_calls[0].function.arguments",
                    refusal.param().orElse(""));
        }
    }
}
