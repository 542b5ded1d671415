// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.schemas.string.StringState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The quick filter of states ({@link ByteView#mayRead}) refuses no byte that leads on, and most of those that do not. */
@org.jspecify.annotations.NullUnmarked
class FilterTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261121);
    private static final int SCHEMAS = Integer.getInteger("espalier.schemas.filtered", 60);
    private static final List<WhiteSpace> SPACES =
            List.of(WhiteSpace.COMPACT, WhiteSpace.FLEXIBLE, new WhiteSpace(1), WhiteSpace.pretty(2));

    private final Stepper stepper = new Stepper(Limits.DEFAULT);
    private long dead;
    private long refused;

    private static String schema(Random random) {
        if (random.nextInt(5) == 0) {
            List<Object> values = List.of("a", "ab", FiniteWorld.number(1), FiniteWorld.number(12), List.of());
            return SpelledJson.plain(new UniqueSchemas(values, random).root(3));
        }
        Draft draft = Draft.values()[random.nextInt(Draft.values().length)];
        return SpelledJson.plain(new DraftSchemas(random, draft).root(1 + random.nextInt(4)));
    }

    private static SchemaOptions options(Random random) {
        MemberOrder order = MemberOrder.values()[random.nextInt(MemberOrder.values().length)];
        NumberSpelling spelling = NumberSpelling.values()[random.nextInt(NumberSpelling.values().length)];
        return SchemaOptions.DEFAULT
                .withMemberOrder(order)
                .withWhiteSpace(SPACES.get(random.nextInt(SPACES.size())))
                .withNumberSpelling(spelling)
                .withRepeatedKeys(random.nextInt(4) == 0);
    }

    /** Walks at random; every state on top is asked of all bytes before and after it was stepped. */
    private void walk(State start, Random random, String where) {
        StackSet set = StackSet.of(start);
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            Set<Integer> live = new HashSet<>();
            for (int entry = 0; entry < set.size(); entry++) {
                check(set.top(entry), where + " after " + read);
            }
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                if (!stepper.step(set, symbol).isEmpty()) {
                    live.add(symbol);
                }
            }
            if (live.isEmpty()) {
                return;
            }
            List<Integer> choices = new ArrayList<>(live);
            choices.removeIf(symbol -> symbol != '"' && random.nextInt(4) > 0 && live.contains((int) '"'));
            int symbol = choices.get(random.nextInt(choices.size()));
            set = stepper.step(set, symbol);
            read.append((char) symbol);
        }
    }

    private void check(State state, String where) {
        StackSet alone = StackSet.of(state);
        ByteSet readable = ByteView.readable(state);
        for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
            boolean before = ByteView.mayRead(state, symbol);
            boolean leadsOn = !stepper.step(alone, symbol).isEmpty();
            boolean after = ByteView.mayRead(state, symbol);
            boolean isReadable = readable.contains(symbol);
            assertTrue(isReadable || !leadsOn, "byte " + symbol + " of " + state + " is not readable, " + where);
            assertTrue(
                    after || !isReadable || !(state instanceof StringState),
                    "byte " + symbol + " of " + state + " is readable, " + where);
            assertTrue(before && after || !leadsOn, "byte " + symbol + " of " + state + " is refused, " + where);
            dead += leadsOn ? 0 : 1;
            refused += leadsOn || after ? 0 : 1;
        }
    }

    @Test
    void whatTheFilterRefusesLeadsNowhere() {
        int compiled = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            Random random = new Random(SEED + i);
            String schema = schema(random);
            try {
                State start = new SchemaCompiler()
                        .compile(schema, options(random))
                        .automaton()
                        .start();
                compiled++;
                for (int walk = 0; walk < 3; walk++) {
                    walk(start, random, "seed " + (SEED + i) + ", schema " + schema);
                }
            } catch (EspalierException e) {
                // without meaning, unsatisfiable, or past a limit
            }
        }
        System.out.println("quick filters of " + compiled + " schemas: " + refused + " of " + dead
                + " dead bytes refused, seed " + SEED);
        assertTrue(compiled > SCHEMAS / 3, "only " + compiled + " schemas have a meaning");
        assertTrue(refused > 0.97 * dead, refused + " of " + dead + " dead bytes are refused");
    }
}
