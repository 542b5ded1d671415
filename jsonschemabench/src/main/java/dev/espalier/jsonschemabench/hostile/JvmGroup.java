// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.jsonschemabench.run.WorkerJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cases that one Java machine runs.
 *
 * @param heapMb its heap in MiB
 * @param arguments its other options
 * @param cases in the order of the corpus
 */
record JvmGroup(int heapMb, List<String> arguments, List<HostileCase> cases) {

    /** A case with this much time has a machine to itself, so that long ones run beside each other. */
    private static final double LONG_SECONDS = 60;

    /** A machine so broken that its own clock does not run is ended after this many times the case's seconds. */
    private static final long PATIENCE = 8;

    private static final long GRACE_MILLIS = 30_000;
    private static final long START_MILLIS = 60_000;

    private record Key(int heapMb, List<String> arguments, String alone) {}

    /** Cases by heap and arguments, those that may take longest first. */
    static List<JvmGroup> of(List<HostileCase> cases) {
        Map<Key, List<HostileCase>> groups = new LinkedHashMap<>();
        for (HostileCase one : cases) {
            boolean alone = one.isScenario() && one.maxSeconds() >= LONG_SECONDS;
            Key key = new Key(one.maxHeapMb(), one.jvmArguments(), alone ? one.id() : "");
            groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(one);
        }
        return groups.entrySet().stream()
                .map(group ->
                        new JvmGroup(group.getKey().heapMb(), group.getKey().arguments(), group.getValue()))
                .sorted(Comparator.comparingDouble(JvmGroup::seconds).reversed())
                .toList();
    }

    private double seconds() {
        return cases.stream().mapToDouble(HostileCase::maxSeconds).sum();
    }

    /** Runs all cases: those that a machine did not get to, since one broke it, in another. */
    void run(HostileCorpus corpus, Consumer<CaseResult> results) throws IOException, InterruptedException {
        Deque<HostileCase> rest = new ArrayDeque<>(cases);
        while (!rest.isEmpty()) {
            int before = rest.size();
            try (WorkerJvm machine = WorkerJvm.start(
                    heapMb,
                    arguments,
                    HostileWorker.class,
                    corpus.folder().toString(),
                    corpus.generated().toString())) {
                try (PrintWriter ids = new PrintWriter(machine.requests())) {
                    rest.forEach(one -> ids.println(one.id()));
                }
                Optional<HostileCase> broken = listen(machine, rest, results);
                int status = machine.status();
                if (broken.isPresent()) {
                    String reason = "the Java machine ended with status " + status + ": " + machine.lastWords();
                    results.accept(CaseResult.of(broken.get(), Judgement.unsafe(reason), 0));
                } else if (rest.size() == before) {
                    throw new IOException("the Java machine did not start: " + machine.lastWords());
                }
            }
        }
    }

    /** Takes results until the machine ends; returns the case that was running then. */
    private static Optional<HostileCase> listen(
            WorkerJvm machine, Deque<HostileCase> rest, Consumer<CaseResult> results) throws IOException {
        Optional<HostileCase> running = Optional.empty();
        Future<?> end = machine.endAfter(START_MILLIS);
        try (BufferedReader lines = machine.answers()) {
            @Nullable String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith(HostileWorker.STARTED)) {
                    HostileCase started = rest.remove();
                    running = Optional.of(started);
                    end.cancel(false);
                    end = machine.endAfter(PATIENCE * (long) (1000 * started.maxSeconds()) + GRACE_MILLIS);
                } else {
                    Optional<CaseResult> result = CaseResult.read(line);
                    running = result.isPresent() ? Optional.empty() : running;
                    result.ifPresent(results);
                }
            }
        } finally {
            end.cancel(false);
        }
        return running;
    }
}
