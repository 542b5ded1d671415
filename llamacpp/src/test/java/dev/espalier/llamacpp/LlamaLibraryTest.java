// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Refusal;
import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that are loaded, and those that are not. */
class LlamaLibraryTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void theLibraryOfTheJarIsLoadedOnce() {
        assertEquals("b4916", LlamaLibrary.bundled().build());
        assertSame(LlamaLibrary.bundled(), LlamaLibrary.bundled());
        assertTrue(LlamaLibrary.bundled().toString().matches("classpath:/de/kherud/llama/.*jllama.* \\(b4916\\)"));
    }

    @Test
    void namesInTheJarGoByTheSystem() {
        assertEquals("de/kherud/llama/Linux/x86_64/libjllama.so", BundledLibrary.resource("Linux", "amd64"));
        assertEquals("de/kherud/llama/Linux/aarch64/libjllama.so", BundledLibrary.resource("Linux", "aarch64"));
        assertEquals("de/kherud/llama/Mac/aarch64/libjllama.dylib", BundledLibrary.resource("Mac OS X", "aarch64"));
        assertEquals("de/kherud/llama/Windows/x86_64/jllama.dll", BundledLibrary.resource("Windows 11", "amd64"));
    }

    @Test
    void aFileThatIsMissingIsRefusedByName() {
        Path missing = folder.resolve("libllama.so");
        assertTrue(Refusal.of(() -> LlamaLibrary.load(missing)).contains(missing.toString()));
    }

    @Test
    void aSecondLibraryOfAPathIsRefused() throws IOException {
        LlamaLibrary own = Libraries.OWN.library();
        Path other = Files.createFile(folder.resolve("libllama.so"));
        String message = Refusal.of(() -> LlamaLibrary.load(other));
        assertTrue(message.contains("expected one library in a process"), message);
        assertSame(own, Libraries.OWN.library());
    }

    @Test
    void optionsHaveRanges() {
        LlamaOptions options = LlamaOptions.DEFAULT;
        assertThrows(InvalidInputException.class, () -> options.withSequences(0));
        assertThrows(InvalidInputException.class, () -> options.withSequences(257));
        assertThrows(InvalidInputException.class, () -> options.withCells(-1));
        assertThrows(InvalidInputException.class, () -> options.withCells(options.sequences() - 1));
        assertThrows(InvalidInputException.class, () -> options.withBatchTokens(0));
        assertThrows(InvalidInputException.class, () -> options.withThreads(-1));
        assertThrows(InvalidInputException.class, () -> options.withGpuLayers(-2));
        assertThrows(InvalidInputException.class, () -> options.withContextLength(-1));
    }
}
