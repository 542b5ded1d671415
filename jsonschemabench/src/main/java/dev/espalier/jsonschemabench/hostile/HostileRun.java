package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs a corpus in Java machines by heap size and arguments, a few of them at a time. */
public final class HostileRun {

    private final HostileCorpus corpus;
    private final int machines;

    /**
     * A run over a corpus.
     *
     * @param corpus the folder of {@code index.jsonl}
     * @param generated the folder of the generated inputs; cases whose inputs are missing are skipped
     * @param machines how many Java machines run at a time
     * @param wanted which cases run, by id
     * @throws InvalidInputException if the folder has no readable index
     */
    public HostileRun(Path corpus, Path generated, int machines, Predicate<String> wanted) {
        CorpusFiles files = new CorpusFiles(corpus.toAbsolutePath(), generated.toAbsolutePath());
        List<HostileCase> cases = HostileCorpus.read(files).cases();
        this.corpus = new HostileCorpus(
                files, cases.stream().filter(one -> wanted.test(one.id())).toList());
        this.machines = machines;
    }

    /** The number of cases, each file of lines counted as one. */
    public int size() {
        return corpus.cases().size();
    }

    /**
     * Runs all cases.
     *
     * @param listener gets each result as it comes, one at a time, in no particular order
     * @return all results in the order of their ids
     * @throws InvalidInputException if a Java machine cannot be started
     */
    public List<CaseResult> run(Consumer<CaseResult> listener) throws InterruptedException {
        List<CaseResult> results = Collections.synchronizedList(new ArrayList<>());
        Consumer<CaseResult> both = result -> {
            synchronized (results) {
                results.add(result);
                listener.accept(result);
            }
        };
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            List<JvmGroup> groups = JvmGroup.of(corpus.cases());
            new Workers(machines, new Cancellation()).run(groups.size(), i -> runGroup(groups.get(i), clock, both));
        } finally {
            clock.shutdownNow();
        }
        return results.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    }

    private void runGroup(JvmGroup group, ScheduledExecutorService clock, Consumer<CaseResult> results) {
        try {
            List<HostileCase> rest = group.cases();
            while (!rest.isEmpty()) {
                rest = new WorkerProcess(group.with(rest), corpus.files(), clock).run(results);
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot run a Java machine: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
