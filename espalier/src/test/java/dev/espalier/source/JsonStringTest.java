// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.mask.Recognizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Outputs of every kind inside JSON strings, against the outputs themselves and Jackson's spelling. */
class JsonStringTest {

    private static final String LARK = """
            start: statement (";" statement)* ";"?
            statement: "print" value | NAME "=" value
            value: NUMBER | STRING | "(" value ("+" value)* ")"
            NAME: /[a-z]+/
            NUMBER: /[0-9]+/
            STRING: /"[^"\\n]*"/
            COMMENT: /#[^\\n]*\\n/
            %ignore /[ \\t\\n]+/
            %ignore COMMENT
            """;

    private static Recognizer recognizer(Output<?> output) {
        return new Recognizer(
                OutputCompiler.compileSource(output, Limits.DEFAULT).automaton(), Limits.DEFAULT);
    }

    private static boolean accepts(Output<?> output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Recognizer recognizer = recognizer(output);
        return recognizer.read(bytes) == bytes.length && recognizer.isAccepting();
    }

    /** How many chars of a text may come. */
    private static int live(Output<?> output, String text) {
        Recognizer recognizer = recognizer(output);
        for (int i = 0; i < text.length(); i++) {
            if (recognizer.read(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8)) == 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text).replace("\\u001F", "\\u001f");
    }

    private static String mutated(Random random, String text) {
        if (random.nextInt(3) == 0) {
            return text;
        }
        StringBuilder mutated = new StringBuilder(text);
        String letters = "ab1\"\n\t #;=(\\x+";
        int at = random.nextInt(text.length());
        char one = letters.charAt(random.nextInt(letters.length()));
        switch (random.nextInt(3)) {
            case 0 -> mutated.insert(at, one);
            case 1 -> mutated.deleteCharAt(at);
            default -> mutated.setCharAt(at, one);
        }
        return mutated.toString();
    }

    @Test
    void textsOfALexerAreTextsOfTheirStrings() {
        List<String> seeds = List.of(
                "a = 1; print \"b;c\"",
                "print(\"a\"+1+(2))\t;\nb=3 # the \"end\"\n",
                "print print",
                "x=\"\\t\"\n;\n# c\ny=(1 + 2)");
        for (GrammarDialect dialect : List.of(GrammarDialect.LLGUIDANCE, GrammarDialect.LARK)) {
            Output<String> texts = Output.grammar(dialect, LARK);
            Output<String> strings = texts.asJsonString();
            Random random = new Random(3);
            int accepted = 0;
            for (int i = 0; i < 150; i++) {
                String text = mutated(random, seeds.get(random.nextInt(seeds.size())));
                boolean isText = accepts(texts, text);
                accepted += isText ? 1 : 0;
                assertEquals(isText, accepts(strings, quoted(text)), dialect + ": " + text);
                int live = live(texts, text);
                String before = quoted(text.substring(0, live));
                assertEquals(before.length() - 1, live(strings, before.substring(0, before.length() - 1)), text);
            }
            assertTrue(accepted > 20 && accepted < 130, dialect + ": " + accepted);
        }
    }

    @Test
    void outputsOfEveryKind() {
        Map<Output<String>, List<String>> cases = Map.of(
                Output.regex("[a\"\\n]{2,4}\\\\?"), List.of("a\"", "\n\n\\", "a", "aaaaa", "ab"),
                Output.choice("a\"b", "\\", ""), List.of("a\"b", "\\", "", "a"),
                Output.text(), List.of("", "\u0000\u001f", "é😀\"\\/"),
                Output.grammar("root ::= \"(\" root \")\" | \"\\n\""), List.of("\n", "((\n))", "(\n", "()"),
                Output.jsonSchema(
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[\"x\\\"\",1]}},\"additionalProperties\":false}"),
                        List.of("{}", "{\"a\":\"x\\\"\"}", "{\"a\":1}", "{\"a\":2}"),
                Output.structuralTag(
                                "{\"type\":\"structural_tag\",\"format\":{\"type\":\"tag\",\"begin\":\"<\\\"\",\"content\":{\"type\":\"any_text\"},\"end\":\"\\\\>\"}}"),
                        List.of("<\"a\\>", "<\"\\>", "<\"a>", "a"));
        cases.forEach((output, texts) -> {
            int accepted = 0;
            for (String text : texts) {
                boolean isText = accepts(output, text);
                accepted += isText ? 1 : 0;
                assertEquals(isText, accepts(output.asJsonString(), quoted(text)), text);
            }
            assertTrue(accepted > 0);
        });
    }

    @Test
    void aStringIsAPartOfAGrammarAndIsSaved() {
        Output<String> object = Output.grammar(
                "root ::= \"{\\\"a\\\":\" text \"}\"",
                Map.of("text", Output.regex("\"+").asJsonString()));
        for (Output<String> output : List.of(object, Output.saved(object.toBytes(), "object"))) {
            assertTrue(accepts(output, "{\"a\":\"\\\"\\\"\"}"));
            assertTrue(!accepts(output, "{\"a\":\"\"}"));
        }
        Output<String> twice = Output.regex("\"").asJsonString().asJsonString();
        assertTrue(accepts(twice, quoted(quoted("\""))));
    }

    @Test
    void whatIsNoTextIsRefused() {
        List<Output<String>> refused = new ArrayList<>();
        refused.add(Output.grammar(GrammarDialect.LLGUIDANCE, "start: \"a\" <|end|>"));
        refused.add(Output.jsonSchema("{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}"));
        for (Output<String> output : refused) {
            assertThrows(UnsupportedFeatureException.class, () -> recognizer(output.asJsonString()));
        }
    }
}
