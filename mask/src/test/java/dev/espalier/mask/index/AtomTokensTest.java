// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Tokens by the characters they are made of, against each token read character by character. */
class AtomTokensTest implements CountedTrials {

    private static final List<String> CHARACTERS = List.of(
            "a", "g", "A", "Z", "0", " ", "-", "/", "\"", "\\", "\n", "\u007f", "é", "\u0085", "\u00a0", "\u2003",
            "\u2010", "中", "\u3000", "\ufeff", "😀");

    private static final int TRIALS = 100;

    private int added;

    @RandomTrials(TRIALS)
    void tokensMadeOfSomeAtomsAreThoseWithoutOtherCharacters(Random random) {
        Vocabulary vocabulary = vocabulary(random);
        AtomTokens tokens = vocabulary.index().atomTokens();
        for (int asked = 0; asked < 30; asked++) {
            long atoms = random.nextLong() | (random.nextBoolean() ? random.nextLong() : 0);
            int most = 1 + random.nextInt(8);
            TokenSet some = new TokenSet(vocabulary.size());
            tokens.addMadeOf(atoms, most, some);
            for (int id = 0; id < vocabulary.size(); id++) {
                boolean expected = isMadeOf(vocabulary.tokens(), id, atoms, most);
                assertEquals(expected, some.contains(id), vocabulary.text(id));
                added += expected ? 1 : 0;
            }
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(added >= 20 * TRIALS, "only " + added + " tokens");
    }

    /** Whether a token is plain text of some atoms, its last character possibly cut off, and has at most so many characters. */
    private static boolean isMadeOf(TokenTable table, int id, long atoms, int most) {
        byte[] bytes = Arrays.copyOfRange(table.blob(), table.offset(id), table.offset(id) + table.length(id));
        int characters = 0;
        int at = 0;
        while (at < bytes.length) {
            int length = 1;
            while (at + length < bytes.length && (bytes[at + length] & 0xc0) == 0x80) {
                length++;
            }
            int lead = bytes[at] & 0xff;
            int whole = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            if ((lead >= 0x80 && lead < 0xc2) || (length < whole && at + length < bytes.length)) {
                return false;
            }
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            long atom = length < whole
                    ? 1L << TextAtoms.OTHER
                    : TextAtoms.ofRange(text.codePointAt(0), text.codePointAt(0));
            if ((atom & atoms & TextAtoms.PLAIN) == 0) {
                return false;
            }
            characters++;
            at += length;
        }
        return characters > 0 && characters <= most;
    }

    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 400; id++) {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                word.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
            }
            byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
            int from = random.nextInt(12) == 0 ? Math.min(1, bytes.length - 1) : 0;
            int to = random.nextInt(4) == 0 ? Math.max(from + 1, bytes.length - 1) : bytes.length;
            builder.token(id, ByteString.of(Arrays.copyOfRange(bytes, from, to)));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }
}
