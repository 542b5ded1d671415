// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.RandomGrammars.Shape;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Random grammars, written in each dialect: what is read describes the same texts, by an Earley recogniser. */
class DialectsAgainstRecogniserTest implements CountedTrials {

    private static final int TRIALS = 800;
    private static final int TEXTS = 12;

    private static final GrammarDialect[] DIALECTS = {
        GrammarDialect.ABNF, GrammarDialect.EBNF_ISO, GrammarDialect.EBNF_W3C, GrammarDialect.EBNF_XGRAMMAR
    };

    private final Map<GrammarDialect, GrammarReader<?>> readers = new EnumMap<>(GrammarDialect.class);
    private int sentences;

    @RandomTrials(TRIALS)
    void aGrammarMeansTheSameInEveryDialect(long seed) {
        GrammarDialect dialect = DIALECTS[(int) (seed % DIALECTS.length)];
        Random random = new Random(seed);
        // ISO 14977 has no ranges, and no way to write the end of a line
        Shape shape = dialect == GrammarDialect.EBNF_ISO ? new Shape(4, 3, false, false) : Shape.GBNF;
        RandomGrammars grammars = new RandomGrammars(seed, shape);
        Grammar grammar = grammars.nextProductive();
        if (dialect == GrammarDialect.EBNF_ISO || dialect == GrammarDialect.EBNF_W3C) {
            grammar = withException(grammar, new RandomGrammars(seed + 1, shape));
        }
        String text = new DialectText(dialect, random).of(grammar);
        Grammar read = (Grammar)
                readers.computeIfAbsent(dialect, GrammarDialect::newReader).read(text);
        SlowRecognizer expected = new SlowRecognizer(grammar);
        SlowRecognizer actual = new SlowRecognizer(read);
        for (int i = 0; i < TEXTS; i++) {
            byte[] sentence = i % 3 == 0 ? grammars.nextText(5) : grammars.nextPrefix(expected, 1 + i);
            boolean accepted = expected.accepts(sentence);
            assertEquals(accepted, actual.accepts(sentence), () -> "seed " + seed + " " + dialect + "\n" + text);
            sentences += accepted ? 1 : 0;
        }
    }

    private static Grammar withException(Grammar grammar, RandomGrammars regular) {
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        Expression exception = new Difference(regular.nextRegular(), regular.nextRegular());
        rules.put(grammar.root(), Sequence.of(exception, grammar.rule(grammar.root())));
        return new Grammar(grammar.root(), rules);
    }

    @Override
    public void afterTrials() {
        assertTrue(sentences >= TRIALS, "only " + sentences + " sentences");
    }
}
