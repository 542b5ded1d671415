// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.file.TokenizerFile;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTokenizerTest {

    /** What a converter writes of a {@code tokenizer.json}. */
    private static GgufTokenizer converted(Path json, String model, String pre) {
        TokenizerFile file = TokenizerFile.read(json, Limits.DEFAULT);
        Map<String, Integer> vocabulary = file.vocabulary();
        int size =
                vocabulary.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        size = Math.max(
                size, file.added().stream().mapToInt(AddedToken::id).max().orElse(0) + 1);
        List<String> tokens = new ArrayList<>(Collections.nCopies(size, "[PAD]"));
        int[] types = new int[size];
        float[] scores = new float[size];
        Arrays.fill(types, 5);
        vocabulary.forEach((text, id) -> {
            tokens.set(id, text);
            types[id] = model.equals("llama") && text.matches("<0x[0-9A-F]{2}>") ? 6 : 1;
        });
        for (AddedToken token : file.added()) {
            tokens.set(token.id(), token.text());
            types[token.id()] = token.special() ? 3 : 4;
        }
        List<String> merges = new ArrayList<>();
        for (int i = file.merges().size() - 2; i >= 0; i -= 2) {
            String left = file.merges().get(i);
            String right = file.merges().get(i + 1);
            merges.add(left + " " + right);
            scores[vocabulary.getOrDefault(left + right, 0)] = -i;
        }
        if (model.equals("llama")) {
            merges.clear();
        }
        Collections.reverse(merges);
        return new GgufTokenizer("model.gguf", model, pre, tokens, scores, types, merges, model.equals("llama"));
    }

    @ParameterizedTest
    @CsvSource({"gpt2, gpt2, gpt-2", "llama3_1, gpt2, llama-bpe", "llama2, llama, default"})
    void metadataEncodeAsTheTokenizerThatTheyCameFrom(String name, String model, String pre) {
        GgufTokenizer gguf = converted(TestData.tokenizer(name), model, pre);
        TextEncoder encoder = gguf.encoder();
        TextEncoder expected = TextEncoders.read(TestData.tokenizer(name));
        Texts texts = new Texts(5);
        for (int i = 0; i < 2000; i++) {
            String text = texts.next();
            assertArrayEquals(expected.encode(text), encoder.encode(text), text);
            List<TextPiece> trusted = List.of(TextPiece.trusted(text));
            assertArrayEquals(expected.encode(trusted), encoder.encode(trusted), text);
        }
        Vocabulary vocabulary = Vocabulary.read(TestData.tokenizer(name));
        assertTrue(gguf.vocabulary(vocabulary.endIds()).isSameAs(vocabulary));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-2",
                "llama-bpe",
                "qwen2",
                "smollm",
                "deepseek-coder",
                "deepseek-v3",
                "tekken",
                "gpt-4o",
                "default",
                "falcon",
                "bloom",
                "viking"
            })
    void preTokenizersLoseNoText(String pre) {
        List<String> tokens = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            tokens.add(String.valueOf(dev.espalier.mask.file.TokenSpelling.byteLevelCharacter(b)));
        }
        GgufTokenizer gguf = new GgufTokenizer("", "gpt2", pre, tokens, new float[0], new int[0], List.of(), false);
        TextEncoder encoder = gguf.encoder();
        Texts texts = new Texts(6);
        for (int i = 0; i < 300; i++) {
            String text = texts.next();
            assertEquals(
                    text,
                    ByteString.of(gguf.vocabulary().decode(encoder.encode(text)))
                            .toUtf8());
        }
    }

    @Test
    void typesSayWhatTokensAre() {
        List<String> tokens = List.of("<unk>", "<s>", "<0x0A>", "\u2581a", "<think>", "[PAD1]");
        GgufTokenizer gguf = new GgufTokenizer(
                "",
                "llama",
                "",
                tokens,
                new float[] {0, 0, 0, -1, 0, 0},
                new int[] {2, 3, 6, 1, 4, 5},
                List.of(),
                true);
        Vocabulary vocabulary = gguf.vocabulary(1);
        assertTrue(vocabulary.isSpecial(0) && vocabulary.isSpecial(1) && vocabulary.isEnd(1));
        assertEquals("\n", vocabulary.bytes(2).toUtf8());
        assertEquals(" a", vocabulary.bytes(3).toUtf8());
        assertEquals("<think>", vocabulary.bytes(4).toUtf8());
        assertFalse(vocabulary.isSpecial(4) || vocabulary.specialId("<think>").isEmpty());
        assertEquals(0, vocabulary.bytes(5).length());
        assertArrayEquals(new int[] {3, 4}, gguf.encoder().encode("a<think>"));
        assertArrayEquals(new int[] {0}, gguf.encoder().encode("[PAD1]"));
    }

    @Test
    void whatIsUnknownOrDoesNotFitIsRefused() {
        List<String> tokens = List.of("a", "b");
        assertThrows(UnsupportedFeatureException.class, () -> gguf("rwkv", "", tokens, List.of()));
        assertThrows(InvalidInputException.class, () -> gguf("llama", "", tokens, List.of()));
        assertThrows(InvalidInputException.class, () -> gguf("gpt2", "", List.of(), List.of()));
        assertThrows(
                InvalidInputException.class,
                () -> gguf("gpt2", "gpt-2", tokens, List.of("ab")).encoder());
        assertThrows(
                InvalidInputException.class,
                () -> gguf("gpt2", "gpt-2", tokens, List.of("a b")).encoder());
        UnsupportedFeatureException refused = assertThrows(
                UnsupportedFeatureException.class,
                () -> gguf("gpt2", "nobody", tokens, List.of()).encoder());
        assertEquals("nobody", refused.feature());
    }

    private static GgufTokenizer gguf(String model, String pre, List<String> tokens, List<String> merges) {
        return new GgufTokenizer("model.gguf", model, pre, tokens, new float[0], new int[0], merges, false);
    }
}
