package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.ByteString;
import dev.espalier.grammar.error.PreparedFileException;
import dev.espalier.grammar.error.PreparedFileException.Reason;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static final Vocabulary VOCABULARY = vocabulary(1);

    @TempDir
    Path folder = Path.of(".");

    private static Vocabulary vocabulary(long seed) {
        Random random = new Random(seed);
        String alphabet = "abcdefmnorstuylz019{}[]\",:-.\\ \u00e9\u4e2d";
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        for (int id = 256; id < 3_000; id++) {
            StringBuilder text = new StringBuilder();
            for (int left = 1 + random.nextInt(5); left > 0; left--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            builder.token(id, text.toString());
        }
        return builder.special(3_000, "<end>").endIds(3_000).build();
    }

    private static List<Output<?>> outputs() {
        SchemaOptions loose = SchemaOptions.CHECKING.allow(Enforcement.NOT_ENFORCED);
        return List.of(
                Output.jsonSchema(SCHEMA),
                Output.jsonSchema(SCHEMA, loose),
                Output.grammar(
                        "root ::= \"<\" who \">\" [a-z]{2,40} (\", \" who)*",
                        Map.of("who", Output.jsonSchema("{\"type\":\"string\",\"maxLength\":9}"))),
                Output.regex("[a-e]{3,30}(, [a-e]+)*|\\d+\\.\\d\\d"),
                Output.choice("yes", "no", "", "neither, nor"));
    }

    @Test
    void outputsReadBackHaveTheSameMasksAndNoneIsMadeAnew() throws IOException {
        int number = 0;
        for (Output<?> output : outputs()) {
            Path file = folder.resolve("output" + number);
            try (OutputCompiler first = new OutputCompiler(VOCABULARY);
                    OutputCompiler second = new OutputCompiler(VOCABULARY)) {
                int states = first.save(output, file, 300, List.of("{\"name\":\"rudolf\",\"any\":[1,{\"a\":2}]}"));
                Output<String> read = Output.saved(file);
                assertEquals(output.constraint(), read.constraint());
                Matcher left = first.compile(output).grammar().matcher();
                Matcher right = second.compile(read).grammar().matcher();
                int hits = walk(left, right, new Random(number), "output " + number);
                assertTrue(states == 0 || hits > 0 || number > 1, states + " states, " + hits + " hits, " + number);
                Output<String> again = Output.saved(Files.readAllBytes(file), "bytes");
                assertEquals(output.constraint(), again.constraint());
            }
            number++;
        }
    }

    private static int walk(Matcher left, Matcher right, Random random, String what) {
        int hits = 0;
        for (int step = 0; step < 60 && !left.isTerminated(); step++) {
            TokenMask mask = left.mask();
            assertEquals(mask, right.mask(), what + " step " + step);
            hits += right.lastStats().storeHits();
            int[] ids = mask.ids();
            int id = ids[random.nextInt(ids.length)];
            left.accept(id);
            right.accept(id);
        }
        return hits;
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
                options.withDependencies(true),
                options.withRepeatedKeys(true),
                options.withDocuments(Map.of("urn:a", "{}", "urn:b", "true")),
                options.allow(Enforcement.CHECKED_AT_END)));
        assertEquals(
                SchemaOptions.class.getRecordComponents().length, all.size(), "one for each option but the limits");
        for (var component : options.limits().getClass().getRecordComponents()) {
            all.add(options.withLimits(options.limits().with(component.getName(), 77)));
        }
        for (int i = 0; i < all.size(); i++) {
            Constraint constraint = new Constraint.Schema("{}", all.get(i));
            assertEquals(constraint, ConstraintTexts.read(ConstraintTexts.of(constraint)));
            for (int j = 0; j < i; j++) {
                assertNotEquals(
                        ConstraintTexts.of(new Constraint.Schema("{}", all.get(j))), ConstraintTexts.of(constraint));
            }
        }
    }

    @Test
    void otherVocabulariesAreRefusedWhenTheOutputIsCompiled() {
        byte[] bytes;
        try (OutputCompiler compiler = new OutputCompiler(VOCABULARY)) {
            bytes = compiler.save(Output.jsonSchema(SCHEMA), 100, List.of());
        }
        Output<String> saved = Output.saved(bytes, "the schema");
        try (OutputCompiler other = new OutputCompiler(vocabulary(2))) {
            PreparedFileException refusal = assertThrows(PreparedFileException.class, () -> other.compile(saved));
            assertEquals(Reason.VOCABULARY, refusal.reason());
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("the schema"), refusal.getMessage());
        }
    }

    @Test
    void sourcesAreKeptWordForWord() {
        Constraint odd = new Constraint.Texts(List.of("", "\ud800 alone", "\u0000\n", "\ud83d\ude00", "\udfff"));
        byte[] file = CompiledFile.begin(odd).toBytes();
        assertEquals(odd, Output.saved(file, "odd").constraint());
    }

    @Test
    void aSourceOfAnotherVersionIsRefused() {
        List<String> texts = new ArrayList<>(ConstraintTexts.of(new Constraint.Schema("{}", SchemaOptions.DEFAULT)));
        assertThrows(IllegalArgumentException.class, () -> ConstraintTexts.read(texts.subList(0, texts.size() - 1)));
        texts.set(texts.indexOf("bounds"), "limitsOfValues");
        assertThrows(IllegalArgumentException.class, () -> ConstraintTexts.read(texts));
        assertThrows(IllegalArgumentException.class, () -> ConstraintTexts.read(List.of("Riddle", "text", "?")));
    }
}
