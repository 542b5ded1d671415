// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Models of the command line that llama.cpp computes. */
class LlamaCommandTest {

    @TempDir
    Path folder = Path.of("");

    private static ConsoleRun run(String command, String... more) {
        List<String> line =
                new ArrayList<>(List.of(command, "--choice", "positive,negative", "--prompt", "It is here."));
        line.addAll(List.of(more));
        return ConsoleRun.of(line.toArray(String[]::new));
    }

    private static void assertRefused(String what, ConsoleRun run) {
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.err());
        assertTrue(run.err().contains(what), run.err());
    }

    @Test
    void whatItDoesNotComputeIsRefused() throws IOException {
        String model = Files.createFile(folder.resolve("m.gguf")).toString();
        assertRefused("not the embedded model", run("generate", "--llama-cpp", "libllama.so"));
        assertRefused(
                "not a model of diffusion", run("infill", "--llama-cpp", "libllama.so", "--model", folder.toString()));
        assertRefused("this is a directory", run("sample", "--llama-cpp", "libllama.so", "--model", folder.toString()));
        assertRefused(
                "--precision is of PyTorch",
                run("generate", "--llama-cpp", "libllama.so", "--model", model, "--precision", "int8"));
        assertRefused(
                "--device is of PyTorch",
                run("generate", "--llama-cpp", "libllama.so", "--model", model, "--device", "cuda"));
    }

    @Test
    void aLibraryThatIsMissingIsNamed() throws IOException {
        Path model = Files.createFile(folder.resolve("m.gguf"));
        Path library = folder.resolve("libllama.so");
        ConsoleRun run = run("generate", "--llama-cpp", library.toString(), "--model", model.toString());
        assertEquals(ExitCode.FAILED, run.code(), run.err());
        assertTrue(run.err().contains(library + ": cannot be read"), run.err());
    }

    @Test
    void aModelOfOnesOwnWritesAChoice() {
        String library = System.getenv("ESPALIER_LLAMA_LIBRARY");
        String model = System.getenv("ESPALIER_GGUF");
        if (library == null || model == null) {
            throw new TestAbortedException("ESPALIER_LLAMA_LIBRARY or ESPALIER_GGUF is not set");
        }
        ConsoleRun run = run("generate", "--llama-cpp", library, "--model", model, "--threads", "1");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().strip().matches("positive|negative"), run.out());
    }
}
