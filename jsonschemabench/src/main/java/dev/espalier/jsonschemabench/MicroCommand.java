package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.micro.MicroRun;
import dev.espalier.jsonschemabench.micro.MicroSettings;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bench micro}. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = {
            "Runs small benchmarks by JMH: one mask for each class of states (remembered, with a warm store, with an empty"
                    + " one), a token read or taken back, a fork, a compilation, a first mask; with bytes on the heap.",
            "Writes results.json as JMH does, table.md, jmh.log and report.html. All take some ten minutes, less than two with --quick."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench micro --tokenizer tokenizer.json.gz --out micro-out",
            "  espalier bench micro 'remembered|cold.string' --quick --profile gc,stack --tokenizer tokenizer.json --out o"
        })
final class MicroCommand extends FolderCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "which benchmarks; names are such as cold.string, warm.any_order (default: all)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String regex;

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(
            names = "--profile",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "gc",
            description = "JMH's profilers: gc, stack, perfnorm and others (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> profilers;

    @Option(names = "--quick", description = "short iterations: enough to see what is off")
    private boolean quick;

    @Option(
            names = "--forks",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "run each benchmark in N Java machines of its own (default: in this one)")
    private int forks;

    MicroCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        MicroSettings settings = (quick ? MicroSettings.QUICK : MicroSettings.USUAL).withForks(forks);
        return new MicroRun(
                tokenizer.file(), pattern(), profilers, settings, RunSetting.of("tokenizer " + tokenizer.name()));
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException("no regular expression: " + regex, e);
        }
    }
}
