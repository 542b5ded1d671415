// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.micro.MicroRun;
import dev.espalier.jsonschemabench.micro.MicroSettings;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.TokenizerOption;
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
        resourceBundle = "dev.espalier.jsonschemabench.command.MicroCommand")
public final class MicroCommand extends FolderCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "which benchmarks; names are such as cold.string, warm.any_order (default: all)")
    private String regex;

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--profile", split = ",", paramLabel = "NAME", defaultValue = "gc")
    private List<String> profilers;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--forks", converter = AtLeastOne.class, paramLabel = "N")
    private int forks;

    public MicroCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
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
