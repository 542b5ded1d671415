// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A warm-up writes texts and leaves nothing behind; what time it saves is measured by hand. */
class WarmUpTest {

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (String word : List.of("\":", "\",\"", "name", "items", "},{", "true", "12", "  ")) {
            builder.token(id++, ByteString.utf8(word));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    @Test
    void nothingOfAWarmUpIsKept() {
        try (OutputCompiler compiler = new OutputCompiler(vocabulary())) {
            compiler.warmUp(1, new Cancellation());
            assertEquals(0, compiler.keptOutputs());
            assertEquals(0, compiler.stats().entries());
            assertTrue(compiler.compile(Output.regex("[a-z]+"))
                    .grammar()
                    .matcher()
                    .mask()
                    .allows('a'));
        }
    }

    @Test
    void aWarmUpCanBeCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        try (OutputCompiler compiler = new OutputCompiler(vocabulary())) {
            assertThrows(CancelledException.class, () -> compiler.warmUp(1, cancellation));
            compiler.warmUp(0, cancellation);
            assertThrows(InvalidInputException.class, () -> compiler.warmUp(-1, new Cancellation()));
        }
    }
}
