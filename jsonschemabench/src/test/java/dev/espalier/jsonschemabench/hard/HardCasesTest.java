// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.hard.HardResult.End;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.TokenSteps;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hard cases with a vocabulary of bytes. */
class HardCasesTest {

    private static final Limits LIMITS = Limits.DEFAULT.withMaxNesting(4_000);
    private static final Vocabulary BYTES = ByteTokens.withEnd();
    private static final TextEncoder ENCODER = ByteTokens::of;
    private static final HardCases ALL = HardCases.all();

    @Test
    void thereAreCasesOfEachKindAndNoTwoOfOneName() {
        assertEquals(
                ALL.cases().size(),
                ALL.cases().stream().map(HardCase::name).distinct().count());
        for (HardCase.Kind kind : List.of(HardCase.Kind.SCHEMA, HardCase.Kind.GBNF, HardCase.Kind.REGEX)) {
            assertTrue(ALL.cases().stream().anyMatch(each -> each.kind() == kind), kind::name);
        }
        HardCase large = ALL.named(List.of("schema-915k")).cases().get(0);
        assertEquals(915, large.source().length() / 1000);
    }

    @Test
    void casesAreThoseOfEarlierMeasurements() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ALL.cases().forEach(each -> digest.update((ResultJson.write(each) + "\n").getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "805f9a9c50a54757a71e813d66410cb1b8d2ce8e3720833c772f80830c89e487",
                HexFormat.of().formatHex(digest.digest()));
    }

    static List<String> names() {
        return ALL.cases().stream().map(HardCase::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsTextsAreItsLanguage(String name) {
        HardCase source = named(name);
        try (CaseCompiler compiler = new CaseCompiler(BYTES, LIMITS)) {
            var grammar = compiler.compile(source);
            List<String> texts = new ArrayList<>(source.texts());
            texts.addAll(source.anyOrderTexts());
            for (String text : texts) {
                Matcher matcher = grammar.matcher();
                for (int token : ByteTokens.of(text)) {
                    matcher.accept(token);
                }
                assertTrue(matcher.isAccepting(), text.substring(0, Math.min(80, text.length())));
            }
        }
    }

    private static HardCase named(String name) {
        return ALL.cases().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void textsThatAreNotOfTheLanguageMakeItFail() {
        HardCase wrong = new HardCase("wrong", "", HardCase.Kind.REGEX, "a+", List.of("aab"), List.of());
        HardResult result = trial(wrong, 100).run();
        assertEquals(End.FAILED, result.end());
        assertTrue(result.reasons().get(0).reason().contains("token 2"), result.toString());
        HardCase cutOff = new HardCase("cut", "", HardCase.Kind.REGEX, "a+b", List.of("aa"), List.of());
        assertEquals(End.FAILED, trial(cutOff, 100).run().end());
        assertEquals(End.READ, trial(cutOff, 1).run().end(), "a text that is not read to its end");
    }

    @Test
    void aSourceThatIsRefusedIsToldApart() {
        HardResult result = trial(
                        new HardCase("odd", "", HardCase.Kind.SCHEMA, "{\"type\":", List.of("1"), List.of()), 1)
                .run();
        assertEquals(End.REFUSED, result.end());
        assertEquals(List.of("refused"), result.misses());
    }

    @Test
    void stepsAreTheLeastOfAllRuns() {
        TokenSteps first = new TokenSteps();
        first.add(5, 20, 7);
        first.add(9, 9, 9);
        TokenSteps second = new TokenSteps();
        second.add(6, 10, 3);
        TokenSteps least = first.least(second);
        assertEquals(1, least.size());
        assertEquals(List.of(5L, 10L, 3L), List.of(least.mask(0), least.commit(0), least.visited(0)));
        assertEquals(16, least.step(0), "both together were never done in 15");
    }

    @Test
    void growthIsTheLastQuarterOfTheLongestTextOverItsSecond() {
        TokenSteps steps = new TokenSteps();
        steps.add(1_000, 0, 0);
        for (int i = 0; i < 8; i++) {
            steps.add(i * 10, 0, i);
        }
        List<TokenText> texts =
                List.of(new TokenText(new int[] {'a'}, true), new TokenText(ByteTokens.of("bcdefghi"), true));
        SlowSteps slow = new SlowSteps(BYTES, texts, steps);
        assertEquals((60 + 70) / (20.0 + 30), slow.growth());
        assertEquals(9, slow.characters());
        assertEquals(new HardResult.Slow(1_000, 0, 0, 0, ""), slow.slowest().get(0));
        assertEquals(new HardResult.Slow(70, 7, 1, 7, "bcdefgh"), slow.slowest().get(1));
    }

    @Test
    void resultsAreWrittenReportedAndGoneOnFrom(@TempDir Path folder) throws IOException, InterruptedException {
        HardCases some = ALL.named(List.of("person", "slug"));
        View view = run(some, folder);
        assertTrue(view.isRight(), view::toString);
        List<String> lines = Files.readAllLines(folder.resolve(ResultsFile.NAME));
        assertEquals(3, lines.size());
        for (String line : lines.subList(0, 2)) {
            HardResult result = ResultJson.read(JsonMapper.shared().readTree(line), HardResult.class);
            assertEquals(line, result.toJson());
            assertTrue(result.characters() > 0 && result.compile() > 0 && result.nodes() > 0, result::toString);
        }
        assertEquals(view.toString(), run(some, folder).toString(), "nothing is run twice");
        assertTrue(view.toString().contains("slug"), view::toString);
        Path page = folder.resolve("report.html");
        view.page().write(page);
        assertTrue(Files.readString(page).contains("slug"));
    }

    @Test
    void casesAreWrittenForOtherEngines(@TempDir Path folder) throws IOException {
        ALL.named(List.of("person", "slug")).write(folder);
        JsonNode person = JsonMapper.shared().readTree(Files.readString(folder.resolve("person.json")));
        assertEquals("schema", person.path("kind").asString());
        assertEquals(named("person").texts().get(0), person.path("texts").get(0).asString());
        assertEquals(
                "regex",
                JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("slug.json")))
                        .path("kind")
                        .asString());
        assertDoesNotThrow(() -> ALL.named(List.of("")));
        assertThrows(InvalidInputException.class, () -> ALL.named(List.of("no such case")));
    }

    private static View run(HardCases cases, Path folder) throws InterruptedException {
        return new BenchRunner<>(bench(cases, Clock.CPU, 60, 20)).run(folder, new Cancellation(), () -> {});
    }

    private static HardTrial trial(HardCase source, int most) {
        return new HardTrial(source, bench(ALL, Clock.WALL, most, 10), new Cancellation());
    }

    private static HardBench bench(HardCases cases, Clock clock, int most, int seconds) {
        return new HardBench(cases, BYTES, ENCODER, Settings.none().with("a", 1), clock, most, 1, seconds, "a test");
    }
}
