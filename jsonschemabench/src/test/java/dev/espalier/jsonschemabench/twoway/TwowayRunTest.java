// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.testsuite.SuiteFiles;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TwowayRunTest {

    private static final SuiteFiles SUITE = new SuiteFiles(new TreeMap<>(Map.of(
            "tests/draft2020-12/minimum.json",
            """
            [{"description": "least", "schema": {"minimum": 1.1},
              "tests": [{"description": "above", "data": 2.6, "valid": true},
                        {"description": "below", "data": 0.6, "valid": false}]}]""",
            "tests/draft2020-12/type.json",
            """
            [{"description": "integers", "schema": {"type": "integer"},
              "tests": [{"description": "one", "data": 1, "valid": true},
                        {"description": "a half", "data": 0.5, "valid": false}]},
             {"description": "what no validator says", "schema": {"type": "string"},
              "tests": [{"description": "wrong", "data": 1, "valid": true}]}]""",
            "tests/draft2020-12/refRemote.json",
            """
            [{"description": "remote", "schema": {"$ref": "http://localhost:1234/integer.json"}, "tests": []}]""")));

    @TempDir
    private Path folder;

    private static SchemaCorpus corpus(Path folder, List<String> lines) throws IOException {
        Path file = folder.resolve("lines.jsonl");
        Files.write(file, lines);
        return SchemaCorpus.read(List.of(file));
    }

    @Test
    void casesAreTheSuitesGroupsByKeyword() throws IOException {
        DecodingCases cases = new DecodingCases(SUITE);
        SchemaCorpus corpus = corpus(folder, cases.ofKeywords());
        assertEquals(3, corpus.size(), "the group that needs documents of a server is left out");
        assertEquals("minimum", corpus.schema(0).dataset());
        assertEquals("{\"minimum\": 1.1}", corpus.schema(0).schema());
        assertEquals(
                List.of(new BenchSchema.Instance(true, "2.6"), new BenchSchema.Instance(false, "0.6")),
                corpus.schema(0).tests());
    }

    @Test
    void documentsOfPairsAreJudgedUnderBothKeywords() throws IOException {
        SchemaCorpus corpus = corpus(folder, new DecodingCases(SUITE).ofPairs(5, 1));
        assertEquals(1, corpus.size(), "the group on which the validator disagrees is left out");
        BenchSchema pair = corpus.schema(0);
        assertEquals("minimum + type", pair.dataset());
        assertEquals("{\"minimum\":1.1,\"type\":\"integer\"}", pair.schema());
        assertTrue(pair.tests().stream().noneMatch(BenchSchema.Instance::valid), "2.6 is no integer, 1 is too small");
        assertEquals(4, pair.tests().size());
    }

    @Test
    void aBlockedModelWritesWhiteSpaceForEverWhereAnyIsAllowed() {
        Wish wish = new Wish(
                "w",
                "{\"type\": \"object\", \"properties\": {\"a\": {}}, \"required\": [\"a\"], "
                        + "\"additionalProperties\": false}",
                "{1: \"a\"}",
                false);
        WishResult any = trial(WhiteSpace.ANY, 60, false).run(wish);
        assertTrue(any.isLoop(), any.toJson());
        WishResult flexible = trial(WhiteSpace.FLEXIBLE, 60, true).run(wish);
        assertTrue(flexible.isComplete(), flexible.toJson());
        WishResult closed = trial(WhiteSpace.ANY, 60, true).run(wish);
        assertTrue(closed.isComplete(), "masks that know of the limit end the text: " + closed.toJson());
        assertFalse(closed.isLoop());
    }

    @Test
    void aModelThatIsNotBlockedWritesItsText() {
        Wish wish = new Wish("w", "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}", "[1, 22]", true);
        WishResult result = trial(WhiteSpace.ANY, 60, false).run(wish);
        assertEquals(new WishResult("w", "complete", 7, 0, "[1, 22]"), result);
        WishResult refused = trial(WhiteSpace.ANY, 60, false).run(new Wish("w", "{\"type\": 1}", "1", true));
        assertEquals("refused", refused.end());
    }

    /** {@code peers/tests/test_wishes.py} holds the other implementation to the same choices. */
    @Test
    void choicesByHashAreThoseOfTheOtherImplementation() {
        Vocabulary vocabulary = ByteTokens.withEnd();
        WishModel model = new WishModel(vocabulary);
        model.wish(new int[0]);
        TokenMask letters = TokenMask.of(vocabulary.size(), 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append((char) model.next(letters));
        }
        assertEquals(CHOICES, text.toString());
    }

    private static final String CHOICES = "fegahbaffhbb";

    private static WishTrial trial(WhiteSpace space, int limit, boolean closes) {
        SchemaOptions options = SchemaOptions.DEFAULT.withWhiteSpace(space);
        return new WishTrial(ByteTokens.withEnd(), ByteTokens::of, options, limit, closes);
    }

    @Test
    void aRunWritesVerdictsAndTextsAndGoesOnWhereItWas() throws IOException, InterruptedException {
        SchemaCorpus models = corpus(
                folder,
                List.of("{\"id\": \"x/One---a.json\", \"schema\": {\"type\": \"integer\"}, \"tests\": "
                        + "[{\"valid\": true, \"data\": 1}, {\"valid\": false, \"data\": \"x\"}]}"));
        Path out = folder.resolve("out");
        TwowayRun run =
                new TwowayRun(out, ByteTokens.withEnd(), ByteTokens::of, models, 1, Settings.none(), "with bytes");
        run.prepare(SUITE, 2, 1);
        run.run(out, new Cancellation(), () -> {});
        View view = run.run(out, new Cancellation(), () -> {});
        JsonNode own = view.toJson().path("verdicts").path("espalier");
        assertEquals(3, own.path("keywords").path("schemas").asInt());
        assertEquals(1, own.path("keywords").path("valid_refused").asInt(), "the suite's mistake");
        assertEquals(0, own.path("pairs").path("invalid_accepted").asInt());
        assertEquals(4, view.toJson().path("written").size());
        assertTrue(Files.readString(out.resolve("report.md")).contains("minimum"));
        assertFalse(view.isRight());
    }
}
