// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.bench;

import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a bench that is run as a whole, on one thread.
 *
 * @param <R> its results
 * @param ids the ids of the results that it makes: it is run if one of them is not there yet
 * @param steps how many steps of progress it is
 * @param countsSteps whether it calls {@link Turn#step()} itself when it is run
 * @param work makes the results
 */
public record Case<R extends ResultsFile.Result>(
        List<String> ids, int steps, boolean countsSteps, Function<Turn, List<R>> work) {

    /** Copies the list. */
    public Case {
        ids = List.copyOf(ids);
    }

    /** A case that makes one result. */
    public static <R extends ResultsFile.Result> Case<R> of(String id, Function<Turn, R> work) {
        return of(List.of(id), turn -> List.of(work.apply(turn)));
    }

    /** A case that makes some results at once, a step each. */
    public static <R extends ResultsFile.Result> Case<R> of(List<String> ids, Function<Turn, List<R>> work) {
        return new Case<>(ids, ids.size(), false, work);
    }
}
