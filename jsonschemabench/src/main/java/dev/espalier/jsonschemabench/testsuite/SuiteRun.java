// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.schemas.options.Draft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A run of the official JSON Schema Test Suite. */
public final class SuiteRun {

    private final List<SuiteGroup> groups = new ArrayList<>();
    private final SuiteTrial trial;

    /**
     * A run.
     *
     * @param archiveOrFolder a clone of the suite, or a {@code .tar.gz} of one
     * @param drafts the drafts whose tests run
     * @param limits what one compilation and one step may cost
     * @throws InvalidInputException if the suite cannot be read, or has no tests of these drafts
     */
    public SuiteRun(Path archiveOrFolder, Set<Draft> drafts, Limits limits) {
        SuiteFiles files = SuiteFiles.read(archiveOrFolder);
        for (Draft draft : Draft.values()) {
            if (drafts.contains(draft)) {
                files.tests(SuiteResult.folder(draft))
                        .forEach((file, text) -> groups.addAll(SuiteGroup.read(draft, file, text)));
            }
        }
        if (groups.isEmpty()) {
            throw new InvalidInputException(archiveOrFolder + ": there are no tests of " + drafts);
        }
        this.trial = new SuiteTrial(files.remotes(), limits);
    }

    /** How many schemas there are. */
    public int size() {
        return groups.size();
    }

    /**
     * Judges all documents, in the order of drafts and files.
     *
     * @param step called after each schema, on the thread that ran it
     */
    public SuiteView run(Workers workers, Runnable step) throws InterruptedException {
        List<List<SuiteResult>> results = new ArrayList<>();
        groups.forEach(unused -> results.add(List.of()));
        workers.run(groups.size(), i -> {
            List<SuiteResult> some = trial.run(groups.get(i));
            synchronized (results) {
                results.set(i, some);
            }
            step.run();
        });
        return new SuiteView(results.stream().flatMap(List::stream).toList());
    }
}
