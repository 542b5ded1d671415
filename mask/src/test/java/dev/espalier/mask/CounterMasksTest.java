// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Masks of states that count, by what tokens cost, against tokens put through one by one. */
class CounterMasksTest implements CountedTrials {

    private static final List<String> CLASSES =
            List.of("[a-c]", "[a-b]", "[b-c]", "[^a]", "[^ ]", "[a-cé]", "\"ab\"", "\"-\"", ".", "[abé中]");

    private static final int TRIALS = 60;

    private int masks;
    private int near;

    @RandomTrials(TRIALS)
    void tokensThatHaveTheRoomAreAllowed(Random random) {
        Vocabulary vocabulary = vocabulary(random);
        String word = alternatives(random);
        String again = random.nextBoolean() ? "(" + word + " \"-\"?)" + bounds(random, 6) : word;
        String counted = "(" + again + ")" + bounds(random, 40);
        String gbnf = switch (random.nextInt(4)) {
            case 0 -> "root ::= " + counted + " \"!\"";
            case 1 -> "root ::= \"(\" (root | inner) \")\"\ninner ::= " + counted + " (\"-\" root)?";
            case 2 -> "root ::= \"-\" " + counted + " (\"-\" " + counted + ")" + bounds(random, 3);
            default -> "root ::= " + counted;
        };
        Tuning tuning = new Tuning(
                random.nextBoolean() ? 0 : 8_000,
                random.nextBoolean() ? 10 : 4_000,
                4,
                true,
                256,
                64,
                24L << 20,
                Stepper.MERGED,
                random.nextInt(3) == 0 ? 1 << 14 : random.nextInt(300));
        Matcher matcher = new GrammarCompiler(
                        vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                .compile(new GbnfReader().read(gbnf))
                .matcher();
        for (int depth = random.nextInt(4); depth > 0 && matcher.allows('('); depth--) {
            matcher.accept('(');
        }
        for (int step = 0; step < 14 && !matcher.isTerminated(); step++) {
            TokenMask mask = matcher.mask();
            for (int id = 0; id < vocabulary.size(); id++) {
                String where = gbnf + ", step " + step + " after \"" + text(matcher, vocabulary) + "\": "
                        + vocabulary.text(id);
                assertEquals(matcher.allows(id), mask.allows(id), where);
            }
            masks++;
            int[] ids = mask.ids();
            if (ids.length == 0) {
                break;
            }
            near += ids.length < vocabulary.size() / 4 ? 1 : 0;
            matcher.accept(ids[random.nextInt(ids.length)]);
        }
    }

    private static String text(Matcher matcher, Vocabulary vocabulary) {
        return Arrays.stream(matcher.tokens()).mapToObj(vocabulary::text).collect(Collectors.joining());
    }

    private static String alternatives(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(unused -> CLASSES.get(random.nextInt(CLASSES.size())) + bounds(random, 50))
                .collect(Collectors.joining(" | ", "(", ")"));
    }

    private static String bounds(Random random, int most) {
        int least = random.nextInt(4) == 0 ? random.nextInt(1 + most / 3) : random.nextInt(2);
        return "{" + least + "," + (Math.max(1, least) + random.nextInt(most)) + "}";
    }

    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (int value = 0; value < 256; value++) {
            builder.token(id++, ByteString.of(new byte[] {(byte) value}));
        }
        String letters = "aaaabbbcc-é中 !()";
        for (int i = 0; i < 150; i++) {
            int length = 1 + random.nextInt(i % 5 == 0 ? 70 : 12);
            boolean isRun = random.nextInt(3) == 0;
            int run = random.nextInt(6);
            StringBuilder text = new StringBuilder();
            for (int at = 0; at < length; at++) {
                text.append(letters.charAt(isRun && random.nextInt(20) > 0 ? run : random.nextInt(letters.length())));
            }
            builder.token(id++, ByteString.utf8(text.toString()));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 3 * TRIALS, "only " + masks + " masks");
        assertTrue(near >= TRIALS, "only " + near + " masks of few tokens");
    }

    @Test
    void aTextOfOneLengthVisitsFewNodesInAll() {
        Vocabulary vocabulary = vocabulary(new Random(2));
        long nodes =
                nodesBehindLetters(vocabulary, Limits.DEFAULT, tuning(1, 1 << 14), "root ::= [^\\x01]{40} \"!\"", 30);
        int all = vocabulary.index().trie().nodeCount();
        assertTrue(nodes < 30L * all / 2, nodes + " nodes of " + all + " in 30 masks");
    }

    @Test
    void statesThatDifferInNumbersAreWalkedOnce() {
        Vocabulary vocabulary = vocabulary(new Random(5));
        long nodes = nodesBehindLetters(
                vocabulary, Limits.DEFAULT, tuning(4, 1 << 14), "root ::= ([a-c]{1,30} \"-\"?){1,40} \"!\"", 60);
        int all = vocabulary.index().trie().nodeCount();
        assertTrue(nodes < 60L * all / 5, nodes + " nodes of " + all + " in 60 masks");
    }

    @Test
    void aWalkForAllNumbersThatCostsTooMuchIsBrokenOff() {
        Vocabulary vocabulary = vocabulary(new Random(3));
        String word = "([a-b]{1,6} | [b-c]{2,7} | [a-c]{0,5} | \"ab\"{1,4})";
        String gbnf = "root ::= ((" + word + "{1,5} \"-\"?){1,6} \"a\"?){2,7} \"!\"";
        Limits limits = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(40)).withWallClockFactor(10_000);
        long unused = nodesBehindLetters(vocabulary, limits, tuning(4, 500), gbnf, 10);
        assertThrows(
                LimitExceededException.class,
                () -> nodesBehindLetters(vocabulary, limits, tuning(4, Integer.MAX_VALUE), gbnf, 10));
    }

    private static Tuning tuning(int skippedNodes, int symbolicUnits) {
        return new Tuning(0, 4_000, skippedNodes, true, 256, 64, 24L << 20, Stepper.MERGED, symbolicUnits);
    }

    /** The nodes that are visited in all for the masks behind 0, 1, 2 … letters. */
    private static long nodesBehindLetters(
            Vocabulary vocabulary, Limits limits, Tuning tuning, String gbnf, int masks) {
        Matcher matcher = new GrammarCompiler(vocabulary, limits, new MaskStore(vocabulary, limits), tuning)
                .compile(new GbnfReader().read(gbnf))
                .matcher();
        long nodes = 0;
        for (int read = 0; read < masks; read++) {
            TokenMask unused = matcher.mask();
            nodes += matcher.lastStats().nodes();
            matcher.accept('a');
        }
        return nodes;
    }
}
