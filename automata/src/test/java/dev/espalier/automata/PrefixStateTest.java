// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.state.PrefixState;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.ByteString;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.gbnf.GbnfReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixStateTest {

    private static State start(String grammar) {
        return AutomatonCompiler.compile(new GbnfReader().read(grammar), Map.of(), WorkBudget.standard())
                .start();
    }

    @Test
    void theFrameKeepsTheContract() {
        State list = start("root ::= \"[\" root* \"]\" | [a-c]+");
        FrameContract.check(PrefixState.of(ByteString.utf8("[\u00e9"), list), State.SPECIAL, 3, 20, 30);
    }

    @Test
    void itEndsWhereTheFrameBehindItEnds() {
        State maybe = start("root ::= \"ab\"?");
        State behind = PrefixState.of(ByteString.utf8("xy"), maybe);
        assertEquals(2, behind.distance(0));
        assertEquals(0, behind.results().length);
        assertSame(maybe, PrefixState.of(ByteString.EMPTY, maybe));
    }
}
