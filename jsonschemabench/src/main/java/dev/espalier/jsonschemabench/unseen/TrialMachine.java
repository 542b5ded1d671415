// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.TrialRequest;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;
import dev.espalier.jsonschemabench.unseen.trial.UnseenWorker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A Java machine with a small heap that tries inputs, started again whenever one has broken it. One thread at a time. */
final class TrialMachine implements AutoCloseable {

    private static final long PATIENCE = 6;
    private static final long GRACE_MILLIS = 30_000;

    private final Path vocabulary;
    private final int heapMb;
    private final ScheduledExecutorService clock;
    private @Nullable Running running;

    /** A Java machine, what it is asked and answers, and the file of what else it says. */
    private record Running(Process process, BufferedWriter requests, BufferedReader results, Path errors) {

        String said() throws IOException {
            List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
            return lines.isEmpty() ? "it said nothing" : lines.get(0);
        }
    }

    TrialMachine(Path vocabulary, int heapMb, ScheduledExecutorService clock) {
        this.vocabulary = vocabulary;
        this.heapMb = heapMb;
        this.clock = clock;
    }

    /**
     * Tries an input.
     *
     * @return the result; that of a crash if the machine ended meanwhile, or had to be ended
     * @throws InvalidInputException if no machine can be started
     */
    TrialResult tried(TrialRequest request) {
        try {
            Running now = started();
            Process process = now.process;
            TrialSettings settings = request.settings();
            long millis = GRACE_MILLIS
                    + PATIENCE * ((long) settings.compileMillis() + settings.stepMillis() + settings.totalMillis());
            ScheduledFuture<?> end = clock.schedule(process::destroyForcibly, millis, TimeUnit.MILLISECONDS);
            @Nullable String line = answer(now, JsonMapper.shared().writeValueAsString(request));
            boolean late = !end.cancel(false);
            if (line == null || line.length() < 2) {
                process.destroyForcibly();
                process.waitFor();
                String detail =
                        late ? "no end within " + millis + " ms" : "status " + process.exitValue() + ": " + now.said();
                close();
                return TrialResult.crashed(
                        request.id(), new Fault(Fault.Kind.CRASH, late ? "hang" : "end", "", detail, ""));
            }
            if (line.startsWith(UnseenWorker.ENDS)) {
                close();
            }
            return JsonMapper.shared().readValue(line.substring(2), TrialResult.class);
        } catch (IOException e) {
            throw new InvalidInputException("cannot run a Java machine: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidInputException("interrupted", e);
        }
    }

    private static @Nullable String answer(Running now, String request) {
        try {
            now.requests.write(JsonLines.wellFormed(request));
            now.requests.newLine();
            now.requests.flush();
            return now.results.readLine();
        } catch (IOException ended) {
            return null;
        }
    }

    private Running started() throws IOException {
        Running before = running;
        if (before != null && before.process.isAlive()) {
            return before;
        }
        close();
        Path errors = Files.createTempFile("espalier-unseen", ".err");
        Process process =
                new ProcessBuilder(command()).redirectError(errors.toFile()).start();
        Running now = new Running(
                process,
                process.outputWriter(StandardCharsets.UTF_8),
                process.inputReader(StandardCharsets.UTF_8),
                errors);
        running = now;
        if (!UnseenWorker.READY.equals(now.results.readLine())) {
            throw new IOException("it did not start: " + now.said());
        }
        return now;
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                UnseenWorker.class.getName(),
                vocabulary.toString());
    }

    /** Ends the machine. */
    @Override
    public void close() {
        Running last = running;
        running = null;
        if (last != null) {
            last.process.destroyForcibly();
            try {
                Files.deleteIfExists(last.errors);
            } catch (IOException e) {
                throw new InvalidInputException("cannot delete " + last.errors + ": " + e.getMessage(), e);
            }
        }
    }
}
