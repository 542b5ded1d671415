// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.SyntaxException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages and tools that are read from files. */
class ChatFilesTest {

    private static final String FUNCTION =
            "{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|f.json at #: expected an array",
                "[1]|f.json at #/0: expected an object",
                "[{\"role\":\"user\"},{\"content\":\"a\"}]|f.json at #/1: expected a member \"role\"",
                "[{\"role\":7}]|f.json at #/0/role: expected a string",
                "[{\"role\":\"user\",|f.json:1:17: this is not JSON",
                "[{\"role\":\"user\",\"role\":\"user\"}]|this is not JSON: Duplicate Object property \"role\"",
                "[] []|this is not JSON"
            })
    void faultsOfMessagesHaveAPlace(String json, String fault) {
        String message = String.valueOf(assertThrows(SyntaxException.class, () -> ChatMessage.read(json, "f.json"))
                .getMessage());
        assertTrue(message.contains(fault), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[7]|f.json at #/0: expected an object",
                "[{\"function\":{}}]|f.json at #/0/type: expected \"function\"",
                "[{\"type\":\"retrieval\"}]|f.json at #/0/type: expected \"function\"",
                "[{\"type\":\"function\"}]|f.json at #/0/function: expected an object",
                "[{\"type\":\"function\",\"function\":{\"name\":\"\"}}]|f.json at #/0/function/name: expected the name of",
                "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":1}}]|#/0/function/description: expected a string",
                "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":1}}]|#/0/function/parameters: expected an object"
            })
    void faultsOfToolsHaveAPlace(String json, String fault) {
        String message = String.valueOf(assertThrows(SyntaxException.class, () -> ChatTool.read(json, "f.json"))
                .getMessage());
        assertTrue(message.contains(fault), message);
    }

    @Test
    void toolsKeepAllMembers() {
        ChatTool read = ChatTool.read("[{\"type\":\"function\",\"strict\":true,\"function\":" + FUNCTION + "}]", "f")
                .get(0);
        assertEquals(true, read.definition().get("strict"));
        assertEquals(
                ChatTool.function("f", "d", "{\"type\":\"object\"}")
                        .definition()
                        .get("function"),
                read.definition().get("function"));
        assertEquals(
                "{name=f, description=d, parameters={type=object}}",
                String.valueOf(read.definition().get("function")),
                "in that order");
    }

    @Test
    void aMessageOfAMapNeedsARole() {
        assertThrows(SyntaxException.class, () -> new ChatMessage(Map.of("content", "a")));
        assertEquals(new ChatMessage("user", "a"), new ChatMessage(Map.of("content", "a", "role", "user")));
    }
}
