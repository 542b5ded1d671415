// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generator;
import dev.espalier.Output;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** llama.cpp needs nothing of PyTorch on the class path. */
class AloneTest {

    @TempDir
    Path folder = Path.of("");

    /** A process of its own, whose argument is a model. */
    static final class Alone {

        private Alone() {}

        public static void main(String[] args) {
            try (LlamaModel model = LlamaModel.load(Path.of(args[0]), LlamaOptions.DEFAULT);
                    Generator generator = Generator.of(model)) {
                System.out.println(generator.generate("the", Output.regex("[a-z]{4}")));
            }
        }
    }

    @Test
    void aTextIsWrittenWithoutPyTorch() throws IOException, InterruptedException {
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        String rest = all.stream()
                .filter(entry -> !entry.replace('\\', '/').contains("/ai/djl/"))
                .collect(Collectors.joining(File.pathSeparator));
        assertTrue(rest.length() < String.join(File.pathSeparator, all).length());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        rest,
                        Alone.class.getName(),
                        TinyGguf.of("llama2", folder).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.strip().matches("(?s)(.*\n)?[a-z]{4}"), said);
    }
}
