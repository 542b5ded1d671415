// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.schemas.NumberWorld;
import java.util.Random;
import org.junit.jupiter.api.Test;

@org.jspecify.annotations.NullUnmarked // a null state is a dead one
class DecimalLanguageTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261120);
    private static final int WORLDS = Integer.getInteger("espalier.schemas.random", 12);

    private static void compare(boolean exponents, int more) {
        int texts = 0;
        int empty = 0;
        for (int i = 0; i < WORLDS; i++) {
            long seed = SEED + 104729L * i + (exponents ? 1 : 0);
            Random random = new Random(seed);
            NumberWorld world = new NumberWorld(random, exponents);
            try {
                NumberLanguage language = world.language();
                if (language.reach().isEmpty()) {
                    empty++;
                    for (int t = 0; t < 300; t++) {
                        world.read(null, world.text(random));
                    }
                    continue;
                }
                texts += world.compareAll(language.start(), "", more);
                for (int t = 0; t < 300; t++) {
                    String text = world.text(random);
                    world.read(language.start(), text);
                    if (t % 30 == 0) {
                        String prefix = text.substring(0, random.nextInt(text.length() + 1));
                        texts += world.compareAll(language.start(), prefix, more - 1);
                    }
                }
                FrameContract.check(language.start(), 128, seed, 2, 12);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + world + "\n" + e, e);
            }
        }
        System.out.println("numbers " + (exponents ? "with" : "without") + " exponents: " + WORLDS
                + " combinations of tests (" + empty + " empty), " + texts + " texts, seed " + SEED);
    }

    @Test
    void everySpellingIsJudgedByItsValue() {
        compare(true, 3);
    }

    @Test
    void plainSpellingsAreJudgedByTheirValue() {
        compare(false, 3);
    }
}
