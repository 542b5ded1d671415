// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.Output;
import dev.espalier.core.error.PreparedFileException;
import dev.espalier.core.error.PreparedFileException.Reason;
import dev.espalier.core.testing.NamedLimit;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedOutputTest {

    private static final String SCHEMA = """
            {"type":"object","properties":{
              "name":{"type":"string","maxLength":12},
              "size":{"enum":["small","medium","large"]},
              "code":{"type":"string","pattern":"^[a-f0-9]{4,8}(-[a-z]+)*$"},
              "day":{"type":"string","format":"date"},
              "many":{"type":"array","items":{"anyOf":[{"type":"number","minimum":-5.5},{"type":"null"},{"$ref":"#"}]}},
              "any":{}},
             "required":["name"]}""";

    @TempDir
    Path folder = Path.of(".");

    private static List<Output<?>> outputs() {
        SchemaOptions loose = SchemaOptions.CHECKING.allow(Enforcement.NOT_ENFORCED);
        return List.of(
                Output.jsonSchema(SCHEMA),
                Output.jsonSchema(SCHEMA, loose),
                Output.grammar(
                        "root ::= \"<\" who \">\" [a-z]{2,40} (\", \" who)*",
                        Map.of("who", Output.jsonSchema("{\"type\":\"string\",\"maxLength\":9}"))),
                Output.grammar(GrammarDialect.LARK, "start: item\nitem: /[a-c]+/")
                        .withStartRule("item")
                        .withImports(Path.of("grammars", "of tests")),
                Output.regex("[a-e]{3,30}(, [a-e]+)*|\\d+\\.\\d\\d"),
                Output.fromSource("of a letter", SpanMatch.FOLDED, true),
                Output.choice("yes", "no", "", "neither, nor"));
    }

    @Test
    void outputsComeBackAsTheyWereSaved() throws IOException {
        int number = 0;
        for (Output<?> output : outputs()) {
            Path file = folder.resolve("output" + number++);
            output.save(file);
            assertEquals(output.source(), Output.saved(file).source());
            assertArrayEquals(Files.readAllBytes(file), output.toBytes());
            assertEquals(
                    output.source(), Output.saved(output.toBytes(), "bytes").source());
        }
    }

    @Test
    void everyOptionIsPartOfTheSource() {
        SchemaOptions options = SchemaOptions.DEFAULT;
        List<SchemaOptions> all = new ArrayList<>(List.of(
                options,
                options.withMemberOrder(MemberOrder.ANY),
                options.withWhiteSpace(WhiteSpace.pretty(2)),
                options.withSpelling(Spelling.ANY),
                options.withNumberSpelling(NumberSpelling.ANY),
                options.withBounds(GenerationBounds.USUAL),
                options.withDraft(Draft.DRAFT_7),
                options.withDefaultDraft(Draft.DRAFT_4),
                options.withFormats(false),
                options.withContents(true),
                options.withExtraKeywords(ExtraKeyword.DEPENDENCIES),
                options.withRepeatedKeys(true),
                options.withDocuments(Map.of("urn:a", "{}", "urn:b", "true")),
                options.withSource("of a letter").withSource("other", "\n"),
                options.allow(Enforcement.CHECKED_AT_END)));
        assertEquals(
                SchemaOptions.class.getRecordComponents().length, all.size(), "one for each option but the limits");
        for (var component : options.limits().getClass().getRecordComponents()) {
            all.add(options.withLimits(NamedLimit.with(options.limits(), component.getName(), 77)));
        }
        for (int i = 0; i < all.size(); i++) {
            OutputSource constraint = new OutputSource.Schema("{}", all.get(i));
            assertEquals(constraint, SourceTexts.read(SourceTexts.of(constraint)));
            for (int j = 0; j < i; j++) {
                assertNotEquals(SourceTexts.of(new OutputSource.Schema("{}", all.get(j))), SourceTexts.of(constraint));
            }
        }
    }

    @Test
    void filesOfAnotherKindOrCutAreRefused() {
        byte[] whole = Output.regex("a+").toBytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertEquals(
                Reason.CUT,
                assertThrows(PreparedFileException.class, () -> Output.saved(cut, "the pattern"))
                        .reason());
        assertEquals(
                Reason.FOREIGN,
                assertThrows(
                                PreparedFileException.class,
                                () -> Output.saved("{}".getBytes(StandardCharsets.UTF_8), "x"))
                        .reason());
    }

    @Test
    void sourcesAreKeptWordForWord() {
        OutputSource odd = new OutputSource.Texts(List.of("", "\ud800 alone", "\u0000\n", "\ud83d\ude00", "\udfff"));
        byte[] file = SourceFile.write(odd).toBytes();
        assertEquals(odd, Output.saved(file, "odd").source());
    }

    @Test
    void aSourceOfAnotherVersionIsRefused() {
        List<String> texts = new ArrayList<>(SourceTexts.of(new OutputSource.Schema("{}", SchemaOptions.DEFAULT)));
        assertThrows(IllegalArgumentException.class, () -> SourceTexts.read(texts.subList(0, texts.size() - 1)));
        texts.set(texts.indexOf("bounds"), "limitsOfValues");
        assertThrows(IllegalArgumentException.class, () -> SourceTexts.read(texts));
        assertThrows(IllegalArgumentException.class, () -> SourceTexts.read(List.of("Riddle", "text", "?")));
    }
}
