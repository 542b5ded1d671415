// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.bench;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Workers;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the cases of a bench that have no results yet, and keeps their results in {@code results.jsonl}.
 *
 * @param <R> a result
 */
public final class BenchRunner<R extends ResultsFile.Result> implements Measurement {

    private final Bench<R> bench;
    private final List<Case<R>> cases;

    /** A run of a bench. */
    public BenchRunner(Bench<R> bench) {
        this.bench = bench;
        this.cases = List.copyOf(bench.cases());
    }

    @Override
    public int steps() {
        return cases.stream().mapToInt(Case::steps).sum() + bench.stepsAtEnd();
    }

    @Override
    public View run(Path folder, Cancellation stop, Runnable step) throws InterruptedException {
        Turn turn = new Turn(stop, step);
        try (bench;
                ResultsFile<R> file = new ResultsFile<>(folder, bench.settings(), bench.type())) {
            runAll(file, turn);
            bench.end(folder, file.results(), turn);
            View view = bench.view(file.results());
            file.finish(view.toJson());
            return view;
        }
    }

    private void runAll(ResultsFile<R> file, Turn turn) throws InterruptedException {
        if (!turn.stop().isRequested() && cases.stream().anyMatch(each -> isOpen(each, file))) {
            dropped(turn, () -> bench.begin(turn));
        }
        if (bench.threads() > 0) {
            new Workers(bench.threads(), turn.stop()).run(cases.size(), i -> run(cases.get(i), file, turn));
        } else {
            for (int i = 0; i < cases.size() && !turn.stop().isRequested(); i++) {
                run(cases.get(i), file, turn);
            }
        }
    }

    private boolean isOpen(Case<R> one, ResultsFile<R> file) {
        return !one.ids().stream().allMatch(file::has);
    }

    private void run(Case<R> one, ResultsFile<R> file, Turn turn) {
        boolean open = isOpen(one, file);
        if (open) {
            dropped(turn, () -> {
                List<R> results = one.work().apply(turn);
                if (!turn.stop().isRequested()) {
                    results.forEach(file::add);
                }
            });
        }
        if (!open || !one.countsSteps()) {
            for (int i = 0; i < one.steps(); i++) {
                turn.step().run();
            }
        }
    }

    /** Runs what may be cancelled: if the run is to end, it is as if it had not begun. */
    private static void dropped(Turn turn, Runnable work) {
        try {
            work.run();
        } catch (CancelledException e) {
            if (!turn.stop().isRequested()) {
                throw e;
            }
        }
    }
}
