// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.PreparedFileException;
import dev.espalier.core.file.TableReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.RandomVocabulary;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forged files with right checksums are refused when they are opened, or read as what they then say. */
class ForgedFileTest {

    private static final String ALPHABET = "abc{}[]\",:1 \\u\u00e9\u4e2d";

    private static void use(CompiledGrammar grammar, Random random) {
        Matcher matcher = grammar.matcher();
        try {
            for (int step = 0; step < 8 && !matcher.isTerminated(); step++) {
                int[] ids = matcher.mask().ids();
                if (ids.length == 0) {
                    return;
                }
                matcher.accept(ids[random.nextInt(ids.length)]);
            }
        } catch (DeadEndException other) {
            return; // tokens that say other bytes are another vocabulary
        }
    }

    @Test
    void forgedVocabulariesAreRefusedOrRead() {
        ForgedTables tables = new ForgedTables(
                VocabularyFile.KIND,
                VocabularyFile.tables(RandomVocabulary.complete(new Random(1), 400, ALPHABET, 6))
                        .toBytes());
        int refused = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            byte[] file = tables.forged(random);
            try {
                Vocabulary read = VocabularyFile.read(TableReader.of(VocabularyFile.KIND, file, "forged"));
                use(new GrammarCompiler(read).compile(JsonText.grammar(JsonText.ANY)), random);
            } catch (PreparedFileException refusal) {
                refused++;
            } catch (RuntimeException | Error foreign) {
                throw new AssertionError("seed " + seed, foreign);
            }
        }
        assertTrue(refused > 200, "refused: " + refused);
    }

    @Test
    void forgedDirectoriesAreRefused() {
        byte[] whole = VocabularyFile.tables(RandomVocabulary.complete(new Random(3), 40, ALPHABET, 6))
                .toBytes();
        for (long seed = 0; seed < 500; seed++) {
            byte[] forged = ForgedTables.withForgedDirectory(whole, new Random(seed));
            try {
                Vocabulary read = VocabularyFile.read(TableReader.of(VocabularyFile.KIND, forged, "forged"));
                assertTrue(read.size() > 0);
            } catch (PreparedFileException refusal) {
                assertTrue(String.valueOf(refusal.getMessage()).startsWith("forged"));
            } catch (RuntimeException | Error foreign) {
                throw new AssertionError("seed " + seed, foreign);
            }
        }
    }
}
