// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import dev.espalier.backends.Refusal;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no library of llama.cpp. */
class LlamaApiTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatIsNoLibraryIsRefusedByName() throws IOException {
        Path text = Files.writeString(folder.resolve("libtext.so"), "no library");
        assertTrue(Refusal.of(() -> LlamaApi.open(text, "mine")).contains("mine: cannot be loaded"));
    }

    /** JNA's own library is one that is there for sure. */
    @Test
    void aLibraryOfSomethingElseIsRefused() {
        assertEquals(Long.BYTES, Native.POINTER_SIZE);
        Path other = Path.of(System.getProperty("jnidispatch.path"));
        String message = Refusal.of(UnsupportedFeatureException.class, () -> LlamaApi.open(other, "mine"));
        assertTrue(message.contains("mine: there is no function llama_"), message);
    }
}
