// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.core.testing.TestData;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodersTest {

    private static final String WORDS = """
        {"added_tokens": [
           {"id": 9, "content": "<|end|>", "special": true},
           {"id": 8, "content": "<|end|>!", "special": true, "lstrip": true},
           {"id": 7, "content": "tool", "single_word": true, "rstrip": true, "normalized": false},
           {"id": 6, "content": "<N>", "special": true, "normalized": true}],
         "normalizer": {"type": "Lowercase"},
         "pre_tokenizer": {"type": "WhitespaceSplit"},
         "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "<|end|>": 9, "<n>": 3}}}
        """;

    private static TextEncoder read(String json) {
        return TextEncoders.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "tokenizer.json");
    }

    private static int[] encode(Object... pieces) {
        List<TextPiece> list = new ArrayList<>();
        for (int i = 0; i < pieces.length; i += 2) {
            list.add(new TextPiece((String) pieces[i + 1], (Boolean) pieces[i]));
        }
        return read(WORDS).encode(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model': {'type': 'Unigram', 'vocab': [['a', -1], ['b', -2, 'x'], ['c', -3]]}}",
                "{'model': {'type': 'Unigram', 'unk_id': 7, 'vocab': [['a', -1]]}}",
                "{'model': {'type': 'Unigram', 'unk_id': 0.5, 'vocab': [['a', -1]]}}",
                "{'model': {'type': 'Unigram', 'vocab': {'a': 0}}}",
                "{'model': {'type': 'WordLevel', 'vocab': {'a': 0}}, 'added_tokens': [{'id': -5, 'content': 'x'}]}",
                "{'model': {'type': 'WordLevel', 'vocab': {'a': 0}}, 'added_tokens': [{'id': 1e300, 'content': 'x'}]}",
                "{'model': {'type': 'WordLevel', 'vocab': {'a': 0}}, 'added_tokens': [{'id': 1, 'content': 'x'}, 3]}",
                "{'model': {'type': 'WordLevel', 'vocab': {'a': 0}}, 'added_tokens': {'id': 1}}",
                "{'model': {'type': 'WordLevel', 'vocab': {'a': [1]}}}"
            })
    void filesThatLieAreRefusedByName(String json) {
        var thrown = assertThrows(InvalidInputException.class, () -> read(json.replace('\'', '"')));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("tokenizer.json"), thrown::toString);
    }

    @Test
    void normalizersThatDoubleATextManyTimesAreStopped() {
        String step = "{'type': 'Replace', 'pattern': {'String': 'a'}, 'content': 'aa'}";
        String json = "{'normalizer': {'type': 'Sequence', 'normalizers': [" + (step + ", ").repeat(60) + step
                + "]}, 'model': {'type': 'WordLevel', 'vocab': {'a': 0}}}";
        TextEncoder encoder = read(json.replace('\'', '"'));
        assertThrows(InvalidInputException.class, () -> encoder.encode("a"));
    }

    @Test
    void wordPiecesWithoutAnUnknownTokenLeaveWordsOut() {
        TextEncoder encoder =
                read("{'pre_tokenizer': {'type': 'WhitespaceSplit'}, 'model': {'type': 'WordPiece', 'vocab': {'a': 0}}}"
                        .replace('\'', '"'));
        assertArrayEquals(new int[] {0, 0}, encoder.encode("a b a"));
    }

    @Test
    void controlTokensAreReadOutOfTrustedTextOnly() {
        assertArrayEquals(new int[] {1, 0, 2}, read(WORDS).encode("A <|end|> b"));
        assertArrayEquals(new int[] {1, 9, 2}, encode(true, "A <|end|> b"));
        assertArrayEquals(new int[] {0, 9, 2}, encode(false, "A<|end|>", true, "<|end|>", false, " b"));
        assertArrayEquals(new int[] {0}, encode(false, "<|en", true, "d|>"));
        assertArrayEquals(new int[] {9, 1}, encode(true, "<|en", true, "", true, "d|>", false, "", false, "a"));
        assertArrayEquals(new int[] {}, encode());
    }

    @Test
    void addedTokensThatAreNotSpecialAreThoseOfTheWholeText() {
        assertArrayEquals(new int[] {7, 1}, encode(true, "to", false, "ol a"));
        assertArrayEquals(new int[] {1, 7}, encode(false, "a to", true, "ol"));
    }

    @Test
    void theLongestTokenIsReadWithItsWhiteSpace() {
        assertArrayEquals(new int[] {1, 8, 2}, encode(true, "a  <|end|>!b"));
        assertArrayEquals(new int[] {1, 9, 0}, encode(true, "a  <|end|>", false, "!b"));
        assertArrayEquals(new int[] {7, 7, 0, 0, 1}, encode(false, "tool  tool, tools a"));
        assertArrayEquals(new int[] {0, 1}, encode(false, "tools a"));
    }

    @Test
    void normalizedTokensAreReadInNormalizedText() {
        assertArrayEquals(new int[] {6}, encode(true, "<n>"));
        assertArrayEquals(new int[] {6}, encode(true, "<N>"));
        assertArrayEquals(new int[] {6, 0}, encode(true, "<N>", false, "<N>x"));
        assertArrayEquals(new int[] {3}, encode(false, "<N>"));
    }

    @Test
    void loneSurrogatesAreReplaced() {
        TextEncoder encoder = TextEncoders.read(Texts.open("byte_level.json.gz"), "byte_level");
        assertArrayEquals(encoder.encode("a\ufffdb"), encoder.encode("a\ud800b"));
        assertArrayEquals(
                encoder.encode("\ud83d\ude00"),
                encoder.encode(List.of(TextPiece.untrusted("\ud83d"), TextPiece.trusted("\ude00"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'Precompiled', 'precompiled_charsmap': ''}| null| BPE| Precompiled",
                "null| {'type': 'UnicodeScripts'}| BPE| UnicodeScripts",
                "null| {'type': 'Split', 'pattern': {'Regex': '(?<=a)b'}, 'behavior': 'Isolated'}| BPE| (?<=",
                "null| {'type': 'Split', 'pattern': {'String': 'a'}, 'behavior': 'Other'}| BPE| Other",
                "null| {'type': 'Sequence', 'pretokenizers': [{'type': 'ByteLevel'}, {'type': 'Digits'}]}| BPE| Digits",
                "null| null| Rwkv| Rwkv",
                "null| {'type': 'ByteLevel'}| WordLevel| ByteLevel"
            })
    void whatIsNotSupportedIsRefusedByName(String normalizer, String preTokenizer, String type, String feature) {
        String json = "{'normalizer': " + normalizer + ", 'pre_tokenizer': " + preTokenizer + ", 'model': {'type': '"
                + type + "', 'vocab': {'a': 0}, 'merges': []}}";
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> read(json.replace('\'', '"')));
        assertTrue(refused.feature().startsWith(feature), refused.feature());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("tokenizer.json at #/"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'model': []}",
                "{'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a b']}}",
                "{'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges': ['a']}}",
                "{'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges': [['a']]}}",
                "{'model': {'type': 'BPE', 'vocab': {'a': -1}, 'merges': []}}",
                "{'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges': [], 'unk_token': 'b'}}",
                "{'model': {'type': 'Unigram', 'vocab': [['a']]}}",
                "{'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges': 7}}",
                "{'added_tokens': [{'id': 'x', 'content': 'y'}], 'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges':"
                        + " []}}"
            })
    void aFileThatIsNoTokenizerIsRefused(String json) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> read(json.replace('\'', '"')));
        assertTrue(String.valueOf(refused.getMessage()).contains("tokenizer.json"), refused.getMessage());
    }

    @Test
    void tokensAndBytesAreLimited() {
        Limits few = Limits.DEFAULT.withMaxTokenizerTokens(100);
        assertThrows(LimitExceededException.class, () -> TextEncoders.read(Texts.open("words.json.gz"), "words", few));
        Limits small = Limits.DEFAULT.withMaxTokenizerBytes(1000);
        assertThrows(
                LimitExceededException.class, () -> TextEncoders.read(Texts.open("words.json.gz"), "words", small));
    }

    @RandomTrials(300)
    void damagedFilesGiveTypedErrorsOrTokens(Random random) throws IOException {
        String[] names = {"byte_level", "fallback", "unigram_bytes", "word_pieces", "behaviors", "replace"};
        String[] values = {
            "null", "-1", "99999999999", "1e99", "true", "\"\"", "[]", "{}", "\"(\"", "\"BPE\"", "\"Unigram\""
        };
        StringBuilder text = new StringBuilder(new String(
                new GZIPInputStream(Texts.open(names[random.nextInt(names.length)] + ".json.gz")).readAllBytes(),
                StandardCharsets.UTF_8));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            if (random.nextInt(3) > 0) {
                int from =
                        Math.max(text.indexOf(":", random.nextInt(random.nextBoolean() ? 3000 : text.length())), 0) + 1;
                int to = from;
                while (to < text.length() && ",}]".indexOf(text.charAt(to)) < 0) {
                    to++;
                }
                text.replace(from, to, values[random.nextInt(values.length)]);
            } else {
                text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
            }
        }
        try {
            TextEncoder encoder = read(text.toString());
            encoder.encode("the {\"a\": 12} <s>zz</s> \u00e9\ud83d\ude42");
        } catch (EspalierException e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 2000);
        }
    }

    @RandomTrials(100)
    void longRunsOfMarksAreInTheOrderOfTheirClasses(Random random) {
        int[] marks = {0x301, 0x323, 0x334, 0x345, 0x344, 0x5b0, 0x3099, 0x20dd, 0x903, 0x1d165, 'a', 0xe9};
        StringBuilder text = new StringBuilder();
        for (int i = 600; i > 0; i--) {
            text.appendCodePoint(marks[random.nextInt(random.nextInt(20) == 0 ? marks.length : 7)]);
        }
        for (Normalizer.Form form : Normalizer.Form.values()) {
            assertEquals(
                    Normalizer.normalize("\u4e2d" + text, form).substring(1),
                    MarkOrder.normalized("\u0334".repeat(501) + "\u4e2d" + text, form)
                            .substring(502));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "byte_level",
                "cl100k",
                "o200k",
                "deepseek",
                "bloom",
                "fallback",
                "metaspace",
                "unigram_bytes",
                "word_pieces",
                "affixes"
            })
    void longRunsTakeNoLongerThanOtherText(String name) {
        TextEncoder encoder = TextEncoders.read(Texts.open(name + ".json.gz"), name);
        for (String unit :
                new String[] {" ", "a", "\n", " \n", "A", "\u4e2d", "\u0301\u0323", "<", "1", "<|en", "'s"}) {
            String text = unit.repeat(100_000 / unit.length());
            assertTrue(encoder.encode(text).length < 5 * text.length());
            assertTrue(encoder.encode(text + "x").length > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "llama3_1", "qwen3", "gemma3"})
    void tokensSpellTheTextNoneIsSpecialAndMasksAllowThem(String name) {
        JsonTokenizer tokenizer = JsonTokenizer.read(TestData.tokenizer(name), Limits.DEFAULT);
        TextEncoder encoder = tokenizer.encoder();
        Vocabulary vocabulary = tokenizer.vocabulary();
        CompiledGrammar anyText = new GrammarCompiler(vocabulary, Limits.DEFAULT)
                .compile(new GbnfReader().read("root ::= [\\x00-\\U0010FFFF]*"));
        Texts texts = new Texts(3);
        for (int i = 0; i < 800; i++) {
            String text = texts.next();
            int[] ids = encoder.encode(text);
            assertTrue(IntStream.of(ids).noneMatch(vocabulary::isSpecial), text);
            String expected = name.equals("qwen3") ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
            expected = name.equals("llama2") && !text.isEmpty() ? " " + expected : expected;
            expected = name.equals("llama2") || name.equals("gemma3") ? expected.replace('\u2581', ' ') : expected;
            assertEquals(expected, new String(vocabulary.decode(ids), StandardCharsets.UTF_8), Arrays.toString(ids));
            requireAllowed(anyText, ids, i % 20 == 0);
        }
    }

    /** Accepts all tokens; with {@code masks}, each must be in the mask before it. */
    private static void requireAllowed(CompiledGrammar grammar, int[] ids, boolean masks) {
        Matcher matcher = grammar.matcher();
        for (int id : ids) {
            assertTrue(!masks || matcher.allows(id), () -> "token " + id + " of " + Arrays.toString(ids));
            matcher.accept(id);
        }
        assertTrue(matcher.isAccepting(), () -> Arrays.toString(ids));
    }
}
