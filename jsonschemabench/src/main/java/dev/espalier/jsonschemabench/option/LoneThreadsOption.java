// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.cli.console.StopSignal;
import dev.espalier.jsonschemabench.run.Workers;
import picocli.CommandLine.Option;

/** The option that says how many threads share the work where times are those of one text alone. */
public final class LoneThreadsOption {

    @Option(
            names = "--threads",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "threads that work at a time (default: ${DEFAULT-VALUE}); times are those of a lone text with 1 only")
    private int threads;

    public int count() {
        return threads;
    }

    /** These threads, until a signal stops them. */
    Workers workers(StopSignal stop) {
        return new Workers(threads, stop.cancellation());
    }
}
