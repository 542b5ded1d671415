package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Completability and every mask of small canvases against {@link Fillings}, which tries all fillings. */
class CanvasOracleTest implements CountedTrials {

    static final String CHARACTERS = "aaabbc\"\n\u00e9\u65e5";

    /** Rules that call themselves on the left, on both sides, through empty rules, and in more ways than one. */
    static final List<String> HAND_MADE = List.of(
            "root ::= root \"a\" | \"b\"",
            "root ::= root root | \"a\" | \"\"",
            "root ::= \"a\" root \"b\" | \"\"",
            "root ::= x root y | \"c\"\nx ::= \"a\" | \"a\" x\ny ::= \"b\" | y \"b\" | x",
            "root ::= \"a\" root \"a\" | \"b\" root \"b\" | \"a\" | \"b\" | \"\"",
            "root ::= x{2,3} \"c\" x*\nx ::= \"a\" x \"b\" | \"b\"",
            "root ::= (\"a\" root \"c\" | \"b\")*",
            "root ::= x y\nx ::= \"a\" x | \"\"\ny ::= \"a\" y \"b\" | \"\"");

    /** Bounds that no canvas reaches, and some that it does. */
    static final List<String> COUNTED = List.of(
            "root ::= [ab]{2,2000} \"c\"",
            "root ::= ([ab]{1,3} \"c\"?){2,300}",
            "root ::= ([ab]{2,40} | \"bc\"{1,30}){1,3} \"a\"",
            "root ::= \"c\" root \"c\" | ([ab]{1,2} \"b\"{0,300}){1,2}");

    private double fillings;
    private long canvases;
    private long completable;

    @RandomTrials(4_000)
    void chartsOfRandomGrammarsAreThoseOfAllFillings(long seed, Random random) {
        RandomGrammars.Shape shape = seed % 2 == 0 ? RandomGrammars.Shape.SMALL : RandomGrammars.Shape.ASCII;
        Grammar grammar = withSpecial(new RandomGrammars(seed, shape).nextProductive(), random);
        compare(grammar, vocabulary(random, CHARACTERS, 3 + random.nextInt(5)), random, 5, "seed " + seed);
    }

    @RandomTrials(1_500)
    void chartsOfRecursiveGrammarsAreThoseOfAllFillings(long seed, Random random) {
        Grammar grammar = new GbnfReader().read(HAND_MADE.get((int) (seed % HAND_MADE.size())));
        compare(grammar, vocabulary(random, "aabbc", 3 + random.nextInt(4)), random, 6, "seed " + seed);
    }

    @RandomTrials(200)
    void chartsOfCountersAreThoseOfAllFillings(long seed, Random random) {
        Grammar grammar = new GbnfReader().read(COUNTED.get((int) (seed % COUNTED.size())));
        compare(grammar, vocabulary(random, "aabbc", 3 + random.nextInt(4)), random, 5, "seed " + seed);
    }

    @RandomTrials(150)
    void chartsOfJsonAreThoseOfAllFillings(long seed, Random random) {
        Grammar json = new GbnfReader().read(JsonText.ANY);
        List<String> pieces = List.of(
                "{", "}", "[", "]", ",", ":", "\"", "1", "{}", "[]", "]]", "},{\"", "\"}", "\":", "a", "[1,", " ");
        Vocabulary.Builder builder = Vocabulary.builder();
        int count = 4 + random.nextInt(8);
        for (int id = 0; id < count; id++) {
            builder.token(id, ByteString.utf8(pieces.get(random.nextInt(pieces.size()))));
        }
        builder.special(count, "<end>");
        Vocabulary vocabulary =
                random.nextInt(4) == 0 ? builder.build() : builder.endIds(count).build();
        compare(json, vocabulary, random, 6, "seed " + seed);
    }

    @Override
    public void afterTrials() {
        assertTrue(canvases >= 11, "only " + canvases + " canvases");
        assertTrue(completable >= canvases / 10, "only " + completable + " completable canvases");
        assertTrue(fillings > canvases, "only " + fillings + " fillings");
    }

    /**
     * A blank canvas, in which slots may be optional, then some in which slots are fixed to what a completion has there, or to
     * anything.
     */
    private void compare(Grammar grammar, Vocabulary vocabulary, Random random, int slots, String where) {
        Fillings oracle = new Fillings(grammar, vocabulary);
        if (!oracle.isProductive()) {
            return;
        }
        CanvasParser parser;
        try {
            CompiledGrammar compiled = new GrammarCompiler(vocabulary, Limits.DEFAULT).compile(grammar);
            parser = new CanvasParser(compiled);
        } catch (UnsupportedFeatureException refused) {
            return;
        }
        int size = random.nextInt(slots + 1);
        int optional = random.nextInt(3);
        int[] open = random.ints(size, 0, 4)
                .map(choice -> choice < optional ? Canvas.OPTIONAL : Canvas.FREE)
                .toArray();
        Canvas canvas = Canvas.of(vocabulary, open);
        int[] some = compare(parser, oracle, canvas, random, where + " " + grammar);
        int[] last = open;
        for (int round = 0; round < 4 && size > 0; round++) {
            int[] partial = random.nextBoolean() ? open.clone() : last.clone();
            for (int slot = 0; slot < size; slot++) {
                if (some.length > 0 && random.nextInt(3) == 0) {
                    partial[slot] = some[slot];
                } else if (random.nextInt(some.length > 0 ? 12 : 4) == 0) {
                    partial[slot] = random.nextInt(vocabulary.size());
                }
            }
            compare(parser, oracle, Canvas.of(vocabulary, partial), random, where + " " + grammar);
            last = partial;
        }
    }

    private int[] compare(CanvasParser parser, Fillings oracle, Canvas canvas, Random random, String where) {
        Fillings.Answer expected = oracle.of(canvas, random);
        compare(expected, parser.byChart(canvas, WorkBudget.standard()), where + " chart of " + canvas);
        compare(expected, parser.bySets(canvas, WorkBudget.standard()), where + " sets of " + canvas);
        canvases++;
        fillings += expected.fillings();
        completable += expected.completions() > 0 ? 1 : 0;
        return expected.some();
    }

    private static void compare(Fillings.Answer expected, CanvasChart chart, String place) {
        assertEquals(expected.completions() > 0, chart.isCompletable(), place);
        for (int slot = 0; slot < chart.canvas().size(); slot++) {
            assertArrayEquals(expected.mask(slot), chart.mask(slot).ids(), place + " slot " + slot);
            assertEquals(expected.absent()[slot], chart.mayBeAbsent(slot), place + " slot " + slot);
        }
    }

    /** Cut characters, duplicates, holes, two end tokens or none, a special token, padding. */
    static Vocabulary vocabulary(Random random, String characters, int count) {
        byte[] bytes = characters.getBytes(StandardCharsets.UTF_8);
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < count; id++) {
            int from = random.nextInt(bytes.length);
            int length = 1 + random.nextInt(Math.min(3, bytes.length - from));
            builder.token(id, ByteString.of(Arrays.copyOfRange(bytes, from, from + length)));
        }
        builder.special(count, "<end>").special(count + 1, "<tool>");
        int[] ends = random.nextInt(4) == 0 ? new int[0] : new int[] {count};
        return builder.endIds(ends).size(count + 2 + random.nextInt(2)).build();
    }

    /** One grammar in four names a special token, one in eight the end token. */
    static Grammar withSpecial(Grammar grammar, Random random) {
        if (random.nextInt(4) != 0) {
            return grammar;
        }
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        Expression root = grammar.rule(grammar.root());
        Expression named = new Expression.SpecialToken(random.nextBoolean() ? "<tool>" : "<end>", -1);
        List<Expression> parts = new ArrayList<>(List.of(root, named));
        java.util.Collections.shuffle(parts, random);
        Expression both = Expression.Sequence.of(parts.get(0), parts.get(1));
        rules.put(grammar.root(), random.nextBoolean() ? both : Expression.Choice.of(both, root));
        return new Grammar(grammar.root(), rules);
    }
}
