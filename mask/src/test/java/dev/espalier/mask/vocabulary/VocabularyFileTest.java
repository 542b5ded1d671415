// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.PreparedFileException;
import dev.espalier.core.error.PreparedFileException.Reason;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.RandomVocabulary;
import dev.espalier.mask.token.TokenMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyFileTest {

    private static final String ALPHABET = "abc{}[]\",:1 \\u\u00e9\u4e2d";

    @TempDir
    Path folder = Path.of(".");

    @Test
    void whatIsReadBackHasTheSameTables() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            Vocabulary built = RandomVocabulary.of(new Random(seed), 200, ALPHABET, seed % 2 == 0 ? 4 : 40);
            Path first = saved(built, "first");
            Vocabulary read = Vocabulary.load(first);
            assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(saved(read, "second")), "seed " + seed);
            assertEquals(built.size(), read.size());
            assertArrayEquals(built.endIds(), read.endIds());
            assertEquals(built.fingerprint(), read.fingerprint());
            assertEquals(built.longestToken(), read.longestToken());
            assertEquals(built.specialId("<tool>"), read.specialId("<tool>"));
            for (int id = 0; id < built.size(); id++) {
                assertEquals(built.bytes(id), read.bytes(id));
                assertEquals(built.isSpecial(id), read.isSpecial(id));
                assertEquals(built.text(id), read.text(id));
            }
        }
    }

    @Test
    void masksOfTheTwoAreTheSameBitForBit() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Vocabulary built = RandomVocabulary.complete(random, 400, ALPHABET, 6);
            Vocabulary read = Vocabulary.read(saved(built, "masks"));
            Matcher left = new GrammarCompiler(built)
                    .compile(JsonText.grammar(JsonText.ANY))
                    .matcher();
            Matcher right = new GrammarCompiler(read)
                    .compile(JsonText.grammar(JsonText.ANY))
                    .matcher();
            for (int step = 0; step < 40 && !left.isTerminated(); step++) {
                TokenMask mask = left.mask();
                assertEquals(mask, right.mask(), "seed " + seed + " step " + step);
                int[] ids = mask.ids();
                if (ids.length == 0) {
                    break;
                }
                int id = ids[random.nextInt(ids.length)];
                left.accept(id);
                right.accept(id);
            }
        }
    }

    @Test
    void otherWidthsAndEndTokensAreKept() {
        Vocabulary changed = RandomVocabulary.of(new Random(3), 50, ALPHABET, 4)
                .withSize(300)
                .withEndIds(2, 7);
        Vocabulary read = Vocabulary.load(saved(changed, "changed"));
        assertEquals(300, read.size());
        assertArrayEquals(new int[] {2, 7}, read.endIds());
        assertTrue(read.isSpecial(2));
        assertEquals(changed.fingerprint(), read.withSize(400).fingerprint());
    }

    @Test
    void fingerprintsTellTokensApart() {
        Vocabulary.Builder builder = Vocabulary.builder().token(0, "ab").token(1, "c");
        String one = builder.build().fingerprint();
        assertEquals(64, one.length());
        assertNotEquals(one, builder.token(0, "a").token(1, "bc").build().fingerprint());
        assertEquals(one, builder.token(0, "ab").token(1, "c").build().fingerprint());
        assertNotEquals(one, builder.special(2, "<end>").build().fingerprint());
    }

    @Test
    void everyFlippedByteIsRefusedOrWithoutConsequence() {
        byte[] whole = bytes(RandomVocabulary.of(new Random(5), 12, "ab\"", 3));
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            try {
                assertArrayEquals(whole, bytes(read(damaged)), "byte " + at);
            } catch (PreparedFileException refusal) {
                refused++;
            }
        }
        assertTrue(refused > whole.length / 2, refused + " of " + whole.length + " refused");
    }

    @Test
    void cutFilesAreRefusedAtEveryLength() {
        byte[] whole = bytes(RandomVocabulary.of(new Random(6), 12, "ab\"", 3));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Reason reason =
                    assertThrows(PreparedFileException.class, () -> read(cut)).reason();
            assertEquals(Reason.CUT, reason, "length " + length);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertEquals(
                Reason.DAMAGED,
                assertThrows(PreparedFileException.class, () -> read(longer)).reason());
    }

    private static byte[] bytes(Vocabulary vocabulary) {
        return VocabularyFile.tables(vocabulary).toBytes();
    }

    private static Vocabulary read(byte[] file) {
        return VocabularyFile.read(TableReader.of(VocabularyFile.KIND, file, "file"));
    }

    @Test
    void damageIsNamedWithItsPlace() throws IOException {
        byte[] whole = Files.readAllBytes(saved(RandomVocabulary.of(new Random(7), 12, "ab\"", 3), "whole"));
        whole[whole.length - 2] ^= 4;
        Path damaged = Files.write(folder.resolve("damaged"), whole);
        String message = String.valueOf(assertThrows(PreparedFileException.class, () -> Vocabulary.read(damaged))
                .getMessage());
        assertTrue(message.contains("damaged in bytes ") && message.contains("its table atoms."), message);
    }

    @Test
    void otherVersionsAndOtherFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(saved(RandomVocabulary.of(new Random(8), 12, "ab\"", 3), "whole"));
        whole[8]++;
        assertEquals(Reason.VERSION, reason(Files.write(folder.resolve("newer"), whole)));
        assertEquals(Reason.FOREIGN, reason(Files.writeString(folder.resolve("json"), "{\"model\":{\"vocab\":{}}}")));
        assertThrows(InvalidInputException.class, () -> Vocabulary.load(folder.resolve("none")));
        assertThrows(
                InvalidInputException.class,
                () -> RandomVocabulary.of(new Random(8), 12, "ab\"", 3).save(folder.resolve("no/such/folder")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3_1"})
    void realVocabulariesAreTheSameReadBack(String name) throws IOException {
        Vocabulary built = Vocabulary.read(TestData.tokenizer(name));
        Path prepared = saved(built, name);
        Vocabulary read = Vocabulary.read(prepared);
        assertEquals(-1, Files.mismatch(prepared, saved(read, "again")));
    }

    private Path saved(Vocabulary vocabulary, String name) {
        Path file = folder.resolve(name);
        vocabulary.save(file);
        return file;
    }

    private static Reason reason(Path file) {
        return assertThrows(PreparedFileException.class, () -> Vocabulary.load(file))
                .reason();
    }
}
