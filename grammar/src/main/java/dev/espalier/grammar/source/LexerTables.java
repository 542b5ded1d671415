// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.jspecify.annotations.Nullable;

/**
 * The tables that ANTLR's lexers fill as they run, owned by one reader, all its lexers being of one class, instead of by that class. They are
 * finite by {@link SourceStream}'s alphabet; all the same they are replaced past a number of states. The parsers have no
 * such tables, since all their decisions are LL(1). Thread-safe, as ANTLR locks the tables that lexers share.
 */
public final class LexerTables {

    private static final int MAX_STATES = 10_000;

    private record Tables(DFA[] dfas, PredictionContextCache contexts) {

        static Tables of(ATN atn) {
            DFA[] dfas = new DFA[atn.getNumberOfDecisions()];
            for (int i = 0; i < dfas.length; i++) {
                dfas[i] = new DFA(atn.getDecisionState(i), i);
            }
            return new Tables(dfas, new PredictionContextCache());
        }

        int states() {
            int count = 0;
            for (DFA dfa : dfas) {
                synchronized (dfa.states) {
                    count += dfa.states.size();
                }
            }
            return count;
        }
    }

    private volatile @Nullable Tables tables;

    /** Makes a lexer use these tables, which are made for the first one: a reader that is never used loads no lexer. */
    public void attach(Lexer lexer) {
        ATN atn = lexer.getATN();
        Tables now = tables;
        if (now == null || now.states() > MAX_STATES) {
            now = Tables.of(atn);
            tables = now;
        }
        lexer.setInterpreter(new LexerATNSimulator(lexer, atn, now.dfas, now.contexts));
    }

    /** How many states they have. */
    public int states() {
        Tables now = tables;
        return now == null ? 0 : now.states();
    }
}
