// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory that is left, from files as a system has them. */
class FreeMemoryTest {

    @TempDir
    Path folder = Path.of("");

    private void write(String limit, String used, String stat) throws IOException {
        Files.writeString(folder.resolve("memory.max"), limit + "\n");
        Files.writeString(folder.resolve("memory.current"), used + "\n");
        Files.writeString(folder.resolve("memory.stat"), stat);
    }

    @Test
    void ofAContainerTheCacheIsFree() throws IOException {
        write("1000", "700", "anon 500\ninactive_file 120\nactive_file 30\nslab 5\n");
        assertEquals(OptionalLong.of(450), FreeMemory.group(folder));
        write("1000", "1700", "anon 500\n");
        assertEquals(OptionalLong.of(0), FreeMemory.group(folder));
    }

    @Test
    void withoutALimitAContainerSaysNothing() throws IOException {
        assertEquals(OptionalLong.empty(), FreeMemory.group(folder));
        write("max", "700", "");
        assertEquals(OptionalLong.empty(), FreeMemory.group(folder));
        write("much", "700", "");
        assertEquals(OptionalLong.empty(), FreeMemory.group(folder));
    }

    @Test
    void thisMachineHasSome() {
        assertTrue(FreeMemory.bytes().orElse(1) > 0);
    }
}
