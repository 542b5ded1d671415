// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Which values have no last one. */
class EndlessValuesTest {

    private static CharacterAutomaton automaton(Random random) {
        CharacterAutomatonBuilder builder =
                new CharacterAutomatonBuilder(new WorkBudget(Limits.DEFAULT, new Cancellation()));
        int states = 1 + random.nextInt(12);
        for (int state = 0; state < states; state++) {
            builder.add(random.nextInt(3) - 1);
        }
        int backwards = random.nextInt(4);
        for (int state = 0; state < states; state++) {
            List<Integer> triples = new ArrayList<>();
            for (char letter = 'a'; letter < 'd'; letter++) {
                int target = random.nextInt(10) < backwards ? random.nextInt(states) : state + 1 + random.nextInt(3);
                if (target < states) {
                    triples.addAll(List.of((int) letter, (int) letter, target));
                }
            }
            builder.transitions(state, triples.stream().mapToInt(i -> i).toArray());
        }
        return builder.finish();
    }

    /** States are taken off as long as one has no way on to others. */
    private static BitSet peeled(CharacterAutomaton automaton) {
        BitSet left = new BitSet();
        left.set(0, automaton.states());
        for (int before = -1; before != left.cardinality(); ) {
            before = left.cardinality();
            for (int state = 0; state < automaton.states(); state++) {
                boolean leads = false;
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    leads |= left.get(automaton.target(r));
                }
                left.set(state, left.get(state) && leads);
            }
        }
        return left;
    }

    @RandomTrials(400)
    void statesBeforeCyclesAreThoseThatStay(long seed) {
        CharacterAutomaton automaton = automaton(new Random(seed));
        assertEquals(peeled(automaton), EndlessScalars.statesBeforeCycles(automaton));
    }
}
