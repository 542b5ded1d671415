// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The work of classes of characters. */
class CharacterClassesTest {

    @Test
    void theWorkIsCountedWhereManyStatesHaveManyRanges() {
        List<CharacterAutomaton> automata = new ArrayList<>();
        long ranges = 0;
        for (int i = 0; i < 6; i++) {
            CharacterAutomaton letters = SubsumptionTest.automaton("\\p{L}{" + (10 + i) + "}", Limits.DEFAULT);
            automata.add(letters);
            ranges += letters.ranges();
        }
        assertTrue(ranges > 30_000, "ranges: " + ranges);
        WorkMeter meter = WorkMeter.ofCompilation(Limits.DEFAULT, new Cancellation());
        CharacterClasses classes = CharacterClasses.of(automata, new WorkBudget(Limits.DEFAULT, meter));
        assertEquals(2, classes.count());
        assertTrue(meter.spent() > ranges / 8, "units of work: " + meter.spent() + " for " + ranges + " ranges");
    }
}
