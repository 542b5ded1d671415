// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Subtrees that are skipped because all their characters are live, against tokens put through one by one. */
class LiveAtomsTest implements CountedTrials {

    private static final List<String> CHARACTERS = List.of(
            "a", "b", "f", "g", "z", "A", "Z", "0", "9", " ", "-", "/", "#", "\"", "\\", "\n", "\t", "\u0001", "\u007f",
            "é", "\u00a0", "\u2003", "\u2010", "中", "\ufeff", "😀");

    private static final List<String> GRAMMARS = List.of(
            "root ::= [^ab]*",
            "root ::= [a-z]+ \"-\" [0-9]*",
            "root ::= [^ \\t\\n\\u00a0\\u2003]+ (\" \" [^ \\u2003]+)*",
            "root ::= [^/#]+ \"/\" [^#]*",
            "root ::= ([a-f0-9]{2} | [g-z]+)*",
            "root ::= \"a\"? [^\\u2010-\\u20ff]* \"b\"",
            "root ::= ([^\\\\] | \"\\\\\" [a-z])*",
            "root ::= word (\" \" word){0,3}\nword ::= [a-zé中]+ | \"(\" [^)]* \")\"",
            "root ::= [^0-9]{3,40} [0-9]",
            "root ::= [a-z]{0,9} \"!\"?",
            "root ::= [A-Za-z0-9é]{1,14}",
            "root ::= (\"/\" [^/]{0,9}){1,3}",
            "root ::= [^-]{1,6} \"-\" [a-z0-9#]{1,12}",
            "root ::= ([a-z]+ \" \"){0,5} [a-zA-Z]{2,7}",
            "root ::= \"(\" [^)\\n]{0,20} \")\" [a-z]{3}",
            "root ::= [a-f中]{0,4} [g-z0-9]{0,18} [^a]{0,3}",
            "root ::= [a-f] [a-z] [a-z] \"!\" | [g-z] \"!\"",
            "root ::= ([a-f] [a-z] | [g-z]) [a-z] \"!\"",
            "root ::= [ a\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]* \"b\"",
            "root ::= [a-f0-9]{4} \"-\" [a-f0-9]{2} \"-\" [^a]*");

    private static final int TRIALS = 150;

    private int masks;

    @RandomTrials(TRIALS)
    void skippedSubtreesAreLive(Random random) {
        Vocabulary vocabulary = vocabulary(random);
        Tuning tuning = new Tuning(0, 4_000, 1 + random.nextInt(3), true, 256, 64, 24L << 20);
        String gbnf = GRAMMARS.get(random.nextInt(GRAMMARS.size()));
        Matcher matcher = new GrammarCompiler(
                        vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                .compile(new GbnfReader().read(gbnf))
                .matcher();
        boolean slowly = random.nextBoolean();
        for (int step = 0; step < (slowly ? 24 : 12) && !matcher.isTerminated(); step++) {
            TokenMask mask = matcher.mask();
            for (int id = 0; id < vocabulary.size(); id++) {
                String where = gbnf + ", step " + step + ": " + vocabulary.text(id);
                assertEquals(matcher.allows(id), mask.allows(id), where);
            }
            masks++;
            int[] ids = mask.ids();
            if (ids.length == 0) {
                break;
            }
            int next = ids[random.nextInt(ids.length)];
            for (int more = slowly ? 4 : 0; more > 0; more--) {
                int other = ids[random.nextInt(ids.length)];
                next = vocabulary.bytes(other).length() < vocabulary.bytes(next).length() ? other : next;
            }
            matcher.accept(next);
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= TRIALS, "only " + masks + " masks");
    }

    @Test
    void aTextOfAnyCharactersVisitsFewNodes() {
        Random random = new Random(1);
        Vocabulary vocabulary = vocabulary(random);
        Tuning tuning = new Tuning(0, 4_000, 1, true, 256, 64, 24L << 20);
        Matcher matcher = new GrammarCompiler(
                        vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                .compile(new GbnfReader().read("root ::= .* \"!\""))
                .matcher();
        TokenMask unused = matcher.mask();
        int all = vocabulary.index().trie().nodeCount();
        long visited = matcher.lastStats().nodes();
        assertTrue(visited < all / 2, visited + " of " + all);
    }

    @Test
    void longTokensAreReadAtEachDistanceFromABound() {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (String unit : List.of("a", "b", "ab", "a中", "-a", "(")) {
            for (int bytes = 1; bytes <= 40; bytes++) {
                byte[] word = unit.repeat(bytes).getBytes(StandardCharsets.UTF_8);
                builder.token(id++, ByteString.of(Arrays.copyOf(word, bytes)));
                if (bytes > 2) {
                    byte[] ended = Arrays.copyOf(word, bytes);
                    ended[bytes - 1] = '!';
                    builder.token(id++, ByteString.of(ended));
                }
            }
        }
        Vocabulary vocabulary = builder.special(id, "<end>").endIds(id).build();
        for (String gbnf : List.of(
                "root ::= [ab]{0,45}",
                "root ::= [ab]{3,42} \"!\"?",
                "root ::= (\"-\"? [ab]){0,44}",
                "root ::= text \"!\"\ntext ::= [ab中]{2,40} | \"(\"*")) {
            Tuning tuning = new Tuning(0, 4_000, 1, true, 256, 64, 24L << 20);
            Matcher matcher = new GrammarCompiler(
                            vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                    .compile(new GbnfReader().read(gbnf))
                    .matcher();
            for (int read = 0; matcher.allows(0); read++) {
                TokenMask mask = matcher.mask();
                for (int token = 0; token < vocabulary.size(); token++) {
                    String where = gbnf + " after " + read + ": " + vocabulary.text(token);
                    assertEquals(matcher.allows(token), mask.allows(token), where);
                }
                matcher.accept(0);
            }
        }
    }

    /** Words of characters, some cut off or beginning inside one. */
    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        int used = 2 + random.nextInt(CHARACTERS.size() - 1);
        for (; id < 900; id++) {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(random.nextInt(40) == 0 ? 24 : 5); i >= 0; i--) {
                word.append(CHARACTERS.get(random.nextInt(used)));
            }
            byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
            int from = random.nextInt(12) == 0 ? Math.min(1, bytes.length - 1) : 0;
            int to = random.nextInt(6) == 0 ? Math.max(from + 1, bytes.length - 1) : bytes.length;
            builder.token(id, ByteString.of(Arrays.copyOfRange(bytes, from, to)));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }
}
