// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.mask.Recognizer;
import dev.espalier.source.CompiledSource;
import dev.espalier.tag.ValueStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToolCallsTest {

    record Weather(String city, int days) {}

    record Traffic(String road) {}

    static final Tool WEATHER =
            Tool.of("weather", "The weather of some days.", Weather.class, asked -> asked.city() + ": rain");
    static final Tool TRAFFIC = Tool.of("traffic", "How a road is.", Traffic.class);
    private static final List<Tool> TOOLS = List.of(WEATHER, TRAFFIC);

    static List<ToolConvention> conventions() {
        return ToolConvention.known();
    }

    static String written(ToolConvention convention, String... namesAndArguments) {
        StringBuilder text = new StringBuilder(convention.opening());
        for (int i = 0; i < namesAndArguments.length; i += 2) {
            text.append(i == 0 ? "" : convention.between())
                    .append(convention
                            .call()
                            .replace("{name}", namesAndArguments[i])
                            .replace("{index}", String.valueOf(i / 2))
                            .replace("{id}", "abc45678" + i / 2)
                            .replace("{arguments}", arguments(convention, namesAndArguments[i + 1])));
        }
        return text + convention.closing();
    }

    /** Text to the user as a convention writes it, with calls behind it or none. */
    static String said(ToolConvention convention, String text, String calls) {
        return convention
                .text()
                .map(block -> calls.isEmpty()
                        ? block.begin() + text + block.end() + block.finish()
                        : block.isBeforeCalls() ? block.begin() + text + block.end() + calls + block.finish() : calls)
                .orElse(text + calls);
    }

    /** Arguments as a convention writes them. */
    private static String arguments(ToolConvention convention, String json) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> member :
                JsonMapper.shared().readTree(json).properties()) {
            String name = member.getKey();
            boolean isString = member.getValue().isString();
            String value = isString
                    ? member.getValue().stringValue()
                    : member.getValue().toString();
            text.append(
                    switch (convention.style()) {
                        case JSON -> "";
                        case QWEN_XML -> "\n<parameter=" + name + ">\n" + value + "\n</parameter>";
                        case MINIMAX_XML -> "<parameter name=\"" + name + "\">" + value + "</parameter>\n";
                        case DEEPSEEK_XML ->
                            "<｜DSML｜parameter name=\"" + name + "\" string=\"" + isString + "\">" + value
                                    + "</｜DSML｜parameter>\n";
                        case DEEPSEEK_V4_1_XML ->
                            "<｜DSML｜ parameter name=\"" + name + "\" string=\"" + isString + "\">" + value
                                    + "</｜DSML｜ parameter>\n";
                        case GLM_XML -> "<arg_key>" + name + "</arg_key><arg_value>" + value + "</arg_value>";
                        case MINIMAX_M3_XML -> "]<]minimax[>[<" + name + ">" + value + "]<]minimax[>[</" + name + ">";
                        case COHERE_XML ->
                            "<cofl:value name=\"" + name + "\" type=\"" + (isString ? "raw" : "json") + "\">" + value
                                    + "</cofl:value>";
                        case KIMI_K3_XML ->
                            "<|open|>argument key=\"" + name + "\" type=\"" + (isString ? "string" : "number")
                                    + "\"<|sep|>" + value + "<|close|>argument<|sep|>";
                        case PYTHON, KEYWORDS ->
                            (text.isEmpty() ? "" : ", ") + name + "="
                                    + member.getValue().toString();
                    });
        }
        return convention.style() == ValueStyle.JSON ? json : text.toString();
    }

    private static boolean isRead(Output<?> output, String text) {
        CompiledSource source = OutputCompiler.compileSource(output, Limits.DEFAULT);
        Recognizer recognizer = new Recognizer(source.automaton(), Limits.DEFAULT);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return recognizer.read(bytes) == bytes.length && recognizer.isAccepting();
    }

    private static final String OSLO = "{\"city\": \"Oslo </tool_call>\", \"days\": 3}";
    private static final String ROAD = "{\"road\":\"E6\"}";

    @ParameterizedTest
    @MethodSource("conventions")
    void whatIsAcceptedIsReadAsItsCalls(ToolConvention convention) {
        ToolCalls calls = ToolCalls.of(convention, TOOLS);
        String two = written(convention, "weather", OSLO, "traffic", ROAD);
        String whole = said(convention, "I look. ", two);
        assertTrue(isRead(calls.output(), whole));
        ToolAnswer answer = calls.output().read(whole);
        assertEquals(whole.contains("I look. ") ? "I look." : "", answer.text());
        assertEquals(
                List.of("weather", "traffic"),
                answer.calls().stream().map(ToolCall::name).toList());
        assertEquals(
                List.of(JsonMapper.shared().readTree(OSLO), JsonMapper.shared().readTree(ROAD)),
                answer.calls().stream()
                        .map(call -> JsonMapper.shared().readTree(call.arguments()))
                        .toList());
        assertEquals(new Weather("Oslo </tool_call>", 3), answer.calls().get(0).arguments(Weather.class));
        assertEquals(2, answer.calls().stream().map(ToolCall::id).distinct().count());
        assertEquals(
                new ToolAnswer(Optional.empty(), "Hello.", List.of()),
                calls.output().read(said(convention, "Hello.", "")));
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void choicesAreKept(ToolConvention convention) {
        ToolCalls calls = ToolCalls.of(convention, TOOLS);
        String one = said(convention, "", written(convention, "weather", OSLO));
        String two = said(convention, "", written(convention, "weather", OSLO, "traffic", ROAD));
        String hello = said(convention, "Hello.", "");
        Output<ToolAnswer> required = calls.with(ToolChoice.REQUIRED).output();
        assertTrue(isRead(required, one) && isRead(required, two));
        assertFalse(isRead(required, hello) || isRead(required, "") || isRead(required, "Well. " + one));
        Output<ToolAnswer> named = calls.with(ToolChoice.named("weather")).output();
        assertTrue(isRead(named, one));
        assertFalse(isRead(named, two) || isRead(named, said(convention, "", written(convention, "traffic", ROAD))));
        Output<ToolAnswer> none = calls.with(ToolChoice.NONE).output();
        assertTrue(isRead(none, hello));
        assertFalse(isRead(none, one) || isRead(none, said(convention, "Hello. ", one)));
        Output<ToolAnswer> single = calls.with(ToolChoice.AUTO.atMost(1)).output();
        assertTrue(isRead(single, said(convention, "Hello. ", written(convention, "weather", OSLO))));
        assertFalse(isRead(single, two));
        Output<ToolAnswer> some = calls.with(ToolChoice.AUTO.among("traffic")).output();
        assertFalse(isRead(some, one));
        assertFalse(
                isRead(required, said(convention, "", written(convention, "weather", "{\"city\": \"Oslo\"}"))),
                "days are missing");
        assertFalse(
                isRead(required, said(convention, "", written(convention, "weather", ROAD))),
                "another tool's arguments");
        assertFalse(isRead(required, said(convention, "", written(convention, "other", ROAD))));
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void reasoningComesFirst(ToolConvention convention) {
        ToolCalls calls = ToolCalls.of(convention, TOOLS);
        if (convention.reasoning().isEmpty()) {
            assertThrows(EspalierException.class, () -> calls.with(ToolCalls.Thinking.BEGUN));
            return;
        }
        String end = convention.reasoning().get().end();
        String one = said(convention, "", written(convention, "traffic", ROAD));
        String yes = said(convention, "Yes.", "");
        Output<ToolAnswer> begun = calls.with(ToolCalls.Thinking.BEGUN).output();
        assertFalse(isRead(begun, one));
        assertEquals(
                Optional.of("Which road?"),
                begun.read("Which road?" + end + one).reasoning());
        Output<ToolAnswer> allowed = calls.with(ToolCalls.Thinking.ALLOWED).output();
        String begin = convention.reasoning().get().begin();
        assertEquals(Optional.of("Hm."), allowed.read(begin + "Hm." + end + yes).reasoning());
        assertEquals("Yes.", allowed.read(yes).text());
        assertFalse(isRead(allowed, "Yes. " + begin.strip()));
    }

    record Filed(String code, String kind, boolean urgent) {}

    @Test
    void stringsInElementsKeepTheirConditions() {
        Tool tool = Tool.of(
                "file",
                "Files a thing.",
                "{\"type\":\"object\",\"properties\":{\"code\":{\"type\":\"string\",\"pattern\":\"^[A-Z]\",\"minLength\":2,\"maxLength\":6},"
                        + "\"kind\":{\"enum\":[\"a\",\"b\"]},\"urgent\":{\"type\":\"boolean\"}},\"required\":[\"code\"]}");
        Output<ToolAnswer> output = ToolCalls.of(ToolConvention.named("qwen3_coder"), List.of(tool))
                .with(ToolChoice.REQUIRED)
                .output();
        String before = "<tool_call>\n<function=file>\n<parameter=code>\n";
        String after = "\n</parameter>\n</function>\n</tool_call>";
        assertEquals(
                "{\"code\":\"AB<\"}",
                output.read(before + "AB<" + after).calls().get(0).arguments());
        for (String wrong : List.of("A", "ab", "ABCDEFG", "A</parameter>")) {
            assertFalse(isRead(output, before + wrong + after), wrong);
        }
        String all = before + "AB\n</parameter>\n<parameter=kind>b</parameter><parameter=urgent>\ntrue" + after;
        assertEquals(new Filed("AB", "b", true), output.read(all).calls().get(0).arguments(Filed.class));
        assertFalse(isRead(output, all.replace(">b<", ">c<")));
        Tool either =
                Tool.of("x", "", "{\"type\":\"object\",\"properties\":{\"v\":{\"type\":[\"string\",\"integer\"]}}}");
        ToolCalls calls = ToolCalls.of(ToolConvention.named("qwen3_coder"), List.of(either));
        EspalierException refused = assertThrows(
                EspalierException.class, () -> OutputCompiler.compileSource(calls.output(), Limits.DEFAULT));
        assertTrue(String.valueOf(refused.getMessage()).contains("cannot tell apart"), refused.getMessage());
    }

    private static final String NESTED =
            "{\"type\":\"object\",\"properties\":{\"who\":{\"type\":\"object\",\"properties\":{\"a/b\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}},"
                    + "\"required\":[\"a/b\"]},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":2},"
                    + "\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}}},\"required\":[\"who\"]}";

    @Test
    void objectsAndListsInElementsAreReadAsTheyAre() {
        Tool tool = Tool.of("file", "", NESTED);
        Output<ToolAnswer> cohere = ToolCalls.of(ToolConvention.named("cohere"), List.of(tool))
                .with(ToolChoice.REQUIRED)
                .output();
        String before = "<cofl:tool_calls><cofl:tool_call id=\"0\" name=\"file\">";
        String after = "</cofl:tool_call></cofl:tool_calls>";
        String who =
                "<cofl:value name=\"who\" type=\"dict\"><cofl:value name=\"a/b\" type=\"raw\">\nx\n</cofl:value></cofl:value>";
        String item = "<cofl:value type=\"raw\">t</cofl:value>";
        String tags = "<cofl:value name=\"tags\" type=\"list\">" + item + item + "</cofl:value>";
        String rows =
                "<cofl:value name=\"rows\" type=\"list\"><cofl:value type=\"dict\"><cofl:value name=\"n\" type=\"json\">7</cofl:value></cofl:value>"
                        + "<cofl:value type=\"dict\"></cofl:value></cofl:value>";
        assertEquals(
                "{\"who\":{\"a/b\":\"\\nx\\n\"},\"tags\":[\"t\",\"t\"],\"rows\":[{\"n\":7},{}]}",
                cohere.read(before + who + tags + rows + after).calls().get(0).arguments());
        assertFalse(
                isRead(cohere, before + who + tags.replace(item + item, item + item + item) + after), "three items");
        assertFalse(isRead(cohere, before + tags + after), "no who");
        Output<ToolAnswer> minimax = ToolCalls.of(ToolConvention.named("minimax_m3"), List.of(tool))
                .with(ToolChoice.REQUIRED)
                .output();
        String text =
                "#<tool_call>\n#<invoke name=\"file\">#<who>\n#<a/b>x#</a/b>\n#</who>#<rows>#<item>#<n>7#</n>#</item>#</rows>#</invoke>\n#</tool_call>"
                        .replace("#", "]<]minimax[>[");
        assertEquals(
                "{\"who\":{\"a/b\":\"x\"},\"rows\":[{\"n\":7}]}",
                minimax.read(text).calls().get(0).arguments());
    }

    @Test
    void callsInPythonAreReadAsPythonReadsThem() {
        Tool tool = Tool.of(
                "file",
                "",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":[\"boolean\",\"null\"]},\"c\":{\"enum\":[\"x\",2]},"
                        + "\"d\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}},\"e\":{\"type\":\"object\",\"properties\":{\"k\":{\"type\":\"string\",\"minLength\":2}}},\"z\":{\"type\":\"integer\"}}}");
        Output<ToolAnswer> output = ToolCalls.of(ToolConvention.named("lfm2"), List.of(tool))
                .with(ToolChoice.REQUIRED)
                .output();
        for (List<String> each : List.of(
                List.of("", "{}"),
                List.of("a=\"x\"", "{\"a\":\"x\"}"),
                List.of("a='say \"hi\"', b=True", "{\"a\":\"say \\\"hi\\\"\",\"b\":true}"),
                List.of("a=\"\\\"\\\\\\n\\u0001\",b=None", "{\"a\":\"\\\"\\\\\\n\\u0001\",\"b\":null}"),
                List.of(
                        "b=False, c='x', d=[1, -2.5,3], e={\"k\": \"ab\"}",
                        "{\"b\":false,\"c\":\"x\",\"d\":[1,-2.5,3],\"e\":{\"k\":\"ab\"}}"),
                List.of("c=2, d=[1.50], e={}, z=-7", "{\"c\":2,\"d\":[1.50],\"e\":{},\"z\":-7}"))) {
            String text = "<|tool_call_start|>[file(" + each.get(0) + ")]<|tool_call_end|>";
            assertTrue(isRead(output, text), text);
            assertEquals(each.get(1), output.read(text).calls().get(0).arguments());
        }
        for (String wrong : List.of(
                "b=true",
                "z=1E2",
                "z=07",
                "d=[1e4000]",
                "b=null",
                "a=x",
                "a='x\"",
                "a=\"\\/\"",
                "a=\"\\ud83d\\ude00\"",
                "c=\"y\"",
                "d=[1,]",
                "e={\"k\":\"a\"}",
                "a=\"x\" b=True",
                "b=True, a=\"x\"",
                "a='\n'")) {
            assertFalse(isRead(output, "<|tool_call_start|>[file(" + wrong + ")]<|tool_call_end|>"), wrong);
        }
        ToolConvention lfm2 = ToolConvention.named("lfm2");
        assertThrows(EspalierException.class, () -> ToolCalls.of(lfm2, List.of(Tool.of("a-b", "", NESTED))));
        for (String refused : List.of(
                "{\"properties\":{\"class\":{\"type\":\"string\"}}}",
                "{\"properties\":{\"a-b\":{\"type\":\"string\"}}}",
                "{\"properties\":{\"a\":{}}}",
                "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"uniqueItems\":true}}}",
                "{\"properties\":{\"a\":{\"oneOf\":[{\"type\":\"string\"}]}}}")) {
            ToolCalls calls = ToolCalls.of(lfm2, List.of(Tool.of("f", "", refused)));
            assertThrows(
                    EspalierException.class,
                    () -> OutputCompiler.compileSource(calls.output(), Limits.DEFAULT),
                    refused);
        }
    }

    @Test
    void toolsThatCannotBeAreRefused() {
        assertThrows(EspalierException.class, () -> Tool.of("", "", "{}"));
        assertThrows(EspalierException.class, () -> Tool.of("two words", "", "{}"));
        ToolConvention hermes = ToolConvention.named("hermes");
        assertThrows(EspalierException.class, () -> ToolCalls.of(hermes, List.of()));
        assertThrows(EspalierException.class, () -> ToolCalls.of(hermes, List.of(WEATHER, WEATHER)));
        ToolCalls calls = ToolCalls.of(hermes, TOOLS);
        assertThrows(EspalierException.class, () -> calls.with(ToolChoice.named("weathr")));
        assertThrows(EspalierException.class, () -> calls.with(ToolChoice.REQUIRED.atMost(0)));
        assertThrows(EspalierException.class, () -> calls.with(ToolChoice.AUTO.atMost(1_000)));
        EspalierException unknown = assertThrows(EspalierException.class, () -> ToolConvention.named("hermis"));
        assertTrue(String.valueOf(unknown.getMessage()).contains("hermes"));
    }

    @Test
    void aToolRunsItsFunction() {
        assertEquals("Oslo: rain", WEATHER.function().orElseThrow().apply("{\"city\": \"Oslo\", \"days\": 3}"));
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void aTextOfAGrammarIsTheArgumentOfACall(ToolConvention convention) {
        Tool sums = Tool.ofText(
                "sums", "Adds up.", Output.grammar(GrammarDialect.LLGUIDANCE, "start: N (\"\\n+\" N)*\nN: /[0-9\"]+/"));
        ToolCalls calls = ToolCalls.of(convention, List.of(sums)).with(ToolChoice.REQUIRED);
        if (convention.style() != ValueStyle.JSON) {
            UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, calls::output);
            assertTrue(String.valueOf(refused.getMessage()).contains("\"sums\""));
            return;
        }
        for (String arguments : List.of("{\"input\": \"1\\n+2\"}", "{\"input\":\"1\\\"\"}")) {
            assertTrue(isRead(calls.output(), written(convention, "sums", arguments)), arguments);
        }
        for (String arguments : List.of("{\"input\": \"1\\n\"}", "{\"input\":\"1\\u000a+2\"}", "{\"input\":1}", "{}")) {
            assertFalse(isRead(calls.output(), written(convention, "sums", arguments)), arguments);
        }
        assertThrows(UnsupportedFeatureException.class, calls::format);
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void parametersThatAllowNoObjectAreRefused(ToolConvention convention) {
        for (String schema : List.of(
                "{\"const\":5}",
                "{\"type\":\"string\"}",
                "{\"type\":[\"string\",\"null\"]}",
                "{\"not\":{\"type\":\"object\"}}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\"}]}",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"string\"}}}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"type\":\"string\"}}}")) {
            Tool tool = Tool.of("f", "", schema);
            assertThrows(
                    EspalierException.class,
                    () -> OutputCompiler.compileSource(
                            ToolCalls.of(convention, List.of(tool))
                                    .with(ToolChoice.REQUIRED)
                                    .output(),
                            Limits.DEFAULT),
                    schema);
        }
    }

    /** No reading of them may drop what makes them none. */
    @ParameterizedTest
    @MethodSource("conventions")
    void parametersThatAreNoSchemaAreRefused(ToolConvention convention) {
        for (String schema : List.of(
                "{\"properties\":{\"a\":{\"type\":\"string\"}},\"properties\":{\"a\":{\"type\":\"integer\"}}}",
                "{\"maxProperties\":1e999999999999,\"properties\":{}}",
                "{\"properties\":",
                "{} {}",
                "[]")) {
            Tool tool = Tool.of("f", "", schema);
            assertThrows(
                    EspalierException.class,
                    () -> OutputCompiler.compileSource(
                            ToolCalls.of(convention, List.of(tool))
                                    .with(ToolChoice.REQUIRED)
                                    .output(),
                            Limits.DEFAULT),
                    schema);
        }
    }

    @Test
    void argumentsAreObjectsWhereParametersAllowOthers() {
        ToolConvention hermes = ToolConvention.named("hermes");
        for (String schema : List.of(
                "{}",
                "{\"properties\":{\"a\":{}}}",
                "{\"type\":[\"object\",\"integer\"]}",
                "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"object\"}]}",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":[\"object\",\"integer\"]}}}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"type\":[\"object\",\"integer\"]}}}")) {
            Output<ToolAnswer> output = ToolCalls.of(hermes, List.of(Tool.of("f", "", schema)))
                    .with(ToolChoice.REQUIRED)
                    .output();
            String call = "<tool_call>\n{\"name\": \"f\", \"arguments\": %s}\n</tool_call>";
            assertTrue(isRead(output, call.formatted("{}")), schema);
            assertFalse(isRead(output, call.formatted("5")), schema);
        }
    }

    @Test
    void patternsAreReadByThemselves() {
        for (String pattern : List.of("[0-9]{3})|(?:b", "a)(", "(", "\\", "a{2,1}", ")")) {
            SyntaxException refused = assertThrows(SyntaxException.class, () -> Tool.ofPattern("f", "", pattern));
            assertEquals(1, refused.place().line());
            assertTrue(refused.place().excerpt().startsWith(pattern + "\n"), refused.getMessage());
        }
        Tool digits = Tool.ofPattern("f", "", "a|[0-9]{3}");
        Output<ToolAnswer> output = ToolCalls.of(ToolConvention.named("qwen3_coder"), List.of(digits))
                .with(ToolChoice.REQUIRED)
                .output();
        String call = "<tool_call>\n<function=f>\n<parameter=input>\n%s\n</parameter>\n</function>\n</tool_call>";
        assertTrue(isRead(output, call.formatted("123")));
        assertFalse(isRead(output, call.formatted("1234")));
    }

    @Test
    void schemasThatAreNoneAreRefusedInElementsToo() {
        for (String member : List.of("\"pattern\":\"a)|(?:b\"", "\"pattern\":7", "\"minLength\":\"a\"")) {
            Tool tool = Tool.of(
                    "f", "", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"," + member + "}}}");
            for (String convention : List.of("qwen3_coder", "cohere", "lfm2")) {
                Output<ToolAnswer> output = ToolCalls.of(ToolConvention.named(convention), List.of(tool))
                        .output();
                assertThrows(
                        EspalierException.class, () -> OutputCompiler.compileSource(output, Limits.DEFAULT), member);
            }
        }
    }
}
