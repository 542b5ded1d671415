// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.cli.console.StopSignal;
import dev.espalier.jsonschemabench.run.Workers;
import picocli.CommandLine.Option;

/** The option that says how many threads share the work, all processors unless told otherwise. */
public final class ThreadsOption {

    @Option(
            names = "--threads",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "threads that work at a time (default: one a processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    public int count() {
        return threads;
    }

    /** These threads, until a signal stops them. */
    public Workers workers(StopSignal stop) {
        return new Workers(threads, stop.cancellation());
    }
}
