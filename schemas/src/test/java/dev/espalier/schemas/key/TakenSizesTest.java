// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.work.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** How many keys are taken is what comes out when all of them are counted. */
class TakenSizesTest {

    private static final List<String> NAMES = List.of("a", "ba", "\"", "abc", "bb");

    private static String key(Random random) {
        StringBuilder key = new StringBuilder("k");
        for (int left = random.nextInt(4); left > 0; left--) {
            key.append("ab\"中".charAt(random.nextInt(4)));
        }
        return key.toString();
    }

    private static CharacterAutomaton endsInA(WorkBudget budget) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
        for (int state = 0; state < 2; state++) {
            assertEquals(state, builder.add(state - 1));
        }
        for (int state = 0; state < 2; state++) {
            builder.transitions(state, new int[] {0, 'a' - 1, 0, 'a', 'a', 1, 'b', 0xD7FF, 0});
        }
        return builder.finish();
    }

    private static Map<Integer, Integer> counted(KeyClasses classes, int keyClass, UsedKeys used) {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (List<String> keys : List.of(NAMES, used.others())) {
            for (String key : keys) {
                if (classes.automaton().run(key) == keyClass) {
                    sizes.merge(JsonCharacters.bytes(key), 1, Integer::sum);
                }
            }
        }
        return sizes;
    }

    /** Asks with no more work left than the keys that were asked about last take: all keys cannot be counted again. */
    private static void ended(TakenSizes sizes, int keyClass, UsedKeys used, Deadline deadline) {
        int unused = ticksUntilALook(deadline); // some were counted before
        int all = ticksUntilALook(deadline);
        for (int i = 0; i < all - 1; i++) {
            deadline.tick();
        }
        withoutWork(() -> sizes.of(keyClass, used));
    }

    private static int ticksUntilALook(Deadline deadline) {
        int[] ticks = {0};
        withoutWork(() -> {
            while (true) {
                ticks[0]++;
                deadline.tick();
            }
        });
        return ticks[0];
    }

    private static void withoutWork(Supplier<?> work) {
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        meter.allot(0);
        try {
            Object unused = meter.run(work);
        } catch (AllotmentSpentException expected) {
            // what was begun is not kept
        }
    }

    @RandomTrials(60)
    void sizesAreThoseOfAllKeys(long seed) {
        Random random = new Random(seed);
        WorkBudget budget = new WorkBudget(Limits.DEFAULT, new Cancellation());
        Deadline deadline = new Deadline(Limits.DEFAULT);
        KeyClasses classes = new KeyClasses(List.of(endsInA(budget)), budget, deadline);
        KeyTree tree = new KeyTree(NAMES);
        int[] nameClass =
                NAMES.stream().mapToInt(name -> classes.automaton().run(name)).toArray();
        TakenSizes sizes = new TakenSizes(classes, tree, nameClass, deadline);
        UsedKeys before = UsedKeys.NONE;
        UsedKeys used = before;
        for (int i = 0; i < 200; i++) {
            String key = key(random);
            switch (random.nextInt(20)) {
                case 0 -> used = UsedKeys.NONE;
                case 1 -> used = used.filtered(other -> random.nextInt(4) > 0);
                case 2, 3, 4, 5, 6, 7 -> used = before.has(key) ? before : before.with(key);
                default -> {
                    before = used;
                    used = used.has(key) ? used : used.with(key);
                }
            }
            int keyClass = random.nextInt(classes.size());
            if (random.nextInt(4) == 0) {
                ended(sizes, keyClass, used, deadline);
            }
            Map<Integer, Integer> found = new HashMap<>(sizes.of(keyClass, used));
            found.values().removeIf(count -> count == 0);
            assertEquals(counted(classes, keyClass, used), found);
        }
    }
}
