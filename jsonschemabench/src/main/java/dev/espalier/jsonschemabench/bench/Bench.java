// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.bench;

import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * What is measured: cases, the type of their results, and what is shown of them. {@link BenchRunner} does the rest.
 *
 * @param <R> a result: a record that becomes a line of {@code results.jsonl}
 */
public interface Bench<R extends ResultsFile.Result> extends AutoCloseable {

    /** What decides the results: those of other settings are not added to. */
    Settings settings();

    /** The type of the results. */
    Class<R> type();

    /** All cases, in the order in which they begin. */
    List<Case<R>> cases();

    /** How many threads share the cases; 0 if the calling thread runs them. */
    default int threads() {
        return 0;
    }

    /** Warms up, and opens what cases need: called before the first case that is run, if there is one. */
    default void begin(Turn turn) {}

    /**
     * Measures what comes after all cases: called once, also if no case was run or the run is to end.
     *
     * @param folder where results are
     */
    default void end(Path folder, Turn turn) {}

    /**
     * As {@link #end(Path, Turn)}, for what depends on results.
     *
     * @param results all that the folder has by then, by id
     */
    default void end(Path folder, List<R> results, Turn turn) throws InterruptedException {
        end(folder, turn);
    }

    /** How many steps {@link #end(Path, List, Turn)} has. */
    default int stepsAtEnd() {
        return 0;
    }

    /** What is shown of all results in the folder, by id; called after {@link #end(Path, List, Turn)}. */
    View view(List<R> results);

    /** Closes what {@link #begin} opened, if it was called, and what the bench was given to close. */
    @Override
    default void close() {}
}
