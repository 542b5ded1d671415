// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Frames that promise plain text, alone and inside a grammar, against every token put through bytewise. */
class PlainTextFramesTest {

    private static final String ALPHABET = "aab \"\"\\\t\u007f\u00e9\u4e2d\ud83d\ude00,}";

    @RandomTrials(100)
    void promisesGiveTheMasksThatBytesGive(long seed, Random random) {
        int min = random.nextInt(4);
        int max = min + random.nextInt(9);
        int need = random.nextInt(4) - 2;
        State frame = BoundedText.start(min, need == 1 ? Math.max(1, max) : max, need < 0 ? -1 : need);
        Vocabulary vocabulary = RandomVocabulary.complete(random, 300, ALPHABET, 1 + random.nextInt(9));
        Tuning tuning = new Tuning(
                random.nextInt(3) * 50,
                random.nextInt(3) * 100,
                random.nextInt(9),
                random.nextBoolean(),
                1 + random.nextInt(256),
                random.nextInt(4),
                24L << 20);
        GrammarCompiler compiler =
                new GrammarCompiler(vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning);
        CompiledGrammar alone = compiler.compile(PushdownAutomaton.of(frame));
        check(alone, random, "seed " + seed + " alone " + frame);
        Expression text = new Expression.External("text");
        Expression list = Expression.Sequence.of(
                text,
                new Expression.Repeat(
                        Expression.Sequence.of(Expression.Literal.of(","), text), 0, Expression.UNBOUNDED),
                Expression.Literal.of("}"));
        if (need >= -1 && need != 1) {
            CompiledGrammar listed =
                    compiler.compile(Grammar.of(list), Map.of("text", PushdownAutomaton.of(withZero(frame, min, max))));
            check(listed, random, "seed " + seed + " listed " + frame);
        }
    }

    /** Rules understand result 0 alone. */
    private static State withZero(State frame, int min, int max) {
        return frame.goal().length == 1 && frame.goal()[0] == 0 ? frame : BoundedText.start(min, max, 0);
    }

    private static void check(CompiledGrammar compiled, Random random, String where) {
        Matcher matcher = compiled.matcher();
        for (int step = 0; step < 8; step++) {
            int[] expected = bytewise(compiled, matcher);
            assertArrayEquals(expected, matcher.mask().ids(), where + " step " + step);
            if (expected.length == 0) {
                return;
            }
            int remaining = matcher.leastTokensToEnd() + random.nextInt(12);
            assertArrayEquals(
                    within(matcher, expected, remaining),
                    matcher.mask(remaining).ids(),
                    where + " budget");
            matcher.accept(expected[random.nextInt(expected.length)]);
            if (matcher.isTerminated()) {
                return;
            }
        }
    }

    private static int[] within(Matcher matcher, int[] allowed, int remaining) {
        return Arrays.stream(allowed)
                .filter(token -> {
                    Matcher after = matcher.fork();
                    after.accept(token);
                    return after.isTerminated() || after.leastTokensToEnd() <= remaining - 1;
                })
                .toArray();
    }

    /** The tokens whose bytes a recognizer reads after what the matcher has read. */
    private static int[] bytewise(CompiledGrammar compiled, Matcher matcher) {
        Vocabulary vocabulary = compiled.vocabulary();
        byte[] before = vocabulary.decode(matcher.tokens());
        List<Integer> allowed = new ArrayList<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            byte[] bytes = vocabulary.bytes(id).toByteArray();
            Recognizer recognizer = new Recognizer(compiled.automaton(), Limits.DEFAULT);
            recognizer.read(before);
            boolean allows = vocabulary.isEnd(id)
                    ? recognizer.isAccepting()
                    : bytes.length > 0 && recognizer.read(bytes) == bytes.length;
            if (allows) {
                allowed.add(id);
            }
        }
        return allowed.stream().mapToInt(Integer::intValue).toArray();
    }
}
