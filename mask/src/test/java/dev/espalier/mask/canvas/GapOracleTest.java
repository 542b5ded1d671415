package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.Random;

/**
 * Canvases with slots that may be absent or hold any number of tokens against {@link GapOracle}.
 */
class GapOracleTest implements CountedTrials {

    private long canvases;
    private long completable;
    private long questions;

    @RandomTrials(200)
    void gapsOfRandomGrammarsAreThoseOfGraphs(long seed, Random random) {
        RandomGrammars.Shape shape = seed % 2 == 0 ? RandomGrammars.Shape.SMALL : RandomGrammars.Shape.ASCII;
        Grammar grammar = CanvasOracleTest.withSpecial(new RandomGrammars(seed, shape).nextProductive(), random);
        Vocabulary vocabulary = CanvasOracleTest.vocabulary(random, CanvasOracleTest.CHARACTERS, 3 + random.nextInt(5));
        compare(grammar, vocabulary, random, "seed " + seed);
    }

    @RandomTrials(40)
    void gapsOfRecursiveGrammarsAreThoseOfGraphs(long seed, Random random) {
        List<String> grammars = CanvasOracleTest.HAND_MADE;
        Grammar grammar = new GbnfReader().read(grammars.get((int) (seed % grammars.size())));
        Vocabulary vocabulary = CanvasOracleTest.vocabulary(random, "aabbc", 3 + random.nextInt(4));
        compare(grammar, vocabulary, random, "seed " + seed);
    }

    @RandomTrials(25)
    void gapsOfJsonAreThoseOfGraphs(long seed, Random random) {
        Grammar json = new GbnfReader().read(JsonText.ANY);
        List<String> pieces = List.of("{", "}", "[", "]", ",", "\"", "1", "]]", "},{\"", "\"}", "\":", "a", "[1,");
        Vocabulary.Builder builder = Vocabulary.builder();
        int count = 4 + random.nextInt(5);
        for (int id = 0; id < count; id++) {
            builder.token(id, ByteString.utf8(pieces.get(random.nextInt(pieces.size()))));
        }
        builder.special(count, "<end>");
        compare(json, builder.endIds(count).build(), random, "seed " + seed);
    }

    @Override
    public void afterTrials() {
        assertTrue(canvases >= 11, "only " + canvases + " canvases");
        assertTrue(completable >= canvases / 10, "only " + completable + " completable canvases");
        assertTrue(questions > canvases, "only " + questions + " questions");
    }

    private void compare(Grammar grammar, Vocabulary vocabulary, Random random, String where) {
        GapOracle oracle = new GapOracle(grammar, vocabulary);
        if (!oracle.isProductive()) {
            return;
        }
        CanvasParser parser;
        try {
            parser = new CanvasParser(new GrammarCompiler(vocabulary, Limits.DEFAULT).compile(grammar));
        } catch (UnsupportedFeatureException refused) {
            return;
        }
        for (int round = 0; round < 40; round++) {
            compare(parser, oracle, random(vocabulary, random), where + " " + grammar);
        }
    }

    /** Slots of all kinds, rarely more than two that are endless. */
    private static Canvas random(Vocabulary vocabulary, Random random) {
        CanvasBuilder builder = Canvas.builder(vocabulary);
        for (int parts = random.nextInt(5); parts > 0; parts--) {
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> builder.tokens(random.nextInt(vocabulary.size()));
                case 3 -> builder.gap(1);
                case 4 -> builder.gap(0, 1 + random.nextInt(3));
                case 5 -> builder.gapFrom(random.nextInt(4) / 3);
                default -> builder.gap(0, 1).gapFrom(0);
            }
        }
        return builder.build();
    }

    private void compare(CanvasParser parser, GapOracle oracle, Canvas canvas, String where) {
        CanvasChart chart = parser.parse(canvas);
        String place = where + " canvas " + canvas;
        boolean expected = oracle.isCompletable(canvas.tokens());
        assertEquals(expected, chart.isCompletable(), place);
        for (int slot = 0; slot < canvas.size(); slot++) {
            String at = place + " slot " + slot;
            if (expected) {
                assertArrayEquals(oracle.mask(canvas, slot), chart.mask(slot).ids(), at);
                assertEquals(oracle.mayBeAbsent(canvas, slot), chart.mayBeAbsent(slot), at);
                questions += canvas.vocabularySize() + 1;
            } else {
                assertEquals(0, chart.mask(slot).count(), at);
                assertEquals(false, chart.mayBeAbsent(slot), at);
            }
        }
        canvases++;
        completable += expected ? 1 : 0;
    }
}
