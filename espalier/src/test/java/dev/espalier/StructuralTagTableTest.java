// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of structural tags, one row each: texts that a format accepts and rejects, or what it is refused with. {@code differs} says why XGrammar 0.2.8 answers otherwise, where it does.
 */
class StructuralTagTableTest {

    private static final int CALL = 256;
    private static final int CLOSED = 257;

    /** Tokens of a byte each, and two that no text spells. */
    private static final Vocabulary VOCABULARY = vocabulary();

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < CALL; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        return builder.special(CALL, "<call>")
                .special(CLOSED, "</call>")
                .special(258, "<end>")
                .endIds(258)
                .build();
    }

    static List<JsonNode> rows() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(StructuralTagTableTest.class.getResourceAsStream("structural-tags.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRuleIsKept(JsonNode row) {
        String tag = "{\"type\":\"structural_tag\",\"format\":" + row.get("format") + "}";
        try (OutputCompiler compiler = new OutputCompiler(VOCABULARY)) {
            if (row.has("refused")) {
                EspalierException refused =
                        assertThrows(EspalierException.class, () -> compiler.compile(Output.structuralTag(tag)));
                assertTrue(
                        String.valueOf(refused.getMessage())
                                .contains(row.get("refused").stringValue()),
                        refused.getMessage());
                return;
            }
            CompiledOutput compiled = compiler.compile(Output.structuralTag(tag));
            boolean areTokens = row.path("tokens").asBoolean(false);
            for (JsonNode text : row.path("accepts")) {
                assertTrue(isRead(compiled, text.stringValue(), areTokens), "accepts " + text);
            }
            for (JsonNode text : row.path("rejects")) {
                assertEquals(false, isRead(compiled, text.stringValue(), areTokens), "rejects " + text);
            }
        }
    }

    /** Whether a text is read, in which the names of the two tokens may stand for these. */
    private static boolean isRead(CompiledOutput compiled, String text, boolean areTokens) {
        Matcher matcher = compiled.grammar().matcher();
        int[] ids = areTokens
                ? text.replace("</call>", "\u0001")
                        .replace("<call>", "\u0002")
                        .chars()
                        .map(each -> each == 1 ? CLOSED : each == 2 ? CALL : each)
                        .toArray()
                : bytes(text);
        for (int id : ids) {
            if (!matcher.allows(id)) {
                return false;
            }
            matcher.accept(id);
        }
        return matcher.isAccepting();
    }

    private static int[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
    }

    @Test
    void everyTypeAndEveryRuleHasARow() throws IOException {
        Set<String> missing = new TreeSet<>(Set.of(
                "const_string",
                "json_schema",
                "regex",
                "grammar",
                "any_text",
                "token",
                "exclude_token",
                "any_tokens",
                "sequence",
                "or",
                "optional",
                "plus",
                "star",
                "repeat",
                "tag",
                "triggered_tags",
                "tags_with_separator",
                "dispatch",
                "token_triggered_tags",
                "token_dispatch",
                "span",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "9",
                "10",
                "11",
                "12"));
        for (JsonNode row : rows()) {
            missing.remove(row.get("rule").stringValue().replaceAll(":.*", ""));
            row.get("format").findValues("type").forEach(type -> missing.remove(type.asString("")));
        }
        assertEquals(Set.of(), missing);
    }
}
