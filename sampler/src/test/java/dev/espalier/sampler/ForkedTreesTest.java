// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Trees of tokens behind sessions, read by copies. */
class ForkedTreesTest {

    private static final Vocabulary VOCABULARY =
            Vocabulary.builder().token(0, "a").token(1, "b").token(2, "c").build();

    private final HashModel model = new HashModel(VOCABULARY, 5);

    private Session reading(int... tokens) {
        Session session = model.open();
        model.forward(List.of(Step.of(session, tokens)));
        return session;
    }

    private static int[] parents(Random random, int size) {
        int[] parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = random.nextInt(3) == 0 ? random.nextInt(i + 1) - 1 : i - 1;
        }
        return parents;
    }

    /** The oracle reads the way to each node in a session of its own. */
    @RandomTrials(200)
    void eachNodeIsReadAfterTheWayToIt(Random random) {
        List<TreeStep> batch = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int size = 1 + random.nextInt(9);
            batch.add(TreeStep.of(
                    reading(0, random.nextInt(3)), random.ints(size, 0, 3).toArray(), parents(random, size)));
        }
        List<ReadTree> trees = model.forwardTree(batch);
        for (int i = 0; i < batch.size(); i++) {
            TreeStep step = batch.get(i);
            List<float[]> rows =
                    trees.get(i).logits().stream().map(Logits::toArray).toList();
            int kept = random.nextInt(step.size() + 1) - 1;
            Session session = trees.get(i).keep(kept);
            assertEquals(2 + step.depth(kept), session.length());
            session.truncate(2);
            for (int node = 0; node < step.size(); node++) {
                List<List<Logits>> alone = model.forwardEach(List.of(Step.of(session, step.path(node))));
                assertArrayEquals(alone.get(0).get(step.depth(node) - 1).toArray(), rows.get(node));
                session.truncate(2);
            }
            session.close();
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aTreeWithoutBranchesTakesOnePassAndNoCopy() {
        Session session = reading(0);
        int before = model.passes.get();
        model.limit(1);
        ReadTree tree = model.forwardTree(List.of(TreeStep.of(session, new int[] {1, 2, 1}, new int[] {-1, 0, 1})))
                .get(0);
        assertEquals(before + 1, model.passes.get());
        assertEquals(session, tree.keep(1));
        assertEquals(3, session.length());
    }

    @Test
    void passesAreAsManyAsLevelsOfBranches() {
        int before = model.passes.get();
        TreeStep wide = TreeStep.of(reading(0), new int[] {0, 1, 2, 0, 1}, new int[] {-1, 0, 1, 1, -1});
        TreeStep flat = TreeStep.of(reading(0), new int[] {0, 1}, new int[] {-1, -1});
        model.forwardTree(List.of(wide, flat)).forEach(tree -> tree.keep(-1));
        assertEquals(before + 2 + 2, model.passes.get());
        assertEquals(2, model.openSessions());
    }

    @Test
    void aFailedPassLeavesNoCopyAndASessionThatCanBeRestored() {
        Session session = reading(0, 1);
        model.limit(1);
        TreeStep step = TreeStep.of(session, new int[] {0, 1, 2}, new int[] {-1, 0, 0});
        assertThrows(ModelException.class, () -> model.forwardTree(List.of(step)));
        assertEquals(1, model.openSessions());
        assertTrue(session.length() >= 2);
        session.truncate(2);
        model.limit(2);
        Session kept = model.forwardTree(List.of(step)).get(0).keep(2);
        assertEquals(4, kept.length());
        assertEquals(1, model.openSessions());
    }

    @Test
    void onlyTreesAreSteps() {
        Session session = reading(0);
        assertThrows(InvalidInputException.class, () -> TreeStep.of(session, new int[0], new int[0]));
        assertThrows(InvalidInputException.class, () -> TreeStep.of(session, new int[] {1}, new int[] {0}));
        assertThrows(InvalidInputException.class, () -> TreeStep.of(session, new int[] {1, 1}, new int[] {-1}));
        assertThrows(InvalidInputException.class, () -> TreeStep.of(session, new int[] {1, 1}, new int[] {-1, -2}));
        assertThrows(ModelException.class, () -> model.forwardTree(List.of()));
    }
}
