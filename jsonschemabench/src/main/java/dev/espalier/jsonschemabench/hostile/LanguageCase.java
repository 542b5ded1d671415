// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.WorkBudget;
import dev.espalier.jsonschemabench.judge.Recogniser;

/** A schema, grammar or pattern that is held against its texts, byte by byte and as tokens. */
final class LanguageCase {

    private LanguageCase() {}

    /**
     * Compiles an input of a case.
     *
     * @throws dev.espalier.core.error.EspalierException if it is refused
     */
    static Judgement.Claims compile(HostileCase source, byte[] input, Engine engine) {
        PushdownAutomaton automaton = engine.compile(source.kind(), input, WorkBudget.standard());
        return () -> {
            Recogniser language = new Recogniser(automaton);
            TokenRecogniser tokens = new TokenRecogniser(engine.bytes().compile(automaton));
            source.accepts().forEach(text -> hold(text, true, language, tokens));
            source.rejects().forEach(text -> hold(text, false, language, tokens));
        };
    }

    private static void hold(Text text, boolean accepted, Recogniser language, TokenRecogniser tokens) {
        String verdict = accepted ? "does not accept" : "accepts";
        if (language.accepts(text.bytes()) != accepted) {
            throw new WrongAnswer(verdict + " " + text.label());
        }
        if (tokens.accepts(text.bytes()) != accepted) {
            throw new WrongAnswer(verdict + ", as tokens, " + text.label());
        }
    }
}
