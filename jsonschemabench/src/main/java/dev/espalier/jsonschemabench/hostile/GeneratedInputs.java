// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Writes the large inputs of a corpus with its own generator, a Python script without dependencies. */
public final class GeneratedInputs {

    private static final String DONE = "generated";

    private GeneratedInputs() {}

    /**
     * Writes the inputs below a folder, once: if an earlier run did, nothing happens.
     *
     * @return empty if they are there, else why not; their cases are then skipped
     */
    public static String write(Path corpus, Path target) {
        Path stamp = target.resolve(DONE);
        if (Files.isRegularFile(stamp)) {
            return "";
        }
        try {
            Files.createDirectories(target);
            Path log = target.resolve("generate.log");
            Process process = new ProcessBuilder(
                            "python3", corpus.resolve("generate.py").toString(), "--out", target.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "generate.py did not end within 120 s";
            }
            if (process.exitValue() != 0) {
                return "generate.py failed: see " + log;
            }
            Files.createFile(stamp);
            return "";
        } catch (IOException e) {
            return "generate.py did not run: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
