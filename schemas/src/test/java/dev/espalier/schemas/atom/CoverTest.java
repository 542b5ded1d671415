// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.DeepRecursion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Covers of diagrams, held to what the diagrams say of every assignment. */
@org.jspecify.annotations.NullUnmarked
class CoverTest implements CountedTrials {

    private static final int VARIABLES = 6;

    private int several;
    private int longest;

    private int diagram(Diagrams diagrams, Random random, int from, int density, int results) {
        if (from == VARIABLES || random.nextInt(12) == 0) {
            int result = random.nextInt(2 * results);
            return result >= results ? Diagrams.DEAD : Diagrams.end(result);
        }
        int low = diagram(diagrams, random, from + 1, density, results);
        return random.nextInt(4) >= density
                ? low
                : diagrams.node(from, low, diagram(diagrams, random, from + 1, density, results));
    }

    private static int run(Diagrams diagrams, int diagram, int assignment) {
        int at = diagram;
        while (at >= 0) {
            at = diagrams.branch(at, (assignment >> diagrams.top(at) & 1) != 0);
        }
        return at;
    }

    /** The assignments that do not come to nothing. */
    private static BitSet alive(Diagrams diagrams, int diagram) {
        BitSet alive = new BitSet();
        for (int assignment = 0; assignment < 1 << VARIABLES; assignment++) {
            alive.set(assignment, run(diagrams, diagram, assignment) != Diagrams.DEAD);
        }
        return alive;
    }

    @RandomTrials(400)
    void aCoverIsAUnionOfConjunctionsNoneOfWhichCanBeLeftOutOrShortened(long seed, Random random) {
        Deadline deadline = new Deadline(Limits.DEFAULT);
        deadline.start();
        Diagrams diagrams = new Diagrams(1 << 16, deadline);
        Algebra algebra = new Algebra(diagrams, new Atoms(diagrams, 0, Set.of()), deadline, new DeepRecursion(100));
        int diagram = diagram(diagrams, random, 0, 2 + random.nextInt(3), random.nextInt(1, 3));
        String where = "seed " + seed;
        List<Integer> cover = Cover.of(algebra, diagram, 1 << VARIABLES);
        List<BitSet> parts = new ArrayList<>();
        for (int conjunction : cover) {
            int end = end(diagrams, conjunction);
            BitSet alive = alive(diagrams, conjunction);
            alive.stream().forEach(assignment -> assertEquals(end, run(diagrams, diagram, assignment), where));
            parts.add(alive);
            for (int variable = 0; variable < VARIABLES; variable++) {
                int literal = variable;
                BitSet wider = new BitSet();
                alive.stream().forEach(assignment -> {
                    wider.set(assignment);
                    wider.set(assignment ^ 1 << literal);
                });
                boolean fits = wider.stream().allMatch(one -> run(diagrams, diagram, one) == end);
                assertTrue(wider.equals(alive) || !fits, where + ": " + conjunction + " can be shortened");
            }
        }
        BitSet all = new BitSet();
        parts.forEach(all::or);
        assertEquals(alive(diagrams, diagram), all, where);
        for (int left = 0; left < parts.size(); left++) {
            BitSet others = new BitSet();
            for (int i = 0; i < parts.size(); i++) {
                if (i != left) {
                    others.or(parts.get(i));
                }
            }
            assertFalse(others.equals(all), where + ": " + cover.get(left) + " can be left out");
        }
        if (cover.size() > 1) {
            assertEquals(List.of(), Cover.of(algebra, diagram, cover.size() - 1), where);
        }
        several += cover.size() > 1 ? 1 : 0;
        longest = Math.max(longest, cover.size());
    }

    /** The end of a conjunction, which has one way to it. */
    private static int end(Diagrams diagrams, int conjunction) {
        int at = conjunction;
        while (at >= 0) {
            int no = diagrams.branch(at, false);
            int yes = diagrams.branch(at, true);
            assertTrue(no == Diagrams.DEAD ^ yes == Diagrams.DEAD, "a literal has one way on");
            at = no == Diagrams.DEAD ? yes : no;
        }
        return at;
    }

    @Override
    public void afterTrials() {
        assertTrue(several > 100 && longest > 5, several + " covers of several, up to " + longest);
    }
}
