// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Masks inside keys whose names have a greatest length, and so many of them that no count holds them: the last key that goes on as
 * it began can have been used. The slow oracle is {@link Matcher#allows}, token by token.
 */
class LongKeyMaskTest implements CountedTrials {

    private static final int LONGEST = 40;

    private static final List<String> WORDS = List.of(
            "aa",
            "aaa",
            "aaaa",
            "aaaaaaaa",
            "ab",
            "ba",
            "abab",
            "ff",
            "a\"",
            "aa\"",
            "b\"",
            "\":",
            "\":1",
            "\":1,\"",
            "aa\":1",
            "{\"",
            ",\"",
            "\\u0061",
            "\\u00",
            "61",
            "-a",
            "-aa");

    private int masks;

    private static Vocabulary words() {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (String word : WORDS) {
            builder.token(id++, ByteString.of(word.getBytes(StandardCharsets.UTF_8)));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private static CompiledGrammar compile(Vocabulary vocabulary, String schema) {
        return new GrammarCompiler(vocabulary)
                .compile(new SchemaCompiler()
                        .compile(schema, SchemaOptions.DEFAULT)
                        .automaton());
    }

    private static String names(String pattern) {
        return "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"},\"propertyNames\":{\"pattern\":\""
                + pattern + "\"}}";
    }

    private static Matcher behind(CompiledGrammar grammar, String text) {
        Matcher matcher = grammar.matcher();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            matcher.accept(idOf(grammar.vocabulary(), value));
        }
        return matcher;
    }

    private static int idOf(Vocabulary vocabulary, byte value) {
        ByteString wanted = ByteString.of(value);
        for (int id = 0; id < vocabulary.size(); id++) {
            if (!vocabulary.isSpecial(id) && vocabulary.bytes(id).equals(wanted)) {
                return id;
            }
        }
        throw new AssertionError("no token of one byte " + value);
    }

    /** Reads a text, as far as it is allowed, and compares the masks behind its last bytes with what each token says by itself. */
    private static int check(CompiledGrammar grammar, String text, int last, String where) {
        Vocabulary vocabulary = grammar.vocabulary();
        Matcher matcher = grammar.matcher();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int masks = 0;
        for (int at = 0; at <= bytes.length; at++) {
            TokenMask mask = at < bytes.length - last ? null : matcher.mask();
            for (int id = 0; mask != null && id < vocabulary.size(); id++) {
                if (mask.allows(id) != matcher.allows(id)) {
                    assertEquals(
                            matcher.allows(id),
                            mask.allows(id),
                            where + " after " + at + " bytes of " + text + ": " + vocabulary.text(id));
                }
            }
            masks += mask == null ? 0 : 1;
            if (at == bytes.length || !matcher.allows(idOf(vocabulary, bytes[at]))) {
                return masks;
            }
            matcher.accept(idOf(vocabulary, bytes[at]));
        }
        return masks;
    }

    @Test
    void aKeyOfAnyFixedLengthIsNotRepeated() {
        Vocabulary vocabulary = words();
        for (int length = 1; length <= LONGEST; length++) {
            CompiledGrammar grammar = compile(vocabulary, names("^[a-f]{" + length + "}$"));
            String key = "a".repeat(length);
            check(grammar, "{\"" + key + "\":1,\"" + key.substring(1), length - 1, "length " + length);
            Matcher matcher = behind(grammar, "{\"" + key + "\":1,\"" + key.substring(1));
            assertFalse(matcher.mask().allows('a'), "length " + length);
            assertTrue(length == 1 || matcher.mask().allows('b'), "length " + length);
        }
    }

    @Test
    void aKeyOfAnyFixedLengthIsNotRepeatedWithTheTokenizerOfLlama() {
        Vocabulary vocabulary = Vocabulary.read(TestData.tokenizer("llama3_1"));
        for (int length = 1; length <= LONGEST; length++) {
            String key = "a".repeat(length);
            CompiledGrammar grammar = compile(vocabulary, names("^[a-f]{" + length + "}$"));
            check(grammar, "{\"" + key + "\":1,\"" + key, Math.min(length, 3), "length " + length);
        }
    }

    /** Names of fixed or bounded length in a few alphabets, and used keys that share long beginnings with the one that is read. */
    @RandomTrials(60)
    void masksBesideUsedKeysAreWhatEachTokenSaysByItself(Random random) {
        String alphabet = List.of("ab", "abcdef", "aé", "é日a").get(random.nextInt(4));
        String set = "[" + alphabet + "]";
        int most = 1 + random.nextInt(LONGEST);
        int least = random.nextBoolean() ? most : random.nextInt(most);
        String pattern = "^" + set + "{" + least + "," + most + "}$";
        if (random.nextInt(3) == 0) {
            pattern = "^" + set + "{" + most + "}(-" + set + "{2})?$";
        }
        CompiledGrammar grammar = compile(words(), names(pattern));
        String key = word(random, alphabet, most);
        StringBuilder text = new StringBuilder("{\"" + key + "\":1,\"");
        for (int i = random.nextInt(3) * random.nextInt(4); i > 0; i--) {
            String other = changed(random, alphabet, key);
            if (text.indexOf("\"" + other + "\"") < 0) {
                text.append(other).append("\":1,\"");
            }
        }
        String last = random.nextBoolean() ? key : changed(random, alphabet, key);
        text.append(last, 0, random.nextBoolean() ? last.length() : random.nextInt(last.length() + 1));
        masks += check(grammar, text.toString(), 3 + random.nextInt(4), "pattern " + pattern);
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 60, "only " + masks + " masks");
    }

    private static String word(Random random, String alphabet, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(random.nextInt(3) > 0 ? 0 : random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    /** With another last character. */
    private static String changed(Random random, String alphabet, String key) {
        return key.substring(0, key.length() - 1) + alphabet.charAt(random.nextInt(alphabet.length()));
    }
}
