// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.judge;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;

/**
 * Says whether a text is in a language, byte by byte, without tokens.
 *
 * @param automaton the language
 */
public record Recogniser(PushdownAutomaton automaton) {

    /**
     * Whether the whole text is a sentence.
     *
     * @throws dev.espalier.core.error.LimitExceededException past a limit of one step
     */
    public boolean accepts(byte[] text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet stacks = StackSet.of(automaton.start());
        for (byte symbol : text) {
            stacks = stepper.step(stacks, symbol & 0xff);
            if (stacks.isEmpty()) {
                return false;
            }
        }
        return stepper.results(stacks).length > 0;
    }
}
