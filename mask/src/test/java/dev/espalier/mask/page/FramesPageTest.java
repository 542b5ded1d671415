// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.ByteString;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The frame and the masks of docs/design/frames.md. */
class FramesPageTest {

    private static final List<String> TOKENS =
            List.of("<", ">", "a", "ab", "<a", "a>", "<<", ">>", "<a>", ">,", ">,<", ",");

    @Test
    void theFrameShownIsTheOneThatIsTried() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/espalier/mask/page/Quotes.java"));
        int begin = source.indexOf('\n', source.indexOf("docs/design/frames.md: begin")) + 1;
        String shown = source.substring(begin, source.indexOf("// docs/design/frames.md: end"));
        assertTrue(Files.readString(Path.of("../docs/design/frames.md")).contains("```java\n" + shown + "```"));
    }

    @Test
    void theFrameKeepsTheContract() {
        FrameContract.check(Quotes.start(3), State.SPECIAL, 1, 20, 30);
        FrameContract.check(Quotes.start(200), State.SPECIAL, 2, 5, 60);
    }

    @Test
    void statesFarFromTheirBoundsAreOne() {
        assertEquals(new Quotes(30, 40, true).within(Horizon.of(8)), new Quotes(12, 99, true).within(Horizon.of(8)));
    }

    @Test
    void theMasksAreThoseOfThePage() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < TOKENS.size(); id++) {
            builder.token(id, ByteString.utf8(TOKENS.get(id)));
        }
        Expression quote = new Expression.External("quote");
        Expression more = new Expression.Repeat(
                Expression.Sequence.of(Expression.Literal.of(","), quote), 0, Expression.UNBOUNDED);
        Grammar grammar = Grammar.of(Expression.Sequence.of(quote, more));
        PushdownAutomaton automaton = AutomatonCompiler.compile(
                grammar, Map.of("quote", PushdownAutomaton.of(Quotes.start(2))), WorkBudget.standard());
        Matcher matcher =
                new GrammarCompiler(builder.build()).compile(automaton).matcher();
        assertEquals(List.of("<", "<a", "<<", "<a>"), allowed(matcher));
        matcher.accept(TOKENS.indexOf("<a"));
        assertEquals(List.of("<", ">", "a", "ab", "<a", "a>", "<a>", ">,", ">,<"), allowed(matcher));
        matcher.accept(TOKENS.indexOf(">"));
        assertEquals(List.of(","), allowed(matcher));
    }

    private static List<String> allowed(Matcher matcher) {
        TokenMask mask = matcher.mask();
        List<String> allowed = new ArrayList<>();
        for (int id = 0; id < TOKENS.size(); id++) {
            if (mask.allows(id)) {
                allowed.add(TOKENS.get(id));
            }
        }
        return allowed;
    }
}
