// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.compare.ComparisonRun;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code bench compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.CompareCommand")
public final class CompareCommand extends FolderCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "[NAME=]FILE_OR_DIR",
            description = "results.jsonl, or the folder that has it; the first is what others are compared with")
    private List<String> files;

    public CompareCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        return new ComparisonRun(files);
    }
}
