package dev.espalier.jsonschemabench.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One Java machine that runs the cases of a group until it ends, and what it said. */
final class WorkerProcess {

    /** A machine so broken that its own clock does not run is ended after this many times the case's seconds. */
    private static final double PATIENCE = 8;

    private static final long GRACE_SECONDS = 30;

    private final JvmGroup group;
    private final CorpusFiles files;
    private final ScheduledExecutorService clock;
    private final Deque<HostileCase> rest;
    private @Nullable HostileCase running;

    WorkerProcess(JvmGroup group, CorpusFiles files, ScheduledExecutorService clock) {
        this.group = group;
        this.files = files;
        this.clock = clock;
        this.rest = new ArrayDeque<>(group.cases());
    }

    /** Runs until the machine ends, and returns the cases that it did not get to. */
    List<HostileCase> run(Consumer<CaseResult> results) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("espalier-hostile", ".err");
        try {
            Process process =
                    new ProcessBuilder(command()).redirectError(errors.toFile()).start();
            try (PrintWriter ids = new PrintWriter(process.getOutputStream(), false, StandardCharsets.UTF_8)) {
                group.cases().forEach(one -> ids.println(one.id()));
            }
            listen(process, results);
            int status = process.waitFor();
            HostileCase broken = running;
            if (broken != null) {
                results.accept(crash(broken, status, errors));
            } else if (rest.size() == group.cases().size()) {
                throw new IOException("the Java machine did not start: " + lastLine(errors));
            }
            return new ArrayList<>(rest);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private void listen(Process process, Consumer<CaseResult> results) throws IOException {
        ScheduledFuture<?> end = clock.schedule(process::destroyForcibly, 60, TimeUnit.SECONDS);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            @Nullable String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith(HostileWorker.STARTED)) {
                    HostileCase started = rest.remove();
                    running = started;
                    end.cancel(false);
                    long seconds = (long) (PATIENCE * started.maxSeconds()) + GRACE_SECONDS;
                    end = clock.schedule(process::destroyForcibly, seconds, TimeUnit.SECONDS);
                } else {
                    Optional<CaseResult> result = CaseResult.read(line);
                    running = result.isPresent() ? null : running;
                    result.ifPresent(results);
                }
            }
        } finally {
            end.cancel(false);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + group.heapMb() + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-CreateCoredumpOnCrash");
        command.addAll(group.arguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(HostileWorker.class.getName());
        command.add(files.corpus().toString());
        command.add(files.generated().toString());
        return command;
    }

    private static CaseResult crash(HostileCase broken, int status, Path errors) throws IOException {
        String reason = "the Java machine ended with status " + status + ": " + lastLine(errors);
        boolean optional = broken.expectation() == Expectation.OK_WITH_LIMITS;
        return new CaseResult(broken.id(), broken.kind(), optional, Verdict.UNSAFE, reason, 0);
    }

    private static String lastLine(Path errors) throws IOException {
        List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
