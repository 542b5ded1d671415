// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench;

import dev.espalier.cli.CommandProvider;
import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.command.BenchCommand;
import dev.espalier.jsonschemabench.command.ColdCommand;
import dev.espalier.jsonschemabench.command.CompareCommand;
import dev.espalier.jsonschemabench.command.DeadlinesCommand;
import dev.espalier.jsonschemabench.command.GrammarsCommand;
import dev.espalier.jsonschemabench.command.HardCommand;
import dev.espalier.jsonschemabench.command.HostileCommand;
import dev.espalier.jsonschemabench.command.MaskbenchCommand;
import dev.espalier.jsonschemabench.command.MicroCommand;
import dev.espalier.jsonschemabench.command.ScaleCommand;
import dev.espalier.jsonschemabench.command.SoakCommand;
import dev.espalier.jsonschemabench.command.StreamCommand;
import dev.espalier.jsonschemabench.command.TestSuiteCommand;
import dev.espalier.jsonschemabench.command.ToolsCommand;
import dev.espalier.jsonschemabench.command.TwowayCommand;
import dev.espalier.jsonschemabench.command.UnseenCommand;
import dev.espalier.jsonschemabench.command.model.ConfidenceCommand;
import dev.espalier.jsonschemabench.command.model.DraftsCommand;
import dev.espalier.jsonschemabench.command.model.EndToEndCommand;
import dev.espalier.jsonschemabench.command.model.GenerateBenchCommand;
import dev.espalier.jsonschemabench.command.model.InfillBenchCommand;
import dev.espalier.jsonschemabench.command.model.QualityCommand;
import dev.espalier.jsonschemabench.command.model.QuotesCommand;
import dev.espalier.jsonschemabench.command.model.ReloadCommand;
import dev.espalier.jsonschemabench.command.model.SamplersCommand;
import dev.espalier.jsonschemabench.command.model.ServeBenchCommand;
import dev.espalier.jsonschemabench.command.model.SprigCommand;
import java.util.List;
import picocli.CommandLine;

/** Brings {@code bench} to the command line. */
public final class BenchCommands implements CommandProvider {

    /** For the service loader. */
    public BenchCommands() {}

    @Override
    public List<Object> commands(Console console) {
        return List.of(new CommandLine(new BenchCommand())
                .addSubcommand(new ColdCommand(console))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new ConfidenceCommand(console))
                .addSubcommand(new QuotesCommand(console))
                .addSubcommand(new DeadlinesCommand(console))
                .addSubcommand(new DraftsCommand(console))
                .addSubcommand(new EndToEndCommand(console))
                .addSubcommand(new GenerateBenchCommand(console))
                .addSubcommand(new GrammarsCommand(console))
                .addSubcommand(new HardCommand(console))
                .addSubcommand(new HostileCommand(console))
                .addSubcommand(new InfillBenchCommand(console))
                .addSubcommand(new MaskbenchCommand(console))
                .addSubcommand(new MicroCommand(console))
                .addSubcommand(new QualityCommand(console))
                .addSubcommand(new ReloadCommand(console))
                .addSubcommand(new SamplersCommand(console))
                .addSubcommand(new ScaleCommand(console))
                .addSubcommand(new ServeBenchCommand(console))
                .addSubcommand(new SoakCommand(console))
                .addSubcommand(new SprigCommand(console))
                .addSubcommand(new StreamCommand(console))
                .addSubcommand(new TestSuiteCommand(console))
                .addSubcommand(new ToolsCommand(console))
                .addSubcommand(new TwowayCommand(console))
                .addSubcommand(new UnseenCommand(console)));
    }
}
