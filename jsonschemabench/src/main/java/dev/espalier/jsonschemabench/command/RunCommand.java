// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.StopSignal;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.option.Output;
import dev.espalier.jsonschemabench.option.Progress;
import dev.espalier.jsonschemabench.option.ReportOutput;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that measures: its options say what. It shows progress, writes the page beside the figures, prints tables or a line of JSON, and
 * ends with 1 if a result is wrong or it was stopped.
 */
public abstract class RunCommand implements Callable<Integer> {

    private final Console console;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Spec
    private CommandSpec spec;

    /** A command that prints on a console. */
    protected RunCommand(Console console) {
        this.console = console;
    }

    /**
     * What the options ask for.
     *
     * @throws dev.espalier.core.error.InvalidInputException if they cannot be kept to
     */
    protected abstract Measurement measurement();

    /** Where the figures go. */
    protected abstract Output output();

    /** Where it prints. */
    protected final Console console() {
        return console;
    }

    /** What is closed when the command ends, the last first. */
    protected final <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public Integer call() throws Exception {
        try (StopSignal stop = new StopSignal()) {
            Measurement measurement = measurement();
            Output output = output();
            View view;
            try (Progress progress = Progress.start(console, spec.name(), measurement.steps())) {
                view = measurement.run(output.folder(), stop.cancellation(), progress::step);
            }
            ReportOutput.write(view.page(), output.folder(), measurement.file(), console);
            output.report().print(view, console);
            return view.isRight() && !stop.cancellation().isRequested() ? ExitCode.DONE : ExitCode.NOT_VALID;
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }
}
