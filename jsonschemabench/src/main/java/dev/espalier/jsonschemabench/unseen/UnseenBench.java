// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.judge.KnownDisputes;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput;
import dev.espalier.jsonschemabench.unseen.input.UnseenInputs;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.Split;
import dev.espalier.jsonschemabench.unseen.trial.TrialRequest;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Inputs that are tried in machines of their own, a few at a time. What goes wrong and what is slowest is made small after that, in
 * {@code reduced/results.jsonl}, which is gone on from as well.
 */
public final class UnseenBench implements Bench<UnseenResult> {

    private static final int SLOWEST = 20;
    private static final int MOST_FAULTS = 40;
    private static final int MOST_VERDICTS = 40;
    private static final long SLOW_NANOS = 20_000_000;
    private static final long SIGNAL_NANOS = 300_000_000;

    private final UnseenSettings options;
    private final UnseenInputs inputs;
    private final Settings settings;
    private final String setting;
    private final KnownDisputes disputes = KnownDisputes.read();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "clock of machines");
        thread.setDaemon(true);
        return thread;
    });
    private final Path tokens;
    private final List<TrialMachine> machines;
    private final Queue<TrialMachine> idle;
    private List<Reduced> reduced = List.of();

    /**
     * A run over inputs, with the tokens of a vocabulary.
     *
     * @param settings what decides the results
     * @param setting the same in words
     * @throws InvalidInputException if no temporary file can be written
     */
    public UnseenBench(
            UnseenSettings options, UnseenInputs inputs, Vocabulary vocabulary, Settings settings, String setting) {
        this.options = options;
        this.inputs = inputs;
        this.settings = settings;
        this.setting = setting;
        this.tokens = prepared(vocabulary);
        this.machines = Stream.generate(() -> new TrialMachine(tokens, options.heapMb(), clock))
                .limit(options.threads())
                .toList();
        this.idle = new ConcurrentLinkedQueue<>(machines);
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Class<UnseenResult> type() {
        return UnseenResult.class;
    }

    @Override
    public int threads() {
        return options.threads();
    }

    @Override
    public List<Case<UnseenResult>> cases() {
        return IntStream.range(0, options.count())
                .mapToObj(i -> Case.of(id(i), turn -> with(machine -> tried(i, machine))))
                .toList();
    }

    @Override
    public void end(Path folder, List<UnseenResult> results, Turn turn) throws InterruptedException {
        try (ResultsFile<Reduced> file = new ResultsFile<>(folder.resolve("reduced"), settings, Reduced.class)) {
            List<Task> tasks = tasks(results).stream()
                    .filter(task -> options.tries() > 0 && !file.has(task.id()))
                    .toList();
            new Workers(options.threads(), turn.stop()).run(tasks.size(), number -> {
                Reduced small = with(
                        machine -> tasks.get(number).work().apply(new Reduction(options, machine::tried, disputes)));
                if (!turn.stop().isRequested()) {
                    file.add(small);
                }
            });
            reduced = file.results();
        }
    }

    @Override
    public View view(List<UnseenResult> results) {
        return new UnseenView(results, reduced).view(setting);
    }

    @Override
    public void close() {
        machines.forEach(TrialMachine::close);
        clock.shutdownNow();
        try {
            Files.deleteIfExists(tokens);
        } catch (IOException e) {
            throw new InvalidInputException("cannot delete " + tokens + ": " + e.getMessage(), e);
        }
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    /** A vocabulary that machines map instead of reading it anew. */
    private static Path prepared(Vocabulary vocabulary) {
        try {
            Path file = Files.createTempFile("espalier-unseen", ".vocabulary");
            vocabulary.save(file);
            return file;
        } catch (IOException e) {
            throw new InvalidInputException("cannot write a temporary file: " + e.getMessage(), e);
        }
    }

    /** Has a machine work that is idle. */
    private <T> T with(Function<TrialMachine, T> work) {
        TrialMachine machine = idle.remove();
        try {
            return work.apply(machine);
        } finally {
            idle.add(machine);
        }
    }

    private UnseenResult tried(int number, TrialMachine machine) {
        UnseenInput input = inputs.input(number);
        String source = input.source();
        TrialResult answer = machine.tried(new TrialRequest(
                input.id(),
                input.kind(),
                input.reading(),
                source,
                input.texts(),
                List.of(),
                input.seed(),
                options.trial(),
                true,
                false));
        if (answer.faults().stream().anyMatch(fault -> fault.kind() == Fault.Kind.CRASH)) {
            LockSupport.parkNanos(SIGNAL_NANOS); // Ctrl-C ends the machines, too, and is not their fault
        }
        TrialResult result = Judgement.judged(input, answer);
        boolean worth = !result.faults().isEmpty() || !result.splits().isEmpty() || result.longestNanos() > SLOW_NANOS;
        return new UnseenResult(
                input.id(), input.kind(), input.reading(), input.made(), source.length(), worth ? source : "", result);
    }

    /** One task: an input to be made small. */
    private record Task(String id, Function<Reduction, Reduced> work) {}

    private Collection<Task> tasks(List<UnseenResult> results) {
        Map<String, Task> tasks = new LinkedHashMap<>();
        Map<String, Task> verdicts = new LinkedHashMap<>();
        for (UnseenResult result : results) {
            for (Fault fault : result.trial().faults()) {
                String id = shown(result, fault);
                Map<String, Task> some = fault.isVerdict() ? verdicts : tasks;
                if (some.size() < (fault.isVerdict() ? MOST_VERDICTS : MOST_FAULTS)) {
                    some.putIfAbsent(id, new Task(id, reduction -> reduction.of(id, input(result), fault)));
                }
            }
        }
        tasks.putAll(verdicts);
        disputed(results).forEach((why, result) -> {
            Split split = result.trial().splits().get(0);
            tasks.put(why, new Task(why, reduction -> reduction.of(why, input(result), split)));
        });
        slowest(results).forEach(result -> {
            String id = "slow " + result.id();
            tasks.put(id, new Task(id, reduction -> reduction.slow(input(result), result.trial())));
        });
        return tasks.values();
    }

    /** Under which name a fault is made small: once for each key, verdicts each alone, since they may have many reasons. */
    static String shown(UnseenResult result, Fault fault) {
        return fault.key() + (fault.isVerdict() ? " in " + result.id() : "");
    }

    /** Results whose first text that the validators do not agree about is the first of its kind, by kind. */
    static Map<String, UnseenResult> disputed(List<UnseenResult> results) {
        Map<String, UnseenResult> first = new LinkedHashMap<>();
        for (UnseenResult result : results) {
            if (first.size() < MOST_VERDICTS && !result.trial().splits().isEmpty()) {
                first.putIfAbsent("dispute: " + result.trial().splits().get(0).kind(), result);
            }
        }
        return first;
    }

    private UnseenInput input(UnseenResult result) {
        return inputs.input(Integer.parseInt(result.id()));
    }

    /** The inputs whose longest step takes longest, of those where it takes long at all. */
    static List<UnseenResult> slowest(List<UnseenResult> results) {
        return results.stream()
                .filter(result -> result.trial().longestNanos() > SLOW_NANOS)
                .sorted(Comparator.comparingLong(
                                (UnseenResult result) -> result.trial().longestNanos())
                        .reversed()
                        .thenComparing(UnseenResult::id))
                .limit(SLOWEST)
                .toList();
    }
}
