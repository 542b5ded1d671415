// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.TensorPlace;
import dev.espalier.core.error.ModelException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is said when memory does not suffice for weights. */
class WeightMemoryTest {

    private static final Checkpoint BILLION = new Checkpoint() {
        @Override
        public long parameters() {
            return 1_000_000_000;
        }

        @Override
        public long largest() {
            return 100_000_000;
        }

        @Override
        public List<Stored> tensors() {
            throw new AssertionError("the numbers above are enough");
        }

        @Override
        public Map<String, TensorPlace> places() {
            return Map.of();
        }

        @Override
        public void read(Sink sink) {
            throw new AssertionError("nothing is read");
        }
    };

    @Test
    void theNumberNeededIsSaidAndAPrecisionThatFits() {
        ModelException e = assertThrows(
                ModelException.class, () -> WeightMemory.require(BILLION, 0, OptionalLong.of(2_400_000_000L)));
        assertEquals(
                "loading 1000000000 weights in float32 takes 4800 MB outside of the Java heap, and 2400 MB are free;"
                        + " in float16 it would take 2400 MB",
                e.getMessage());
        ModelException none =
                assertThrows(ModelException.class, () -> WeightMemory.require(BILLION, 4, OptionalLong.of(1_000_000)));
        assertEquals(
                "loading 1000000000 weights in int4 takes 1425 MB outside of the Java heap, and 1 MB are free",
                none.getMessage());
    }

    @Test
    void enoughOrUnknownMemoryIsNoFault() {
        WeightMemory.require(BILLION, 0, OptionalLong.of(4_800_000_000L));
        WeightMemory.require(BILLION, 0, OptionalLong.empty());
    }
}
