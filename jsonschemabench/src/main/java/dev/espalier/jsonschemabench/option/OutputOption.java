// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where results go: a folder, and the console. */
public final class OutputOption {

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where results and report are written")
    private Path folder;

    @Mixin
    private final ReportOutput report = new ReportOutput();

    /** The folder of results and report. */
    Path folder() {
        return folder;
    }

    /** Folder and console. */
    public Output output() {
        return new Output(folder, report);
    }
}
