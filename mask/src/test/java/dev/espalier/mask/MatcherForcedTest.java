// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forced tokens against matchers that try every token of the vocabulary. */
class MatcherForcedTest implements CountedTrials {

    private static final String ALPHABET = "aab\"\u00e9";
    private static final int TRIALS = 1_500;

    private int alone;
    private int spelled;
    private int left;

    @RandomTrials(TRIALS)
    void forcedTokensAreThoseOfMatchersThatTryEveryToken(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = random.nextBoolean()
                ? RandomVocabulary.complete(random, 20, ALPHABET, 1 + random.nextInt(4))
                : RandomVocabulary.of(random, 12, ALPHABET, 1 + random.nextInt(4));
        TextEncoder encoder = greedy(vocabulary);
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher matcher = compiler.compile(grammar).matcher();
            for (int step = 0; step < 5; step++) {
                int[] before = matcher.tokens();
                String where = "seed " + seed + " step " + step;
                int[] forced = matcher.forcedTokens();
                assertArrayEquals(onlyTokens(matcher.fork()), forced, where);
                alone += forced.length;
                int[] canonical = matcher.forcedTokens(encoder);
                assertArrayEquals(spelling(matcher.fork(), encoder), canonical, where);
                spelled += canonical.length;
                assertArrayEquals(before, matcher.tokens());
                int[] allowed = allowed(matcher);
                if (allowed.length == 0) {
                    return;
                }
                matcher.accept(allowed[random.nextInt(allowed.length)]);
            }
        } catch (UnsupportedFeatureException refused) {
            alone += 0;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(alone >= TRIALS / 4 && spelled >= TRIALS / 4 && left >= TRIALS / 50, alone + " " + spelled + " " + left);
    }

    private static int[] allowed(Matcher matcher) {
        return IntStream.range(0, matcher.grammar().vocabulary().size())
                .filter(matcher::allows)
                .toArray();
    }

    private static int[] onlyTokens(Matcher matcher) {
        int[] allowed = allowed(matcher);
        while (allowed.length == 1 && matcher.length() < Matcher.MAX_FORCED) {
            matcher.accept(allowed[0]);
            allowed = allowed(matcher);
        }
        return matcher.length() == 0 ? new int[0] : matcher.tokens();
    }

    private int[] spelling(Matcher matcher, TextEncoder encoder) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        int start = matcher.length();
        byte[] forced = matcher.forced();
        String text = new String(forced, StandardCharsets.UTF_8);
        while (text.endsWith("\ufffd")) {
            text = text.substring(0, text.length() - 1); // the alphabet has no such character: it is one that is cut off
        }
        int[] tokens = encoder.encode(text);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), vocabulary.decode(tokens))) {
            return new int[0];
        }
        for (int i = 0; i < tokens.length && matcher.allows(tokens[i]); i++) {
            ByteString last = vocabulary.bytes(tokens[i]);
            boolean certain = IntStream.of(allowed(matcher))
                    .mapToObj(vocabulary::bytes)
                    .noneMatch(bytes -> !bytes.equals(last) && startsWith(bytes, last));
            if (i == tokens.length - 1 && !certain) {
                left++;
                break;
            }
            matcher.accept(tokens[i]);
        }
        return Arrays.copyOfRange(matcher.tokens(), start, matcher.length());
    }

    private static boolean startsWith(ByteString bytes, ByteString prefix) {
        return bytes.length() >= prefix.length()
                && IntStream.range(0, prefix.length()).allMatch(i -> bytes.at(i) == prefix.at(i));
    }

    /** Takes the longest token at each place; leaves out bytes that no token has. */
    private static TextEncoder greedy(Vocabulary vocabulary) {
        return text -> {
            ByteString bytes = ByteString.utf8(text);
            List<Integer> tokens = new ArrayList<>();
            int at = 0;
            while (at < bytes.length()) {
                int best = -1;
                for (int id = 0; id < vocabulary.size(); id++) {
                    ByteString token = vocabulary.bytes(id);
                    int from = at;
                    if (token.length() > (best < 0 ? 0 : vocabulary.bytes(best).length())
                            && at + token.length() <= bytes.length()
                            && IntStream.range(0, token.length()).allMatch(i -> bytes.at(from + i) == token.at(i))) {
                        best = id;
                    }
                }
                at += best < 0 ? 1 : vocabulary.bytes(best).length();
                if (best >= 0) {
                    tokens.add(best);
                }
            }
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        };
    }

    @Test
    void forcedBytesOfSeveralSpellingsForceNoToken() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "{\"")
                .token(1, "{")
                .token(2, "\"name\":")
                .token(3, "\"")
                .token(4, "name")
                .token(5, "\":")
                .token(6, "\":1")
                .token(7, "1")
                .token(8, "2")
                .build();
        TextEncoder encoder = text -> new int[] {0, 4, 5};
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher matcher = compiler.compile(new GbnfReader().read("root ::= \"{\\\"name\\\":\" [12]"))
                    .matcher();
            assertArrayEquals(new int[0], matcher.forcedTokens());
            assertArrayEquals(new int[] {0, 4}, matcher.forcedTokens(encoder));
            matcher.accept(0);
            assertArrayEquals(new int[] {4}, matcher.forcedTokens());
            assertArrayEquals(new int[0], matcher.forcedTokens(encoder), "spells other bytes");
            Matcher closed = compiler.compile(new GbnfReader().read("root ::= \"{\\\"name\\\":\" [2]"))
                    .matcher();
            assertArrayEquals(new int[0], closed.forcedTokens(encoder), "spells other bytes");
        }
    }
}
