// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts of structural tags in which only so many tokens may end. */
class TagTokensTest {

    private static final int END_OF_THOUGHT = 300;
    private static final String BEGIN = "<think>";
    private static final int REST_OF_CHARACTER = 3;

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        int id = 256;
        for (String text : List.of(
                "<think>", "</think>", "</", "think", "hm", " hm", "é", "></", "ok", "\n\n", ">\n\nok", "<think>hm")) {
            builder.token(id++, text);
        }
        for (; id < END_OF_THOUGHT; id++) {
            builder.hole(id);
        }
        return builder.special(END_OF_THOUGHT, "<|done|>")
                .special(END_OF_THOUGHT + 1, "<|end|>")
                .endIds(END_OF_THOUGHT + 1)
                .build();
    }

    private static Matcher matcher(String format, Vocabulary vocabulary) {
        String json = "{\"type\":\"structural_tag\",\"format\":" + format.replace('\'', '"') + "}";
        return new OutputCompiler(vocabulary, Limits.DEFAULT)
                .compile(Output.structuralTag(json))
                .grammar()
                .matcher();
    }

    private static String thought(int tokens, String rest) {
        return "{'type':'sequence','elements':[{'type':'tag','begin':'<think>','content':{'type':'any_text','max_tokens':"
                + tokens + rest + "},{'type':'const_string','value':'\\n\\nok'}]}";
    }

    @Test
    void aThoughtIsClosedWhenItHasHadItsTokens() {
        Vocabulary vocabulary = vocabulary();
        int closed = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int most = random.nextInt(6);
            boolean isExcluding = random.nextBoolean();
            Matcher matcher = matcher(
                    thought(most, (isExcluding ? ",'excludes':['k<','zz']" : "") + "},'end':'</think>'"), vocabulary);
            int inside = 0;
            int last = most == 0 ? BEGIN.length() : Integer.MAX_VALUE;
            while (!matcher.isTerminated()) {
                int[] allowed = matcher.mask().sortedIds();
                matcher.accept(allowed[random.nextInt(allowed.length)]);
                String text = new String(vocabulary.decode(matcher.tokens()), StandardCharsets.ISO_8859_1);
                boolean isInside = text.length() > BEGIN.length() && !text.contains("</think>");
                if (isInside && ++inside == most) {
                    last = text.length();
                }
            }
            String text = new String(vocabulary.decode(matcher.tokens()), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("</think>");
            assertTrue(end <= last + REST_OF_CHARACTER || inside < most, most + " tokens: " + text);
            closed += inside >= most ? 1 : 0;
        }
        assertTrue(closed > 100, closed + " closed");
    }

    @Test
    void aThoughtThatATokenClosesIsClosedByIt() {
        Vocabulary vocabulary = vocabulary();
        Matcher matcher = matcher(thought(2, "},'end':{'type':'token','token':'<|done|>'}"), vocabulary);
        matcher.acceptText("<think>".getBytes(StandardCharsets.UTF_8));
        matcher.accept('a');
        assertTrue(matcher.mask().count() > 100);
        matcher.accept('b');
        assertArrayEquals(new int[] {END_OF_THOUGHT}, matcher.mask().sortedIds());
        assertArrayEquals(new int[] {END_OF_THOUGHT}, matcher.forcedTokens(1));
    }

    @Test
    void aWholeTextOfSoManyTokensEndsBehindThem() {
        Vocabulary vocabulary = vocabulary();
        Matcher matcher = matcher("{'type':'any_text','max_tokens':2}", vocabulary);
        matcher.accept('a');
        matcher.accept(0xc3);
        assertEquals(64, matcher.mask().count());
        matcher.accept(0xa9);
        assertArrayEquals(new int[] {END_OF_THOUGHT + 1}, matcher.mask().sortedIds());
        Matcher none = matcher("{'type':'any_text','max_tokens':0}", vocabulary);
        assertArrayEquals(new int[] {END_OF_THOUGHT + 1}, none.mask().sortedIds());
    }

    @Test
    void eachRepetitionHasItsOwnTokens() {
        Vocabulary vocabulary = vocabulary();
        Matcher matcher = matcher(
                "{'type':'plus','content':{'type':'tag','begin':'<','content':{'type':'any_text','max_tokens':1},'end':'>'}}",
                vocabulary);
        for (String text : List.of("<", "a", ">", "<", "b", ">")) {
            assertEquals(
                    text.equals(">") ? 2 : 0, text.equals(">") ? matcher.mask().count() : 0, text);
            matcher.accept(text.charAt(0));
        }
        assertTrue(matcher.isAccepting());
    }

    @Test
    void masksFarFromTheLimitAreThoseWithoutOne() {
        Vocabulary vocabulary = vocabulary();
        Matcher limited = matcher(thought(1_000, "},'end':'</think>'"), vocabulary);
        Matcher free = matcher(thought(1_000, "},'end':'</think>'").replace(",'max_tokens':1000", ""), vocabulary);
        Random random = new Random(1);
        while (!free.isTerminated()) {
            int[] allowed = free.mask().sortedIds();
            assertArrayEquals(allowed, limited.mask().sortedIds());
            int token = allowed[random.nextInt(allowed.length)];
            free.accept(token);
            limited.accept(token);
        }
    }
}
