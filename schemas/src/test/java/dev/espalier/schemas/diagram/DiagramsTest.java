// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.Limits;
import dev.espalier.schemas.work.Deadline;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Diagrams whose variables become known, held to what they say of every assignment. */
@org.jspecify.annotations.NullUnmarked
class DiagramsTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261121);
    private static final int VARIABLES = 9;
    private static final int RESULTS = 3;

    private final Deadline deadline = new Deadline(Limits.DEFAULT.withStepDeadline(Duration.ofMillis(60_000)));
    private Diagrams diagrams;

    /** Few nodes, or many that lie far from each other. */
    private int diagram(Random random, int from, int density) {
        if (from == VARIABLES) {
            int result = random.nextInt(RESULTS + 1);
            return result == RESULTS ? Diagrams.DEAD : Diagrams.end(result);
        }
        if (random.nextInt(4) >= density) {
            return diagram(random, from + 1, density);
        }
        int low = diagram(random, from + 1, density);
        for (int i = random.nextInt(40); i > 0; i--) {
            int unused = diagrams.node(VARIABLES + i, Diagrams.DEAD, Diagrams.end(random.nextInt(1 << 20)));
        }
        return diagrams.node(from, low, diagram(random, from + 1, density));
    }

    private int run(int diagram, int assignment) {
        int at = diagram;
        while (at >= 0) {
            at = diagrams.branch(at, (assignment >> diagrams.top(at) & 1) != 0);
        }
        return at;
    }

    @Test
    void aDiagramSaysTheSameOnceSomeVariablesAreKnown() {
        deadline.start();
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            diagrams = new Diagrams(1 << 20, deadline);
            int diagram = diagram(random, 0, 2 + random.nextInt(3));
            BitSet yes = new BitSet();
            BitSet no = new BitSet();
            int known = 0;
            int mask = 0;
            for (int variable = 0; variable < VARIABLES; variable++) {
                int choice = random.nextInt(4);
                yes.set(variable, choice == 0);
                no.set(variable, choice == 1);
                mask |= choice < 2 ? 1 << variable : 0;
                known |= choice == 0 ? 1 << variable : 0;
            }
            int all = diagrams.restrictAll(diagram, yes, no);
            int one = diagram;
            for (int variable = 0; variable < VARIABLES; variable++) {
                one = (mask >> variable & 1) == 0 ? one : diagrams.restrict(one, variable, yes.get(variable));
            }
            assertEquals(all, one, "seed " + SEED + ", round " + round);
            for (int assignment = 0; assignment < 1 << VARIABLES; assignment++) {
                assertEquals(
                        run(diagram, assignment & ~mask | known),
                        run(all, assignment),
                        "seed " + SEED + ", round " + round);
            }
        }
    }
}
