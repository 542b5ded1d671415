// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.streaming.StreamedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench stream}. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.StreamCommand")
public final class StreamCommand extends FolderCommand {

    @Option(names = "--bytes", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1000000")
    private int bytes;

    @Option(names = "--rounds", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "5")
    private int rounds;

    public StreamCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        return new StreamedRun(bytes, rounds, RunSetting.of("the best of " + rounds + " rounds"));
    }
}
