// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.deadlines.DeadlineRun;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench deadlines}. */
@Command(
        name = "deadlines",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.DeadlinesCommand")
public final class DeadlinesCommand extends FolderCommand {

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "10")
    private int seconds;

    public DeadlinesCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        return new DeadlineRun(Duration.ofSeconds(seconds), RunSetting.of("a deadline of " + seconds + " s"));
    }
}
