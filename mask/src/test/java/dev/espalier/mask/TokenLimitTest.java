// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.limit.LimitedText;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Free text of at most so many tokens, against a definition that looks at the whole text and at where its tokens end. */
class TokenLimitTest {

    private static final String ALPHABET = "aab<</é|";
    private static final List<List<String>> ENDS = List.of(
            List.of("</a>"), List.of("</a>", "</b|"), List.of("<<a"), List.of("aab"), List.of("é|", "|"), List.of());

    private static PushdownAutomaton text(List<String> ends, List<String> excluded, int tokens) {
        List<Expression.FreeText.Stop> stops = ends.stream()
                .map(end -> new Expression.FreeText.Stop(end, Expression.EMPTY))
                .toList();
        Grammar free = Grammar.of(new Expression.FreeText(stops, excluded, ends.isEmpty()));
        PushdownAutomaton automaton = AutomatonCompiler.compile(
                        free, Map.of(), new WorkBudget(Limits.DEFAULT, new Cancellation()))
                .withoutEmpty()
                .orElseThrow();
        return PushdownAutomaton.of(LimitedText.of(automaton.start(), ends, tokens));
    }

    private static CompiledGrammar compile(List<String> ends, int tokens, Vocabulary vocabulary) {
        Expression part = new Expression.External("text");
        Grammar grammar = Grammar.of(Expression.Sequence.of(
                Expression.Literal.of("["),
                ends.isEmpty() ? Expression.Choice.of(part, Expression.EMPTY) : part,
                Expression.Literal.of("]")));
        return new GrammarCompiler(vocabulary).compile(grammar, Map.of("text", text(ends, List.of("]"), tokens)));
    }

    /** What the beginning of a text may be, by its bytes and the places where tokens end. */
    private record Slow(List<String> ends, int tokens) {

        boolean isBeginning(byte[] text, List<Integer> tokenEnds) {
            if (text.length == 0 || text[0] != '[') {
                return text.length == 0;
            }
            byte[] rest = Arrays.copyOfRange(text, 1, text.length);
            int end = ends.isEmpty() ? -1 : end(rest);
            int closed = ends.isEmpty() ? indexOf(rest, "]".getBytes(StandardCharsets.UTF_8)) : end;
            if (closed >= 0) {
                byte[] behind = Arrays.copyOfRange(rest, closed, rest.length);
                if (behind.length > 1 || (behind.length == 1 && behind[0] != ']')) {
                    return false;
                }
            }
            byte[] read = closed < 0 ? rest : Arrays.copyOf(rest, closed);
            int last = limit(read.length, closed >= 0 && !ends.isEmpty(), tokenEnds);
            for (int content = 0; content <= read.length; content++) {
                byte[] written = Arrays.copyOfRange(read, content, read.length);
                boolean isEnd = written.length == 0
                        || ends.stream().anyMatch(each -> begins(each.getBytes(StandardCharsets.UTF_8), written));
                if (closed >= 0 && !ends.isEmpty()) {
                    isEnd = ends.stream()
                            .anyMatch(each -> Arrays.equals(each.getBytes(StandardCharsets.UTF_8), written));
                }
                if (isEnd && isContent(Arrays.copyOf(read, content), content == read.length && closed < 0, last)) {
                    return true;
                }
            }
            return false;
        }

        /** The place from which on no character may begin. */
        private int limit(int length, boolean isClosed, List<Integer> tokenEnds) {
            int left = tokens;
            if (left == 0) {
                return 0;
            }
            for (int tokenEnd : tokenEnds) {
                int place = tokenEnd - 1;
                boolean isInside = place > 0 && (isClosed ? place < length : place <= length);
                if (isInside && --left == 0) {
                    return place;
                }
            }
            return Integer.MAX_VALUE;
        }

        private static boolean isContent(byte[] content, boolean mayBeCut, int last) {
            int at = 0;
            while (at < content.length) {
                int first = content[at] & 0xff;
                int length = first < 0x80 ? 1 : first == 0xc3 ? 2 : -1;
                if (length < 0 || at >= last || first == ']') {
                    return false;
                }
                for (int i = 1; i < length && at + i < content.length; i++) {
                    if ((content[at + i] & 0xc0) != 0x80) {
                        return false;
                    }
                }
                at += length;
            }
            return at == content.length || mayBeCut;
        }

        /** Behind the first end; -1 if none is whole. */
        private int end(byte[] text) {
            int first = Integer.MAX_VALUE;
            for (String each : ends) {
                byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
                int place = indexOf(text, bytes);
                first = place < 0 ? first : Math.min(first, place + bytes.length);
            }
            return first == Integer.MAX_VALUE ? -1 : first;
        }

        private static int indexOf(byte[] text, byte[] wanted) {
            for (int i = 0; i + wanted.length <= text.length; i++) {
                if (begins(Arrays.copyOfRange(text, i, text.length), wanted)) {
                    return i;
                }
            }
            return -1;
        }

        private static boolean begins(byte[] text, byte[] beginning) {
            return beginning.length <= text.length && Arrays.equals(Arrays.copyOf(text, beginning.length), beginning);
        }
    }

    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        byte[] bytes = (ALPHABET + "[]>").getBytes(StandardCharsets.UTF_8);
        for (byte each : bytes) {
            builder.token(id++, ByteString.of(each));
        }
        for (int i = 0; i < 30; i++) {
            byte[] token = new byte[1 + random.nextInt(4)];
            for (int k = 0; k < token.length; k++) {
                token[k] = bytes[random.nextInt(bytes.length)];
            }
            builder.token(id++, ByteString.of(token));
        }
        for (String text : List.of("</", "/a>", "a>", "x</a>".substring(1), "</a>]", "[a", "b|]", "é", "aa", "<<")) {
            builder.token(id++, ByteString.utf8(text));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    @Test
    void masksAreThoseOfTheDefinition() {
        int checked = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Vocabulary vocabulary = vocabulary(random);
            List<String> ends = ENDS.get(seed % ENDS.size());
            int tokens = ends.isEmpty() ? 1 + random.nextInt(4) : random.nextInt(5);
            Slow slow = new Slow(ends, tokens);
            Matcher matcher = compile(ends, tokens, vocabulary).matcher();
            List<Integer> tokenEnds = new ArrayList<>();
            byte[] text = {};
            for (int step = 0; step < 9 && !matcher.isAccepting(); step++) {
                String where = "seed " + seed + " " + ends + " " + tokens + " tokens, after "
                        + Arrays.toString(matcher.tokens()) + " \"" + new String(text, StandardCharsets.UTF_8) + "\"";
                List<Integer> expected = new ArrayList<>();
                for (int token = 0; token < vocabulary.size() - 1; token++) {
                    byte[] longer = joined(text, vocabulary.bytes(token));
                    List<Integer> places = new ArrayList<>(tokenEnds);
                    if (slow.isBeginning(longer, places)) {
                        expected.add(token);
                    }
                }
                assertArrayEquals(
                        expected.stream().mapToInt(Integer::intValue).toArray(),
                        matcher.mask().sortedIds(),
                        where);
                checked += expected.size();
                int token = expected.get(random.nextInt(expected.size()));
                matcher.accept(token);
                text = joined(text, vocabulary.bytes(token));
                tokenEnds.add(text.length);
            }
        }
        assertTrue(checked > 10_000, checked + " tokens allowed");
    }

    private static byte[] joined(byte[] text, ByteString token) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text);
        for (int i = 0; i < token.length(); i++) {
            all.write(token.at(i));
        }
        return all.toByteArray();
    }

    @Test
    void budgetsOfTheWholeTextKnowOfTheLimit() {
        int bound = 0;
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            Vocabulary vocabulary = vocabulary(random);
            List<String> ends = ENDS.get(seed % ENDS.size());
            CompiledGrammar grammar = compile(ends, ends.isEmpty() ? 2 : random.nextInt(4), vocabulary);
            SlowBudget slow = new SlowBudget(grammar);
            Matcher matcher = grammar.matcher();
            StackSet set = slow.after();
            for (int remaining = 3 + random.nextInt(3); remaining > 0 && !matcher.isAccepting(); remaining--) {
                int[] expected = slow.mask(set, remaining);
                if (expected.length == 0) {
                    break;
                }
                String where = "seed " + seed + " after " + Arrays.toString(matcher.tokens()) + " of " + remaining;
                assertArrayEquals(expected, matcher.exactMask(remaining).sortedIds(), where);
                bound += expected.length < matcher.mask().count() ? 1 : 0;
                int token = expected[random.nextInt(expected.length)];
                matcher.accept(token);
                set = slow.after(set, token);
            }
        }
        assertTrue(bound > 40, bound + " masks were bound");
    }

    @Test
    void statesKeepTheContractOfFrames() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<String> ends = ENDS.get(seed % (ENDS.size() - 1));
            FrameContract.check(text(ends, List.of("ab<"), random.nextInt(2)).start(), 256, seed, 20, 12);
        }
    }

    @Test
    void rollingBackTakesTokensBackThatWereCounted() {
        Vocabulary vocabulary = vocabulary(new Random(0));
        Matcher matcher = compile(List.of("</a>"), 1, vocabulary).matcher();
        matcher.acceptText("[".getBytes(StandardCharsets.UTF_8));
        int open = matcher.mask().count();
        matcher.accept(0);
        assertEquals("<", vocabulary.text(matcher.mask().sortedIds()[0]));
        matcher.rollback(1);
        assertEquals(open, matcher.mask().count());
    }

    @Test
    void gapsAreRefused() {
        CompiledGrammar grammar = compile(List.of("</a>"), 1, vocabulary(new Random(0)));
        assertThrows(
                UnsupportedFeatureException.class,
                () -> new CanvasParser(grammar).parse(Canvas.blank(grammar.vocabulary(), 6)));
    }
}
