// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackSetTest {

    private final State first = start("a");
    private final State second = start("b");

    private static State start(String text) {
        Grammar grammar = Grammar.of(Expression.Literal.of(text));
        return AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard())
                .start();
    }

    /** Levels of two states each, all above the same set: as many stacks as two to the number of levels. */
    private StackSet levels(int count) {
        StackSet set = StackSet.BOTTOM;
        for (int i = 0; i < count; i++) {
            set = new StackSet(new State[] {first, second}, new StackSet[] {set, set}, false);
        }
        return set;
    }

    @Test
    void setsBuiltApartAreEqual() {
        assertNotSame(levels(5), levels(5));
        assertEquals(levels(5), levels(5));
        assertEquals(levels(5).hashCode(), levels(5).hashCode());
    }

    @Test
    void comparingSetsOfVeryManyStacksEnds() {
        StackSet one = levels(200);
        StackSet other = levels(200);
        assertEquals(one.equals(other), other.equals(one));
    }
}
