// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.StopSignal;
import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Progress;
import dev.espalier.jsonschemabench.option.ReportOutput;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.ThreadsOption;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.testsuite.SuiteRun;
import dev.espalier.jsonschemabench.testsuite.SuiteView;
import dev.espalier.schemas.options.Draft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command {@code bench testsuite}. */
@Command(
        name = "testsuite",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.TestSuiteCommand")
public final class TestSuiteCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data", required = true, paramLabel = "FILE_OR_DIR")
    private Path data;

    @Option(names = "--draft", paramLabel = "D", converter = DraftName.class)
    private List<Draft> drafts = List.of();

    @Option(names = "--out", paramLabel = "DIR")
    private Optional<Path> out;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "10")
    private int seconds;

    @Mixin
    private final ReportOutput output = new ReportOutput();

    public TestSuiteCommand(Console console) {
        this.console = console;
    }

    /** Reads {@code 7} as draft 7. */
    static final class DraftName implements ITypeConverter<Draft> {
        @Override
        public Draft convert(String value) {
            try {
                return Draft.valueOf("DRAFT_" + value.replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("expected 4, 6, 7, 2019-09 or 2020-12, not " + value);
            }
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        out.ifPresent(Settings::refuseUnfinished);
        Set<Draft> chosen = drafts.isEmpty() ? EnumSet.allOf(Draft.class) : EnumSet.copyOf(drafts);
        Limits limits = Limits.DEFAULT.withCompileDeadline(
                Duration.ofMillis(Duration.ofSeconds(seconds).toMillis()));
        SuiteRun run = new SuiteRun(data, chosen, limits);
        try (StopSignal stop = new StopSignal()) {
            SuiteView results;
            try (Progress progress = Progress.start(console, "testsuite", run.size())) {
                results = run.run(threads.workers(stop), progress::step);
            }
            View view = results.view(RunSetting.of(
                    data.getFileName() + "; any member order, any white space; " + threads.count() + " threads"));
            if (out.isPresent()) {
                results.write(out.get());
                ReportOutput.write(view.page(), out.get(), console);
            }
            output.print(view, console);
            return view.isRight() && !stop.cancellation().isRequested() ? ExitCode.DONE : ExitCode.NOT_VALID;
        }
    }
}
