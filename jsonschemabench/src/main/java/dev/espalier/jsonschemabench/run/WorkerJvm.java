// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A Java machine with the class path of this one that takes requests from standard input and answers on standard output, both in lines. What
 * it says on standard error is kept until it is closed. One thread at a time.
 */
public final class WorkerJvm implements AutoCloseable {

    private final Process process;
    private final Path errors;

    private WorkerJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Starts a program in a machine of its own.
     *
     * @param heapMb the most that its heap may take, in MiB
     * @param options more options of the Java machine
     * @throws IOException if it cannot be started
     */
    public static WorkerJvm start(int heapMb, List<String> options, Class<?> program, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("-Xmx" + heapMb + "m", "-XX:+UseSerialGC"));
        all.add("-XX:-CreateCoredumpOnCrash");
        all.addAll(options);
        Path errors = Files.createTempFile("espalier-worker", ".err");
        Process process = new ProcessBuilder(command(all, program, arguments))
                .redirectError(errors.toFile())
                .start();
        return new WorkerJvm(process, errors);
    }

    /** The command that starts a program with the Java and the class path of this machine. */
    public static List<String> command(List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Where its requests are written, in UTF-8. */
    public BufferedWriter requests() {
        return process.outputWriter(StandardCharsets.UTF_8);
    }

    /** What it answers, in UTF-8. */
    public BufferedReader answers() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Ends it once a time is over, unless that is cancelled before. */
    public Future<?> endAfter(long millis) {
        return CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    /** Waits for its end, and returns its status. */
    public int status() throws InterruptedException {
        return process.waitFor();
    }

    /** The last line that it said on standard error. */
    public String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }

    /** Ends it, and forgets what it said. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
