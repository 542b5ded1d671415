// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Schemas and special tokens in grammars of llguidance, beside what the Python package says of texts ({@code lark_verdicts.py parts} of automata). */
class LlguidancePartsTest {

    private static final int END = 256;

    private final SourceCompiler sources = new SourceCompiler(Limits.DEFAULT);
    private final GrammarCompiler masks = new GrammarCompiler(vocabulary());

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int i = 0; i < END; i++) {
            builder = builder.token(i, ByteString.of((byte) i));
        }
        return builder.special(END, "<|eos|>")
                .special(257, "<|tool|>")
                .special(258, "<|end|>")
                .token(259, "word")
                .endIds(END)
                .build();
    }

    private CompiledGrammar compile(String text, Map<String, OutputSource> parts) {
        OutputSource source = new OutputSource.GrammarText(
                text, GrammarDialect.LLGUIDANCE, Optional.empty(), Optional.empty(), parts);
        return masks.compile(sources.compile(source, new Cancellation()).automaton());
    }

    private static List<Integer> tokens(String text) {
        List<Integer> tokens = new ArrayList<>();
        for (String part : text.split("(?=⟨25[6-9]⟩)|(?<=⟨25[6-9]⟩)")) {
            if (part.matches("⟨25[6-9]⟩")) {
                tokens.add(Integer.parseInt(part.substring(1, 4)));
            } else {
                for (byte value : part.getBytes(StandardCharsets.UTF_8)) {
                    tokens.add(value & 0xff);
                }
            }
        }
        return tokens;
    }

    /** Whether a text is accepted, of which each token is in the mask before it. */
    private static boolean accepts(CompiledGrammar grammar, String text) {
        Matcher matcher = grammar.matcher();
        for (int token : tokens(text)) {
            if (token == END || !matcher.mask().allows(token)) {
                return false;
            }
            matcher.accept(token);
        }
        return matcher.mask().allows(END);
    }

    @Test
    void textsAreThoseThatThePackageAccepts() throws IOException {
        String all;
        try (InputStream file =
                Objects.requireNonNull(LlguidancePartsTest.class.getResourceAsStream("llguidance-parts.txt"))) {
            all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        int grammars = 0;
        for (String block : all.split("(?m)^= llguidance\n")) {
            String text = block.lines()
                    .filter(line -> line.startsWith(">"))
                    .map(line -> line.substring(1))
                    .collect(Collectors.joining("\n"));
            if (text.isEmpty()) {
                continue;
            }
            grammars++;
            CompiledGrammar grammar = compile(text, Map.of());
            block.lines().filter(line -> !line.startsWith(">")).forEach(line -> {
                String sentence = line.substring(1).translateEscapes();
                assertEquals(
                        line.startsWith("+"), accepts(grammar, sentence), () -> "\"" + sentence + "\" of\n" + text);
            });
        }
        assertEquals(13, grammars);
    }

    @Test
    void namesStandForOtherOutputs() {
        OutputSource schema =
                new OutputSource.Schema("{\"type\":\"object\",\"maxProperties\":0}", SchemaOptions.DEFAULT);
        Map<String, OutputSource> parts = Map.of("order", schema);
        CompiledGrammar grammar = compile("start: NAME order\nNAME: /[a-z]+/", parts);
        assertTrue(accepts(grammar, "ab{}"));
        assertFalse(accepts(grammar, "{}"));
        ReferenceException unnamed =
                assertThrows(ReferenceException.class, () -> compile("start: NAME\nNAME: /[a-z]+/", parts));
        assertTrue(String.valueOf(unnamed.getMessage()).contains("order"), unnamed.getMessage());
    }

    @Test
    void whatALexerCouldCutOtherwiseIsRefused() {
        for (String text : List.of(
                "start: %json {\"type\":\"integer\"} NUM?\nNUM: /[0-9]+x/",
                "start: %json {\"type\":\"number\"} \".\"",
                "start: NAME | %json {\"type\":\"boolean\"} \"!\"\nNAME: /[a-z]+/",
                "start: NAME (%json {} | \"!\")\nNAME: /[a-s]+/\n",
                "start: \"x\" (%json {\"type\":\"boolean\"} | \"y\")\n%ignore \" \"",
                "start: %json {\"type\":\"object\",\"x-guidance\":{\"coerce_one_of\":true}}")) {
            UnsupportedFeatureException refused =
                    assertThrows(UnsupportedFeatureException.class, () -> compile(text, Map.of()), text);
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.matches("(?s).*(%json|%ignore|x-guidance).*"), message);
        }
    }

    @Test
    void partsInTerminalsAndUnknownTokensAreFaults() {
        for (String text : List.of(
                "start: TOOL\nTOOL: <|tool|>",
                "start: ANY\nANY: %json {}",
                "start: <[1-2-3]>",
                "start: <[9-4]>",
                "start: <|none|>",
                "start: <[260]>",
                "start: %json {\"type\":5}")) {
            assertThrows(EspalierException.class, () -> compile(text, Map.of()), text);
        }
    }
}
