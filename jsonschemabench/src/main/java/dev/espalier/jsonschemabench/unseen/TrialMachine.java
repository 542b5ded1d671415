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
    private @Nullable Process process;
    private @Nullable BufferedWriter requests;
    private @Nullable BufferedReader results;
    private @Nullable Path errors;

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
            Process running = started();
            TrialSettings settings = request.settings();
            long millis = GRACE_MILLIS
                    + PATIENCE * ((long) settings.compileMillis() + settings.stepMillis() + settings.totalMillis());
            ScheduledFuture<?> end = clock.schedule(running::destroyForcibly, millis, TimeUnit.MILLISECONDS);
            @Nullable String line = answer(JsonMapper.shared().writeValueAsString(request));
            boolean late = !end.cancel(false);
            if (line == null || line.length() < 2) {
                running.destroyForcibly();
                running.waitFor();
                String detail =
                        late ? "no end within " + millis + " ms" : "status " + running.exitValue() + ": " + said();
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

    private @Nullable String answer(String request) throws IOException {
        BufferedWriter to = requests;
        BufferedReader from = results;
        if (to == null || from == null) {
            return null;
        }
        try {
            to.write(JsonLines.wellFormed(request));
            to.newLine();
            to.flush();
            return from.readLine();
        } catch (IOException ended) {
            return null;
        }
    }

    private Process started() throws IOException {
        Process running = process;
        if (running != null && running.isAlive()) {
            return running;
        }
        close();
        Path said = Files.createTempFile("espalier-unseen", ".err");
        errors = said;
        running = new ProcessBuilder(command()).redirectError(said.toFile()).start();
        process = running;
        requests = running.outputWriter(StandardCharsets.UTF_8);
        BufferedReader lines = running.inputReader(StandardCharsets.UTF_8);
        results = lines;
        if (!UnseenWorker.READY.equals(lines.readLine())) {
            throw new IOException("it did not start: " + said());
        }
        return running;
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

    private String said() throws IOException {
        Path said = errors;
        List<String> lines = said == null ? List.of() : Files.readAllLines(said, StandardCharsets.UTF_8);
        return lines.isEmpty() ? "it said nothing" : lines.get(0);
    }

    /** Ends the machine. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
        process = null;
        Path said = errors;
        errors = null;
        try {
            if (said != null) {
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot delete " + said + ": " + e.getMessage(), e);
        }
    }
}
