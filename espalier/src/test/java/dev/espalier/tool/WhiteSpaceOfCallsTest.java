// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Prompting;
import dev.espalier.Request;
import dev.espalier.core.Limits;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tag.ValueStyle;
import dev.espalier.testing.ToyModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** White space in calls, by a model that would rather write that than anything else. */
class WhiteSpaceOfCallsTest {

    private static final String PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"enum\":[\"Rome\",\"Oslo\"]},\"sure\":{\"type\":\"boolean\"},"
                    + "\"days\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":1,\"maxItems\":2},"
                    + "\"who\":{\"type\":\"object\",\"properties\":{\"old\":{\"type\":\"boolean\"},\"n\":{\"const\":7}},"
                    + "\"required\":[\"old\",\"n\"],\"additionalProperties\":false}},\"required\":[\"city\",\"sure\",\"days\",\"who\"]}";

    private static final List<Tool> TOOLS =
            List.of(Tool.of("look", "", PARAMETERS), Tool.of("stop", "", "{\"properties\":{}}"));

    /** At each place the longest run that is allowed, and nothing around the calls: the text that is not ended by it has no bound. */
    private static final int BUDGET = 1_200;

    static Stream<ToolConvention> conventions() {
        return ToolConvention.known().stream();
    }

    private static <T> Generation<T> written(LanguageModel model, Output<T> output, String preferred) {
        Map<Integer, Double> bias = new HashMap<>();
        preferred.chars().forEach(c -> bias.put(c, 100.0));
        SamplingParameters sampling = SamplingParameters.DEFAULT
                .with(LogitChanges.NONE.withBias(bias))
                .withMaxTokens(BUDGET);
        try (Generator generator = Generator.of(model, Prompting.raw(model), Limits.DEFAULT)) {
            return generator.generate(Request.of("?", output).with(sampling));
        }
    }

    private static void requireBounded(String text) {
        assertFalse(Pattern.compile("[ \\n\\t\\r]{22}").matcher(text).find(), () -> "a run without end: " + text);
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void callsEndHoweverMuchWhiteSpaceIsLiked(ToolConvention convention) {
        LanguageModel model = convention.on(new ToyModel());
        Output<ToolAnswer> output = ToolCalls.of(convention, TOOLS)
                .with(ToolChoice.REQUIRED.atMost(2))
                .output();
        for (String preferred : List.of("\n", " ", "\t", "\r", " \n\t\r")) {
            Generation<ToolAnswer> call = written(model, output, preferred);
            assertFalse(call.orElseThrow().calls().isEmpty());
            requireBounded(call.text());
        }
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void argumentsMayBeSpacedAsModelsWereTrainedTo(ToolConvention convention) {
        if (convention.style() != ValueStyle.JSON) {
            return;
        }
        Output<ToolAnswer> output =
                ToolCalls.of(convention, TOOLS).with(ToolChoice.REQUIRED).output();
        String compact = "{\"city\":\"Rome\",\"sure\":true,\"days\":[true,false],\"who\":{\"old\":true,\"n\":7}}";
        String spaced = compact.replace(":", ": ").replace(",", ", ");
        String lines = compact.replaceAll("([\\[{,])", "$1\n            ").replaceAll("([\\]}])", "\n    $1");
        for (String arguments : List.of(compact, spaced, lines)) {
            String call = ToolCallsTest.said(convention, "", ToolCallsTest.written(convention, "look", arguments));
            assertEquals(arguments, output.read(call).calls().get(0).arguments());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "\t", "\r", " \n"})
    void valuesOfSchemasInOtherTextsEndToo(String preferred) {
        LanguageModel model = new ToyModel();
        for (Output<?> output : List.of(
                Output.structuralTag(
                        "{\"type\":\"structural_tag\",\"format\":{\"type\":\"json_schema\",\"json_schema\":"
                                + PARAMETERS + "}}"),
                Output.structuralTag(
                        "{\"type\":\"structural_tag\",\"format\":{\"type\":\"tag\",\"begin\":\"<a>\",\"end\":\"</a>\",\"content\":{\"type\":\"qwen_xml_parameter\",\"json_schema\":"
                                + PARAMETERS + "}}}"),
                Output.grammar(GrammarDialect.LLGUIDANCE, "start: %json " + PARAMETERS))) {
            Generation<?> value = written(model, output, preferred);
            assertTrue(value.failure().isEmpty(), value.text());
            requireBounded(value.text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 40})
    void aFormatSaysHowLongRunsAre(int most) {
        for (String style : List.of("json", "qwen_xml", "minimax_xml", "deepseek_xml", "glm_xml")) {
            String text = written(
                            new ToyModel(),
                            Output.structuralTag(
                                    "{\"type\":\"structural_tag\",\"format\":{\"type\":\"json_schema\",\"style\":\""
                                            + style
                                            + "\",\"max_whitespace_cnt\":" + most + ",\"json_schema\":" + PARAMETERS
                                            + "}}"),
                            " ")
                    .text();
            assertFalse(text.contains(" ".repeat(most + 2)), text);
            assertTrue(text.contains(" ".repeat(most)), text);
        }
    }
}
