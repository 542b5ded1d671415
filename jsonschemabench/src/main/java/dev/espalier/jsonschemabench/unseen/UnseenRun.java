package dev.espalier.jsonschemabench.unseen;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.judge.KnownDisputes;
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
import java.util.function.Function;

/**
 * Tries inputs in machines of their own, a few at a time, and makes small what goes wrong and what is slowest. Results are
 * lines of {@code results.jsonl}, small inputs of {@code reduced/results.jsonl}; a run that was stopped goes on where it was.
 */
public final class UnseenRun {

    private static final int SLOWEST = 20;
    private static final int MOST_FAULTS = 40;
    private static final int MOST_VERDICTS = 40;
    private static final long SLOW_NANOS = 20_000_000;
    private static final long SIGNAL_MILLIS = 300;

    private final UnseenSettings settings;
    private final UnseenInputs inputs;
    private final Vocabulary vocabulary;
    private final KnownDisputes disputes = KnownDisputes.read();

    /** A run over inputs, with the tokens of a vocabulary. */
    public UnseenRun(UnseenSettings settings, UnseenInputs inputs, Vocabulary vocabulary) {
        this.settings = settings;
        this.inputs = inputs;
        this.vocabulary = vocabulary;
    }

    /**
     * Runs.
     *
     * @param folder where results are; made if it is not there
     * @param kept what decides the results
     * @param stop ends it soon; what is done by then is kept
     * @param step called after each input, also those of an earlier run, and after each that was made small
     * @throws InvalidInputException if the folder cannot be used
     */
    public UnseenSummary run(Path folder, Settings kept, Cancellation stop, Runnable step) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
            Thread thread = new Thread(task, "clock of machines");
            thread.setDaemon(true);
            return thread;
        });
        Path tokens = prepared();
        Queue<TrialMachine> idle = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < settings.threads(); i++) {
            idle.add(new TrialMachine(tokens, settings.heapMb(), clock));
        }
        List<TrialMachine> all = List.copyOf(idle);
        try (ResultsFile<UnseenResult> results = new ResultsFile<>(folder, kept, UnseenResult::read);
                ResultsFile<Reduced> reduced = new ResultsFile<>(folder.resolve("reduced"), kept, Reduced::read)) {
            Workers workers = new Workers(settings.threads(), stop);
            workers.run(settings.count(), number -> {
                if (!results.has(id(number))) {
                    with(idle, machine -> tried(number, machine), stop, results);
                }
                step.run();
            });
            reduce(results.results(), idle, workers, reduced, stop);
            UnseenSummary summary = new UnseenSummary(results.results(), reduced.results());
            results.finish(summary.toJson());
            return summary;
        } finally {
            all.forEach(TrialMachine::close);
            clock.shutdownNow();
            delete(tokens);
        }
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    /** A vocabulary that machines map instead of reading it anew. */
    private Path prepared() {
        try {
            Path file = Files.createTempFile("espalier-unseen", ".vocabulary");
            vocabulary.save(file);
            return file;
        } catch (IOException e) {
            throw new InvalidInputException("cannot write a temporary file: " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new InvalidInputException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    /** Has a machine work that is idle, and keeps the result unless the run was stopped meanwhile. */
    private static <R extends ResultsFile.Result> void with(
            Queue<TrialMachine> idle, Function<TrialMachine, R> work, Cancellation stop, ResultsFile<R> results) {
        TrialMachine machine = idle.remove();
        try {
            R result = work.apply(machine);
            if (!stop.isRequested()) {
                results.add(result);
            }
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
                settings.trial(),
                true,
                false));
        if (answer.faults().stream().anyMatch(fault -> fault.kind() == Fault.Kind.CRASH)) {
            pause(); // Ctrl-C ends the machines, too, and is not their fault
        }
        TrialResult result = Judgement.judged(input, answer);
        boolean worth = !result.faults().isEmpty() || !result.splits().isEmpty() || result.longestNanos() > SLOW_NANOS;
        return new UnseenResult(
                input.id(), input.kind(), input.reading(), input.made(), source.length(), worth ? source : "", result);
    }

    private static void pause() {
        try {
            Thread.sleep(SIGNAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One task: an input to be made small. */
    private record Task(String id, Function<Reduction, Reduced> work) {}

    private void reduce(
            List<UnseenResult> results,
            Queue<TrialMachine> idle,
            Workers workers,
            ResultsFile<Reduced> reduced,
            Cancellation stop)
            throws InterruptedException {
        List<Task> tasks = tasks(results).stream()
                .filter(task -> settings.tries() > 0 && !reduced.has(task.id()))
                .toList();
        workers.run(
                tasks.size(),
                number -> with(
                        idle,
                        machine -> tasks.get(number).work().apply(new Reduction(settings, machine::tried, disputes)),
                        stop,
                        reduced));
    }

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
