// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.tools.ToolsBench;
import dev.espalier.jsonschemabench.tools.ToolsSettings;
import dev.espalier.tool.ToolConvention;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench tools}. */
@Command(
        name = "tools",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.ToolsCommand")
public final class ToolsCommand extends FolderCommand {

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--convention", paramLabel = "NAME", defaultValue = "hermes")
    private String convention = "hermes";

    @Option(names = "--tools", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "128")
    private int tools;

    @Option(names = "--rounds", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "20")
    private int rounds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "20")
    private int warmUp;

    @Option(names = "--fresh", paramLabel = "N", defaultValue = "3")
    private int fresh;

    @Option(names = "--clock", paramLabel = "wall|cpu", defaultValue = "wall")
    private Clock clock = Clock.WALL;

    @Mixin
    private final SeedOption seed = new SeedOption();

    public ToolsCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        ToolsSettings settings = new ToolsSettings(
                tokenizer.file(),
                ToolConvention.named(convention).id(),
                tools,
                rounds,
                warmUp,
                fresh,
                clock,
                seed.value());
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "%d tools a round in the convention %s; %d rounds after %d, and %d in machines of their own; tokenizer %s; clock %s; seed %d",
                tools,
                convention,
                rounds,
                warmUp,
                fresh,
                tokenizer.name(),
                clock.name().toLowerCase(Locale.ROOT),
                seed.value()));
        return new BenchRunner<>(new ToolsBench(settings, setting));
    }
}
