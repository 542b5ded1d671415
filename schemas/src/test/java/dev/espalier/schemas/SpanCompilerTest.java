// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.schemas.span.SlowSpans;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Spans as plain text, byte by byte, against a look at each span. */
@org.jspecify.annotations.NullUnmarked
class SpanCompilerTest {

    private static final List<String> ALPHABETS =
            List.of("ab ", "a\"\\", "éE\u20ac", "😀a\u0800", "\n\t A", "ÿ\u0080\u07ff");

    private static State start(String source, SpanMatch match, boolean words) {
        return SpanCompiler.compile(source, match, words, WorkBudget.standard()).start();
    }

    private static String source(List<String> letters, Random random) {
        return random.ints(1 + random.nextInt(12), 0, letters.size())
                .mapToObj(letters::get)
                .collect(Collectors.joining());
    }

    @RandomTrials(60)
    void itReadsTheSpansOfRandomSources(Random random, long seed) {
        List<String> letters = ALPHABETS
                .get(random.nextInt(ALPHABETS.size()))
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
        String source = source(letters, random);
        SpanMatch match = SpanMatch.values()[random.nextInt(2)];
        boolean words = random.nextBoolean();
        Recogniser recogniser = new Recogniser(start(source, match, words));
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            for (String letter : text.codePointCount(0, text.length()) < 4 ? letters : List.<String>of()) {
                texts.add(text + letter);
            }
        }
        List<byte[]> good = texts.stream()
                .filter(text -> SlowSpans.holds(source, text, match == SpanMatch.FOLDED, words))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        String where = source + " by " + match + ", words " + words + ", seed " + seed;
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean isGood = good.stream().anyMatch(one -> Arrays.equals(one, bytes));
            assertEquals(isGood, recogniser.accepts(bytes), () -> text + " of " + where);
            for (int length = bytes.length - 1; isGood && length > 0; length--) {
                byte[] beginning = Arrays.copyOf(bytes, length);
                assertFalse(recogniser.after(beginning).isEmpty(), () -> Arrays.toString(beginning) + " of " + where);
            }
        }
    }

    @RandomTrials(30)
    void framesKeepTheContract(Random random, long seed) {
        List<String> letters = ALPHABETS
                .get(random.nextInt(ALPHABETS.size()))
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
        State start = start(source(letters, random), SpanMatch.values()[random.nextInt(2)], random.nextBoolean());
        FrameContract.check(start, 256, seed, 3, 12);
        ByteSet readable = ByteView.readable(start);
        for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
            assertTrue(ByteView.mayRead(start, symbol) || !readable.contains(symbol), "byte " + symbol);
        }
    }

    @Test
    void whatCannotBeASourceIsRefused() {
        WorkBudget budget = WorkBudget.standard();
        assertThrows(InvalidInputException.class, () -> SpanCompiler.compile("", SpanMatch.EXACT, false, budget));
        InvalidInputException e = assertThrows(
                InvalidInputException.class, () -> SpanCompiler.compile("ab\udc00", SpanMatch.EXACT, false, budget));
        assertEquals(
                "the source has half of a surrogate pair at index 2, which no JSON text can quote", e.getMessage());
        WorkBudget small = new WorkBudget(Limits.DEFAULT.withMaxSourceBytes(3), new Cancellation());
        assertEquals(
                "maxSourceBytes",
                assertThrows(
                                LimitExceededException.class,
                                () -> SpanCompiler.compile("abcd", SpanMatch.EXACT, false, small))
                        .limit());
    }
}
