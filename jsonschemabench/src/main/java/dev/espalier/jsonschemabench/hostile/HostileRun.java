// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs a corpus in Java machines by heap size and arguments, a few of them at a time. */
public final class HostileRun {

    private final HostileCorpus corpus;
    private final List<HostileCase> cases;
    private final int machines;

    /**
     * A run over a corpus.
     *
     * @param corpus the folder of {@code index.jsonl}
     * @param generated the folder that {@link GeneratedInputs} wrote to
     * @param machines how many Java machines run at a time
     * @param wanted which cases to run, by id
     * @throws InvalidInputException if the folder has no readable index
     */
    public HostileRun(Path corpus, Path generated, int machines, Predicate<String> wanted) {
        this.corpus = new HostileCorpus(corpus.toAbsolutePath(), generated.toAbsolutePath());
        this.cases = this.corpus.cases().stream()
                .filter(one -> wanted.test(one.id()))
                .toList();
        this.machines = machines;
    }

    /** The number of cases, each file of lines counted as one. */
    public int size() {
        return cases.size();
    }

    /**
     * Runs all cases.
     *
     * @param listener is told each result when it is there, by one thread at a time
     * @return all results in the order of their ids
     * @throws InvalidInputException if a Java machine cannot be started
     */
    public List<CaseResult> run(Consumer<CaseResult> listener) throws InterruptedException {
        List<CaseResult> results = new ArrayList<>();
        Consumer<CaseResult> both = result -> {
            synchronized (results) {
                results.add(result);
                listener.accept(result);
            }
        };
        List<JvmGroup> groups = JvmGroup.of(cases);
        new Workers(machines, new Cancellation()).run(groups.size(), i -> run(groups.get(i), both));
        return results.stream().sorted(Comparator.comparing(CaseResult::id)).toList();
    }

    private void run(JvmGroup group, Consumer<CaseResult> results) {
        try {
            group.run(corpus, results);
        } catch (IOException e) {
            throw new InvalidInputException("cannot run a Java machine: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
