// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.ThreadsOption;
import dev.espalier.jsonschemabench.samplers.SamplersBench;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench samplers}. */
@Command(
        name = "samplers",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.SamplersCommand")
public final class SamplersCommand extends FolderCommand {

    @Option(names = "--data", paramLabel = "DIR")
    private Optional<Path> data;

    @Option(names = "--schemas", arity = "1..*", paramLabel = "FILE")
    private List<Path> schemas = List.of();

    @Option(names = "--only", arity = "1..*", paramLabel = "CASE")
    private Set<String> only = Set.of();

    @Option(
            names = "--calls",
            split = ",",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "100,300,1000,3000,10000")
    private List<Integer> calls;

    @Option(names = "--runs", converter = AtLeastOne.class, paramLabel = "R", defaultValue = "20")
    private int runs;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    public SamplersCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "%d repetitions, seed %d; temperature 1; %d at a time",
                runs,
                seed.value(),
                threads.count()));
        SamplersBench.Plan plan = new SamplersBench.Plan(calls, runs, seed.value(), threads.count());
        return new BenchRunner<>(new SamplersBench(data, schemas, only, plan, setting));
    }
}
