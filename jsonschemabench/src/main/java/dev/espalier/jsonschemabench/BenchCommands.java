package dev.espalier.jsonschemabench;

import dev.espalier.cli.CommandProvider;
import dev.espalier.cli.console.Console;
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
                .addSubcommand(new EndToEndCommand(console))
                .addSubcommand(new GenerateBenchCommand(console))
                .addSubcommand(new GrammarsCommand(console))
                .addSubcommand(new HardCommand(console))
                .addSubcommand(new HostileCommand(console))
                .addSubcommand(new InfillBenchCommand(console))
                .addSubcommand(new MaskbenchCommand(console))
                .addSubcommand(new MicroCommand(console))
                .addSubcommand(new SamplersCommand(console))
                .addSubcommand(new ScaleCommand(console))
                .addSubcommand(new SoakCommand(console))
                .addSubcommand(new SprigCommand(console))
                .addSubcommand(new TestSuiteCommand(console))
                .addSubcommand(new TwowayCommand(console))
                .addSubcommand(new UnseenCommand(console)));
    }
}
