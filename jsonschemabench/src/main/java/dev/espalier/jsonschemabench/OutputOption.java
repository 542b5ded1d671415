package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.Summary;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where results go: a folder, and the console. */
final class OutputOption {

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where results and report are written")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Mixin
    private final ReportOutput report = new ReportOutput();

    /** The folder of results and report. */
    Path folder() {
        return folder;
    }

    /** Folder and console. */
    Output output() {
        return new Output(folder, report);
    }

    /** Writes the page, says where it and the results are, and prints the summary. */
    void show(ReportPage page, Summary summary, Console console) {
        ReportOutput.write(page, folder, console);
        report.print(summary, console);
    }

    /** As {@link #show(ReportPage, Summary, Console)}, for figures that are in another file. */
    void show(ReportPage page, String figures, Summary summary, Console console) {
        ReportOutput.write(page, folder, figures, console);
        report.print(summary, console);
    }

    /** Prints the summary alone. */
    void print(Summary summary, Console console) {
        report.print(summary, console);
    }
}
