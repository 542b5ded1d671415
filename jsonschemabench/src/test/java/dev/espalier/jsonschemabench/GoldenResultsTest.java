// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.espalier.jsonschemabench.cold.ColdResult;
import dev.espalier.jsonschemabench.cold.ColdView;
import dev.espalier.jsonschemabench.endtoend.EndToEndResult;
import dev.espalier.jsonschemabench.endtoend.EndToEndView;
import dev.espalier.jsonschemabench.generate.GenerationResult;
import dev.espalier.jsonschemabench.generate.GenerationView;
import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.hard.HardView;
import dev.espalier.jsonschemabench.infill.CostResult;
import dev.espalier.jsonschemabench.infill.CostView;
import dev.espalier.jsonschemabench.infill.InfillView;
import dev.espalier.jsonschemabench.infill.TrialResult;
import dev.espalier.jsonschemabench.languages.LanguageResult;
import dev.espalier.jsonschemabench.languages.LanguagesView;
import dev.espalier.jsonschemabench.maskbench.MaskbenchView;
import dev.espalier.jsonschemabench.maskbench.RetainedBytes;
import dev.espalier.jsonschemabench.maskbench.RetainedSummary;
import dev.espalier.jsonschemabench.maskbench.RunFigures;
import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.quality.Answer;
import dev.espalier.jsonschemabench.quality.QualityView;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.samplers.SamplerResult;
import dev.espalier.jsonschemabench.samplers.SamplersView;
import dev.espalier.jsonschemabench.scale.ScaleResult;
import dev.espalier.jsonschemabench.scale.ScaleView;
import dev.espalier.jsonschemabench.unseen.UnseenResult;
import dev.espalier.jsonschemabench.unseen.UnseenView;
import dev.espalier.mask.stats.StoreStats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Files of results that were written before: read, and written again, they are what they were. */
class GoldenResultsTest {

    /**
     * How a file is read and written.
     *
     * @param file the name of the file
     * @param reader a result from its line
     * @param writer the line of a result
     * @param summary the figures over all results
     * @param undecided members of the summary that results alone do not decide
     */
    private record Golden(
            String file,
            Function<JsonNode, Object> reader,
            Function<Object, JsonNode> writer,
            Function<List<?>, Summary> summary,
            List<String> undecided) {

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Golden> files() {
        RunFigures run = new RunFigures(new StoreStats(0, 0, 0, 0, 0, 0, 0), 0, Optional.empty());
        return List.of(
                records("cold", ColdResult.class, results -> new ColdView(results).view("", "")),
                records("cost", CostResult.class, results -> new CostView(results).view("")),
                records("endtoend", EndToEndResult.class, results -> new EndToEndView(results).view("")),
                records("generate", GenerationResult.class, results -> new GenerationView(results).view("")),
                records("grammars", LanguageResult.class, results -> new LanguagesView(results).view("")),
                records("hard", HardResult.class, results -> new HardView(results).view("")),
                records("infill", TrialResult.class, results -> new InfillView(results).view("")),
                without(
                        List.of("gc_ms", "store", "retained"),
                        records("maskbench", SchemaResult.class, results -> new MaskbenchView(results, run).view(""))),
                records("quality", Answer.class, results -> new QualityView(results, List.of()).view("")),
                records("retained", RetainedBytes.class, results -> new RetainedSummary(results).view()),
                records(
                        "samplers",
                        SamplerResult.class,
                        results -> new SamplersView(List.of("words"), results).view("")),
                records("scale", ScaleResult.class, results -> new ScaleView(results).view("")),
                records("unseen", UnseenResult.class, results -> new UnseenView(results, List.of()).view("")));
    }

    private static Golden without(List<String> members, Golden golden) {
        return new Golden(golden.file, golden.reader, golden.writer, golden.summary, members);
    }

    private static <R extends ResultsFile.Result> Golden records(
            String file, Class<R> type, Function<List<R>, Summary> view) {
        return new Golden(
                file,
                line -> ResultJson.read(line, type),
                result -> JsonMapper.shared().readTree(type.cast(result).toJson()),
                results -> view.apply(results.stream().map(type::cast).toList()),
                List.of());
    }

    @ParameterizedTest
    @MethodSource("files")
    void linesAreReadAndWrittenAsTheyWere(Golden golden) throws IOException {
        List<JsonNode> lines = lines(golden.file);
        assertFalse(lines.isEmpty());
        for (JsonNode line : lines) {
            if (!line.has("summary")) {
                assertEquals(line, golden.writer.apply(golden.reader.apply(line)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void summariesAreThoseOfTheLines(Golden golden) throws IOException {
        List<JsonNode> lines = lines(golden.file);
        JsonNode last = lines.remove(lines.size() - 1).path("summary");
        JsonNode summary = summary(golden, lines).toJson();
        assertEquals(decided(last, golden.undecided), decided(summary, golden.undecided));
    }

    @ParameterizedTest
    @MethodSource("files")
    void tablesAreThoseOfTheLines(Golden golden) throws IOException {
        List<JsonNode> lines = lines(golden.file);
        lines.remove(lines.size() - 1);
        String tables = summary(golden, lines).toString().replace(System.lineSeparator(), "\n");
        assertEquals(text(golden.file + ".txt"), tables);
    }

    private static Summary summary(Golden golden, List<JsonNode> lines) {
        return golden.summary.apply(lines.stream().map(golden.reader).toList());
    }

    /** As it is read from text, where a whole number is of no type. */
    private static JsonNode decided(JsonNode summary, List<String> without) {
        ObjectNode read = (ObjectNode) JsonMapper.shared().readTree(summary.toString());
        return read.remove(without);
    }

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        text(name + ".jsonl")
                .lines()
                .forEach(line -> lines.add(JsonMapper.shared().readTree(line)));
        return lines;
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenResultsTest.class.getResourceAsStream("golden/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
