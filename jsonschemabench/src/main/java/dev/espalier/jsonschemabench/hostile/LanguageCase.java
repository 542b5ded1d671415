package dev.espalier.jsonschemabench.hostile;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.judge.Recogniser;
import java.util.List;

/** Compiles one schema, grammar or pattern and holds it against its texts, byte by byte and as tokens. */
final class LanguageCase {

    private final HostileCase source;
    private final Engine engine;

    LanguageCase(HostileCase source, Engine engine) {
        this.source = source;
        this.engine = engine;
    }

    /** How one input of the case fares; any throwable that is not the engine's own leaves this method. */
    Judgement judge(byte[] input) {
        PushdownAutomaton automaton;
        try {
            automaton = engine.compile(source.kind(), input, WorkBudget.standard());
        } catch (EspalierException refused) {
            return Judgement.refused(refused, source.expectation(), source.categories());
        }
        if (source.expectation() == Expectation.TYPED_ERROR) {
            return Judgement.unsafe("compiled, though it must be refused as " + source.categories());
        }
        try {
            return hold(
                    new Recogniser(automaton),
                    new TokenRecogniser(engine.bytes().compile(automaton)));
        } catch (WrongAnswer wrong) {
            return Judgement.unsafe(String.valueOf(wrong.getMessage()));
        } catch (EspalierException refused) {
            return Judgement.refused(refused, source.expectation(), List.of());
        }
    }

    private Judgement hold(Recogniser language, TokenRecogniser tokens) {
        for (Text text : source.accepts()) {
            if (!language.accepts(text.bytes())) {
                return Judgement.unsafe("does not accept " + text.label());
            }
            if (!tokens.accepts(text.bytes())) {
                return Judgement.unsafe("does not accept, as tokens, " + text.label());
            }
        }
        for (Text text : source.rejects()) {
            if (language.accepts(text.bytes())) {
                return Judgement.unsafe("accepts " + text.label());
            }
            if (tokens.accepts(text.bytes())) {
                return Judgement.unsafe("accepts, as tokens, " + text.label());
            }
        }
        return Judgement.SERVED;
    }
}
