// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.source.OutputSource;
import org.junit.jupiter.api.Test;

class KeptOutputsTest {

    private static final long MAX_CACHE = 2L << 20;

    private static Vocabulary bytes() {
        Vocabulary.Builder tokens = Vocabulary.builder();
        for (int symbol = 0; symbol < 256; symbol++) {
            tokens.token(symbol, ByteString.of((byte) symbol));
        }
        return tokens.build();
    }

    /** A text of some fifty bytes whose automaton takes some hundred kilobytes. */
    private static Output<String> heavy(int number) {
        return Output.jsonSchema("{\"pattern\":\"^([a-z]{1," + (200 + number) + "}[0-9]{2,300}){1,20}$\"}");
    }

    @Test
    void compiledOutputsAreBoundedByWhatTheyHold() {
        try (OutputCompiler compiler = new OutputCompiler(bytes(), Limits.DEFAULT.withMaxCacheBytes(MAX_CACHE))) {
            for (int number = 0; number < 6; number++) {
                compiler.compile(heavy(number));
                assertTrue(compiler.keptBytes() <= MAX_CACHE / 2, () -> "bytes: " + compiler.keptBytes());
            }
            assertTrue(compiler.keptOutputs() < 5);
            assertTrue(compiler.keptBytes() > 200_000);
        }
    }

    @Test
    void theOutputThatWasAskedForLastStaysHoweverMuchItHolds() {
        try (OutputCompiler compiler = new OutputCompiler(bytes(), Limits.DEFAULT.withMaxCacheBytes(200_000))) {
            CompiledOutput first = compiler.compile(heavy(0));
            assertSame(first, compiler.compile(heavy(0)));
            compiler.compile(heavy(1));
            assertEquals(1, compiler.keptOutputs());
            assertNotSame(first, compiler.compile(heavy(0)));
        }
    }

    @Test
    void whatAnOutputLearnsCountsWhenItIsAskedForAgain() {
        OutputSource.Regex one = new OutputSource.Regex("a");
        OutputSource.Regex other = new OutputSource.Regex("b");
        CompiledOutput output = new OutputCompiler(bytes()).compile(Output.regex("a"));
        long[] learned = {100};
        KeptOutputs kept = new KeptOutputs(1_000);
        kept.put(other, output, () -> 100);
        kept.put(one, output, () -> learned[0]);
        assertEquals(2, kept.size());
        learned[0] = 950;
        assertSame(output, kept.get(one));
        assertEquals(1, kept.size());
        kept.clear();
        assertEquals(0, kept.bytes());
    }
}
