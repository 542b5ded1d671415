// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.Recognizer;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.TagSpans;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagReader;
import dev.espalier.tag.TagWriter;
import dev.espalier.tag.Tags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structural tags: the automaton against a reader that tries what may come at each place, on all short texts and random formats. */
class StructuralTagTest {

    private static final long SEED = 20261123;

    private static CompiledSource compiled(String format) {
        String json = "{\"type\":\"structural_tag\",\"format\":" + format + "}";
        return OutputCompiler.compileSource(Output.structuralTag(json), Limits.DEFAULT);
    }

    private static boolean isRead(CompiledSource source, String text) {
        Recognizer recognizer = new Recognizer(source.automaton(), Limits.DEFAULT);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return recognizer.read(bytes) == bytes.length && recognizer.isAccepting();
    }

    private static List<String> texts(String alphabet, int length) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).length() < length) {
                for (char each : alphabet.toCharArray()) {
                    texts.add(texts.get(i) + each);
                }
            }
        }
        return texts;
    }

    @Test
    void theAutomatonReadsWhatTheSlowReaderReads() {
        Random random = new Random(SEED);
        List<String> all = texts("ab<", 6);
        int read = 0;
        int compiled = 0;
        for (int i = 0; i < 150; i++) {
            String format = format(random, 2);
            CompiledSource source;
            try {
                source = compiled(format);
            } catch (EspalierException clash) {
                continue;
            }
            compiled++;
            String json = "{\"type\":\"structural_tag\",\"format\":" + format + "}";
            TagFormat parsed = TagReader.read(json, "");
            assertEquals(parsed, TagReader.read(TagWriter.write(parsed), ""));
            for (String text : all) {
                boolean isRead = isRead(source, text);
                assertEquals(TagSpans.of(source, text).isPresent(), isRead, () -> format + " on " + text);
                read += isRead ? 1 : 0;
            }
        }
        assertTrue(compiled > 80 && read > 10_000, compiled + " formats, " + read + " texts");
    }

    private static String format(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 11);
        return switch (kind) {
            case 0 -> "{\"type\":\"const_string\",\"value\":\"" + word(random, 0, 2) + "\"}";
            case 1 ->
                "{\"type\":\"regex\",\"pattern\":\""
                        + List.of("a*", "b?|<a", "[ab]{1,2}", "(ab)+").get(random.nextInt(4)) + "\"}";
            case 2 -> "{\"type\":\"any_text\",\"excludes\":" + words(random, 0, 2) + "}";
            case 3 -> "{\"type\":\"any_text\",\"max_chars\":" + random.nextInt(4) + "}";
            case 4 ->
                "{\"type\":\"sequence\",\"elements\":[" + format(random, depth - 1) + "," + format(random, depth - 1)
                        + "]}";
            case 5 ->
                "{\"type\":\"or\",\"elements\":[" + format(random, depth - 1) + "," + format(random, depth - 1) + "]}";
            case 6 ->
                "{\"type\":\"repeat\",\"min\":" + random.nextInt(2) + ",\"max\":" + (1 + random.nextInt(2))
                        + ",\"content\":" + format(random, depth - 1) + "}";
            case 7 -> tag(random, depth);
            case 8 ->
                "{\"type\":\"triggered_tags\",\"triggers\":" + words(random, 1, 2) + ",\"tags\":[" + tag(random, depth)
                        + ","
                        + tag(random, depth) + "],\"at_least_one\":" + random.nextBoolean() + ",\"stop_after_first\":"
                        + random.nextBoolean() + ",\"excludes\":" + words(random, 0, 1) + "}";
            case 9 ->
                "{\"type\":\"tags_with_separator\",\"separator\":\"" + word(random, 1, 1) + "\",\"tags\":["
                        + tag(random, depth) + "],\"at_least_one\":" + random.nextBoolean() + "}";
            default ->
                "{\"type\":\"dispatch\",\"rules\":[[\"" + word(random, 1, 2) + "\"," + format(random, depth - 1)
                        + "],[\""
                        + word(random, 1, 2) + "\"," + format(random, depth - 1) + "]],\"loop\":" + random.nextBoolean()
                        + ",\"excludes\":" + words(random, 0, 1) + "}";
        };
    }

    private static String tag(Random random, int depth) {
        String end = random.nextInt(3) == 0 ? words(random, 1, 2) : "\"" + word(random, 0, 2) + "\"";
        return "{\"type\":\"tag\",\"begin\":\"" + word(random, 1, 2) + "\",\"content\":" + format(random, depth - 1)
                + ",\"end\":" + end + "}";
    }

    private static String word(Random random, int least, int most) {
        StringBuilder word = new StringBuilder();
        int length = least + random.nextInt(most - least + 1);
        for (int i = 0; i < length; i++) {
            word.append("ab<".charAt(random.nextInt(3)));
        }
        return word.toString();
    }

    private static String words(Random random, int least, int most) {
        List<String> words = new ArrayList<>();
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            words.add("\"" + word(random, 1, 2) + "\"");
        }
        return words.toString();
    }

    @Test
    void objectsAreClosedUnlessTheySaySo() {
        String known = "{\"properties\":{\"a\":{\"type\":\"integer\"}}";
        List<String> closed = List.of(known + "}", known + ",\"required\":[\"a\"]}", "{\"items\":" + known + "}}");
        List<String> open = List.of(
                known + ",\"additionalProperties\":true}",
                known + ",\"required\":[\"b\"]}",
                known + ",\"anyOf\":[{\"required\":[\"b\"]}]}",
                "{\"type\":\"object\"}");
        for (String schema : closed) {
            String text = schema.startsWith("{\"items") ? "[{\"a\":1,\"b\":2}]" : "{\"a\":1,\"b\":2}";
            assertFalse(isRead(compiled("{\"json_schema\":" + schema + "}"), text), schema);
            assertTrue(isRead(compiled("{\"json_schema\":" + schema + "}"), text.replace(",\"b\":2", "")), schema);
        }
        for (String schema : open) {
            assertTrue(isRead(compiled("{\"json_schema\":" + schema + "}"), "{\"a\":1,\"b\":2}"), schema);
        }
    }

    @Test
    void excludedTextsAreInNoStringAndNoKey() {
        String format = "{\"json_schema\":{\"type\":[\"array\",\"object\",\"string\"]},\"excludes\":[\"</\"]}";
        CompiledSource source = compiled(format);
        assertTrue(isRead(source, "[\"<\",{\"/<\":\"a\"}]"));
        for (String text : List.of("\"</\"", "[\"a</b\"]", "{\"</\":1}", "{\"a\":[{\"b\":\"x</\"}]}")) {
            assertFalse(isRead(source, text), text);
        }
    }

    @Test
    void spansAreFoundByName() {
        TagFormat call = Tags.tag("<call>", Tags.span("city", Tags.regex("[a-zé]+")), "</call>");
        TagFormat format = Tags.sequence(
                Tags.tag("<think>", Tags.span("thought", Tags.anyText()), "</think>"),
                Tags.among((TagFormat.Tag) call));
        String text = "<think>é <b></think>So: <call>oslo</call>, <call>orléans</call>.";
        CompiledSource source = OutputCompiler.compileSource(Output.tags(format), Limits.DEFAULT);
        List<String> found = TagSpans.of(source, text).orElseThrow().stream()
                .map(span -> span.name() + "=" + text.substring(span.start(), span.end()))
                .toList();
        assertEquals(List.of("thought=é <b>", "city=oslo", "city=orléans"), found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'structural_tag'} | expected a member \"format\"",
                "{'type':'tag'} | expected \"structural_tag\"",
                "{'type':'structural_tag','format':{'type':'tog'}} | there is no format \"tog\"",
                "{'type':'structural_tag','format':{'type':'const_string','value':1}} | #/format/value: expected a string",
                "{'type':'structural_tag','format':{'type':'any_text','max':1}} | no member \"max\"",
                "{'type':'structural_tag','format':{'type':'any_text','max_tokens':1,'max_chars':1}} | max_chars or max_tokens, but not both",
                "{'type':'structural_tag','format':{'type':'tag','begin':'a','content':{'type':'any_text'},'end':''}} | its end is empty",
                "{'type':'structural_tag','format':{'type':'triggered_tags','triggers':['<a','<'],'tags':[{'begin':'<ab','content':{'type':'any_text'},'end':'c'}]}} | two triggers begin \"<ab\"",
                "{'type':'structural_tag','format':{'type':'triggered_tags','triggers':['<a'],'tags':[{'begin':'<b','content':{'type':'any_text'},'end':'c'}]}} | no trigger begins \"<b\"",
                "{'type':'structural_tag','format':{'type':'triggered_tags','triggers':['<ab'],'excludes':['<a'],'tags':[{'begin':'<ab','content':{'type':'any_text'},'end':'c'}]}} | can never be written",
                "{'type':'structural_tag','format':{'type':'tag','begin':'a','content':{'type':'regex','pattern':'('},'end':'b'}} | in #/format/content",
                "{'type':'structural_tag','format':{'type':'repeat','min':3,'max':2,'content':{'type':'any_text'}}} | 0 ≤ min ≤ max",
            })
    void faultsHaveTheirPlace(String json, String message) {
        EspalierException refused = assertThrows(
                EspalierException.class,
                () -> OutputCompiler.compileSource(Output.structuralTag(json.replace('\'', '"')), Limits.DEFAULT));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("#"), refused.getMessage());
    }
}
