// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that is ended at any place leaves nothing wrong behind: done again, it comes to what it would have come to at once. */
class EndedStepsTest implements CountedTrials {

    private static final int MOST_BYTES = 40;
    private static final long FIRST_UNITS = 40;

    private final List<ContractInput> inputs = ContractInput.all();
    private int ended;

    @RandomTrials(240)
    void whatWasEndedIsWorkedOutAgain(long seed, Random random) {
        ContractInput input = inputs.get((int) (seed % inputs.size()));
        List<String> begins = new ArrayList<>(input.begins());
        begins.add("");
        String begin = begins.get(random.nextInt(begins.size()));
        PushdownAutomaton whole = compiled(input);
        PushdownAutomaton broken = compiled(input);
        if (whole == null || broken == null) {
            return;
        }
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(whole.start());
        StackSet same = StackSet.of(broken.start());
        byte[] first = begin.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < MOST_BYTES && !set.isEmpty(); i++) {
            int symbol = i < first.length ? first[i] & 0xFF : chosen(stepper, set, random);
            if (symbol < 0) {
                return;
            }
            StackSet before = same;
            same = after(() -> new Stepper(Limits.DEFAULT).step(before, symbol), random);
            StackSet now = same;
            set = stepper.step(set, symbol);
            String where = "seed " + seed + " " + input.name() + ", byte " + i + ": " + (char) symbol;
            assertEquals(set.isEmpty(), now.isEmpty(), where);
            if (!set.isEmpty()) {
                int distance = stepper.distance(set);
                assertEquals(distance, after(() -> new Stepper(Limits.DEFAULT).distance(now), random), where);
            }
        }
    }

    /** Null where an input is refused. */
    private static @Nullable PushdownAutomaton compiled(ContractInput input) {
        try {
            return input.compiler().apply(SchemaOptions.DEFAULT.allow(Enforcement.NOT_ENFORCED));
        } catch (EspalierException refused) {
            return null;
        }
    }

    private static int chosen(Stepper stepper, StackSet set, Random random) {
        ByteSet readable = stepper.readable(set);
        List<Integer> some = new ArrayList<>();
        for (int symbol = 0; symbol < 0x80; symbol++) {
            if (readable.contains(symbol) && !stepper.step(set, symbol).isEmpty()) {
                some.add(symbol);
            }
        }
        return some.isEmpty() ? -1 : some.get(random.nextInt(some.size()));
    }

    /** What some work comes to that is ended again and again, later each time. */
    private <T> T after(Supplier<T> work, Random random) {
        for (double units = 1 + random.nextInt((int) FIRST_UNITS); ; units *= 1.3 + random.nextDouble()) {
            WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
            meter.allot((long) units);
            try {
                return meter.run(work);
            } catch (AllotmentSpentException e) {
                ended++;
            }
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(ended > inputs.size(), "ended " + ended + " times");
    }
}
