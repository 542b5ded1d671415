// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What llama.cpp says before a failure ends its message. */
class NativeLogTest {

    private final NativeLog log = new NativeLog();

    private void say(int level, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Memory memory = new Memory(bytes.length + 1L)) {
            memory.write(0, bytes, 0, bytes.length);
            memory.setByte(bytes.length, (byte) 0);
            log.callback(level, memory, null);
        }
    }

    @Test
    void warningsAndErrorsAreKeptLineByLine() {
        assertEquals("", log.said());
        say(2, "all is well\n");
        say(4, "it is ");
        say(5, "bröken\n");
        say(3, "rather\n");
        assertEquals(". llama.cpp says: it is bröken; rather", log.said());
        log.clear();
        assertEquals("", log.said());
    }

    @Test
    void theLastThreeAreKept() {
        for (int i = 0; i < 5; i++) {
            say(4, i + "\n");
        }
        assertEquals(". llama.cpp says: 2; 3; 4", log.said());
    }
}
