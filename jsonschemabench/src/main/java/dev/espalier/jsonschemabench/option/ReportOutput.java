// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where figures go: a page beside the results, and tables or a line of JSON on the console. */
public final class ReportOutput {

    private static final String PAGE = "report.html";

    @Option(names = "--json", description = "print the summary as a line of JSON instead of the tables")
    private boolean json;

    /** Writes the page, and says where it and the results are. */
    public static void write(ReportPage page, Path folder, Console console) {
        write(page, folder, ResultsFile.NAME, console);
    }

    /** Writes the page, and says where it and the figures are. */
    public static void write(ReportPage page, Path folder, String figures, Console console) {
        page.write(folder.resolve(PAGE));
        console.err().println("espalier: wrote " + folder.resolve(figures) + " and " + folder.resolve(PAGE));
    }

    public void print(Summary summary, Console console) {
        console.out().print(json ? summary.toJson() + System.lineSeparator() : summary);
        console.out().flush();
    }
}
