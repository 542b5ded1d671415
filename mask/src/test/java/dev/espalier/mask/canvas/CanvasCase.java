// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A grammar with a vocabulary of few tokens, on which canvases are compared with an oracle. The grammar has a sentence. */
record CanvasCase(Grammar grammar, Vocabulary vocabulary, String where) {

    private static final String CHARACTERS = "aaabbc\"\n\u00e9\u65e5";

    /** Rules that call themselves on the left, on both sides, through empty rules, and in more ways than one. */
    private static final List<String> RECURSIVE = List.of(
            "root ::= root \"a\" | \"b\"",
            "root ::= root root | \"a\" | \"\"",
            "root ::= \"a\" root \"b\" | \"\"",
            "root ::= x root y | \"c\"\nx ::= \"a\" | \"a\" x\ny ::= \"b\" | y \"b\" | x",
            "root ::= \"a\" root \"a\" | \"b\" root \"b\" | \"a\" | \"b\" | \"\"",
            "root ::= x{2,3} \"c\" x*\nx ::= \"a\" x \"b\" | \"b\"",
            "root ::= (\"a\" root \"c\" | \"b\")*",
            "root ::= x y\nx ::= \"a\" x | \"\"\ny ::= \"a\" y \"b\" | \"\"");

    /** Bounds that no canvas reaches, and some that it does. */
    private static final List<String> COUNTED = List.of(
            "root ::= [ab]{2,2000} \"c\"",
            "root ::= ([ab]{1,3} \"c\"?){2,300}",
            "root ::= ([ab]{2,40} | \"bc\"{1,30}){1,3} \"a\"",
            "root ::= \"c\" root \"c\" | ([ab]{1,2} \"b\"{0,300}){1,2}");

    private static final List<String> PIECES =
            List.of("{", "}", "[", "]", ",", ":", "\"", "1", "{}", "[]", "]]", "},{\"", "\"}", "\":", "a", "[1,", " ");

    static CanvasCase random(long seed, Random random) {
        RandomGrammars.Shape shape = seed % 2 == 0 ? RandomGrammars.Shape.SMALL : RandomGrammars.Shape.ASCII;
        Grammar grammar = withSpecial(new RandomGrammars(seed, shape).nextProductive(), random);
        return of(grammar, vocabulary(random, CHARACTERS, 3 + random.nextInt(5)), seed);
    }

    static CanvasCase recursive(long seed, Random random) {
        return written(RECURSIVE, seed, random);
    }

    static CanvasCase counted(long seed, Random random) {
        return written(COUNTED, seed, random);
    }

    private static CanvasCase written(List<String> grammars, long seed, Random random) {
        Grammar grammar = new GbnfReader().read(grammars.get((int) (seed % grammars.size())));
        return of(grammar, vocabulary(random, "aabbc", 3 + random.nextInt(4)), seed);
    }

    /** JSON with 4 or more tokens, and an end token in three of four cases. */
    static CanvasCase json(long seed, Random random, int most) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int count = 4 + random.nextInt(most - 3);
        for (int id = 0; id < count; id++) {
            builder.token(id, ByteString.utf8(PIECES.get(random.nextInt(PIECES.size()))));
        }
        builder.special(count, "<end>");
        int[] ends = random.nextInt(4) == 0 ? new int[0] : new int[] {count};
        return of(new GbnfReader().read(JsonText.ANY), builder.endIds(ends).build(), seed);
    }

    private static CanvasCase of(Grammar grammar, Vocabulary vocabulary, long seed) {
        return new CanvasCase(grammar, vocabulary, "seed " + seed + " " + grammar);
    }

    /** A parser of the canvases, unless the grammar is refused. */
    Optional<CanvasParser> parser() {
        try {
            return Optional.of(new CanvasParser(new GrammarCompiler(vocabulary).compile(grammar)));
        } catch (UnsupportedFeatureException refused) {
            return Optional.empty();
        }
    }

    /** Cut characters, duplicates, holes, two end tokens or none, a special token, padding. */
    private static Vocabulary vocabulary(Random random, String characters, int count) {
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
    private static Grammar withSpecial(Grammar grammar, Random random) {
        if (random.nextInt(4) != 0) {
            return grammar;
        }
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        Expression root = grammar.rule(grammar.root());
        Expression named = new Expression.SpecialToken(random.nextBoolean() ? "<tool>" : "<end>", -1);
        List<Expression> parts = new ArrayList<>(List.of(root, named));
        Collections.shuffle(parts, random);
        Expression both = Expression.Sequence.of(parts.get(0), parts.get(1));
        rules.put(grammar.root(), random.nextBoolean() ? both : Expression.Choice.of(both, root));
        return new Grammar(grammar.root(), rules);
    }
}
