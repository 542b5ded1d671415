// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.schemas.options.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeywordTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/espalier/schemas");
    /** One keyword has the name of its vocabulary. */
    private static final Set<String> NAMES_OF_VOCABULARIES = Set.of("KeywordVocabulary.java", "Metaschemas.java");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void noOtherClassSpellsAKeyword() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            if (name.equals("Keyword.java")) {
                continue;
            }
            String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
            for (Keyword keyword : Keyword.values()) {
                boolean isVocabulary = keyword == Keyword.FORMAT && NAMES_OF_VOCABULARIES.contains(name);
                if (code.contains('"' + keyword.text() + '"') && !isVocabulary) {
                    found.add(file + ": " + keyword.text());
                }
            }
        }
        assertEquals(List.of(), found);
        assertTrue(sources().size() > 150);
    }

    @Test
    void vocabulariesDivideTheKeywordsOfADraft() {
        for (Draft draft : List.of(Draft.DRAFT_2019_09, Draft.DRAFT_2020_12)) {
            Set<Keyword> all = EnumSet.noneOf(Keyword.class);
            for (String part : List.of(
                    "core", "applicator", "unevaluated", "validation", "format-annotation", "format", "content")) {
                String uri = draft.metaschema().replaceFirst("schema$", "vocab/" + part);
                KeywordVocabulary vocabulary = KeywordVocabulary.of(uri, draft);
                if (vocabulary != null) {
                    vocabulary.keywords(draft).forEach(keyword -> assertTrue(all.add(keyword), keyword.text()));
                }
            }
            assertEquals(Dialect.of(draft).keywords(), all);
        }
    }

    @Test
    void rolesAreThoseOfTheDrafts() {
        assertEquals(List.of("$ref", "$dynamicRef", "$recursiveRef"), texts(Keyword.REFERENCES));
        assertEquals(
                List.of(
                        "$ref",
                        "$dynamicRef",
                        "$recursiveRef",
                        "allOf",
                        "anyOf",
                        "oneOf",
                        "if",
                        "then",
                        "else",
                        "dependentSchemas",
                        "dependencies",
                        "propertyDependencies"),
                texts(Keyword.ANNOTATING));
        assertEquals(
                List.of("prefixItems", "properties", "patternProperties", "required", "dependentSchemas", "allOf"),
                texts(Arrays.stream(Keyword.values())
                        .filter(Keyword::isDivisible)
                        .toList()));
        assertEquals(
                List.of("oneOf", "not", "if"),
                texts(Arrays.stream(Keyword.values()).filter(Keyword::mayNarrow).toList()));
        assertEquals(
                List.of(
                        "minimum maximum",
                        "exclusiveMinimum exclusiveMaximum",
                        "minLength maxLength",
                        "minContains maxContains",
                        "minItems maxItems",
                        "minProperties maxProperties"),
                Arrays.stream(Keyword.values())
                        .filter(keyword -> keyword.upperBound() != null)
                        .map(keyword ->
                                keyword.text() + " " + keyword.upperBound().text())
                        .toList());
    }

    private static List<String> texts(List<Keyword> keywords) {
        return keywords.stream().map(Keyword::text).toList();
    }
}
