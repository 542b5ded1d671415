// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.TestData;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a reader alone can get wrong on the corpus of hostile grammars and patterns, found through
 * {@code ESPALIER_DATA}; its large files through {@code ESPALIER_HOSTILE_GEN}. Skipped visibly without.
 */
class HostileSourcesTest {

    private static final int SHORT = 300;

    private final JsonMapper json = new JsonMapper();
    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();
    private int withoutFile;

    @Test
    void everySourceIsReadOrRefusedByATypedErrorThatFits() throws IOException {
        List<Executable> checks = new ArrayList<>();
        for (String line : Files.readAllLines(TestData.of("hostile", "index.jsonl"))) {
            JsonNode given = json.readTree(line);
            String kind = given.path("kind").asString();
            if (kind.equals("grammar") || kind.equals("regex")) {
                for (byte[] source : sources(given)) {
                    checks.add(() -> check(given, source));
                }
            }
        }
        System.out.println("hostile sources: " + checks.size() + " read, " + withoutFile + " cases without their file");
        assertTrue(checks.size() > 60);
        assertAll(checks);
    }

    private List<byte[]> sources(JsonNode given) throws IOException {
        if (given.has("input")) {
            return List.of(given.path("input").asString().getBytes(StandardCharsets.UTF_8));
        } else if (given.has("input_hex")) {
            return List.of(HexFormat.of().parseHex(given.path("input_hex").asString()));
        }
        String generated = System.getenv("ESPALIER_HOSTILE_GEN");
        Path base = generated == null ? TestData.of("hostile") : Path.of(generated);
        Path file = base.resolve(given.path("file").asString());
        if (!Files.exists(file)) {
            withoutFile++;
            return List.of();
        }
        if (!given.path("lines").asBoolean(false)) {
            return List.of(Files.readAllBytes(file));
        }
        List<byte[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(json.readTree(line).asString().getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }

    private void check(JsonNode given, byte[] source) {
        String id = given.path("id").asString();
        String expected = given.path("expect").asString();
        List<String> errors = new ArrayList<>();
        given.path("error").forEach(error -> errors.add(error.asString()));
        Grammar grammar;
        try {
            grammar = read(given, source);
        } catch (EspalierException e) {
            assertTrue(errors.contains(e.code()), id + ": " + e.getMessage());
            return;
        }
        // whether a grammar has a sentence is decided by the compiler, not by its reader
        boolean mayBeRead = !expected.equals("typed-error") || errors.contains("unsatisfiable");
        assertTrue(mayBeRead, id + " must not be read");
        if (expected.equals("ok") && source.length < SHORT) {
            SlowRecognizer recognizer = new SlowRecognizer(grammar);
            given.path("accepts").forEach(text -> checkText(id, recognizer, text, true));
            given.path("rejects").forEach(text -> checkText(id, recognizer, text, false));
        }
    }

    private Grammar read(JsonNode given, byte[] source) {
        WorkBudget budget = WorkBudget.standard();
        if (given.path("kind").asString().equals("grammar")) {
            return gbnf.read(given.path("id").asString(), source, budget);
        }
        String pattern = new String(source, StandardCharsets.UTF_8);
        return Grammar.of(regex.read(pattern, RegexReader.Mode.FULL, budget));
    }

    private static void checkText(String id, SlowRecognizer recognizer, JsonNode text, boolean expected) {
        byte[] bytes = text.isString()
                ? text.asString().getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(text.path("hex").asString());
        if (bytes.length < SHORT) {
            assertEquals(expected, recognizer.accepts(bytes), id + ": " + text);
        }
    }
}
