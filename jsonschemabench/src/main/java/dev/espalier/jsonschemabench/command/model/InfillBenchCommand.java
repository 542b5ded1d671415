// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.infill.CostBench;
import dev.espalier.jsonschemabench.infill.InfillBench;
import dev.espalier.jsonschemabench.infill.InfillCases;
import dev.espalier.jsonschemabench.infill.InfillContender;
import dev.espalier.jsonschemabench.infill.InfillModels;
import dev.espalier.jsonschemabench.infill.InfillSettings;
import dev.espalier.jsonschemabench.infill.InfillTrial;
import dev.espalier.jsonschemabench.infill.ModelChoice;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.LoneThreadsOption;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SampleOption;
import dev.espalier.schemas.options.MemberOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench infill}. */
@Command(
        name = "infill",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.InfillBenchCommand")
public final class InfillBenchCommand extends FolderCommand {

    @Option(names = "--data", arity = "1..*", paramLabel = "DIR_OR_FILE")
    private List<Path> data = List.of();

    @Option(names = "--without-grammars")
    private boolean withoutGrammars;

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "MODEL",
            defaultValue = "sprig-diffusion,simulated:0,simulated:20,simulated:40,uniform")
    private List<String> models;

    @Option(
            names = "--strategies",
            split = ",",
            paramLabel = "STRATEGY",
            defaultValue = "exact,look-ahead,any-length,free")
    private List<String> strategies;

    @Option(names = "--slots", split = ",", converter = AtLeastOne.class, paramLabel = "N")
    private List<Integer> slots = List.of();

    @Option(names = "--cost")
    private boolean cost;

    @Option(names = "--steps", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "32")
    private int steps;

    @Option(names = "--policy", paramLabel = "POLICY")
    private Optional<String> policy;

    @Option(names = "--tokenizer", paramLabel = "FILE")
    private Optional<Path> tokenizer;

    @Option(names = "--order", paramLabel = "ORDER", defaultValue = "declared")
    private MemberOrder order;

    @Option(names = "--repeated-keys")
    private boolean repeatedKeys;

    @Mixin
    private final SampleOption sample = new SampleOption();

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0")
    private double temperature;

    @Mixin
    private final LoneThreadsOption threads = new LoneThreadsOption();

    @Option(names = "--timeout", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "60")
    private int seconds;

    public InfillBenchCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        List<ModelChoice> choices = models.stream().map(ModelChoice::parse).toList();
        List<InfillContender> contenders =
                strategies.stream().map(InfillContender::parse).toList();
        InfillSettings settings =
                new InfillSettings(tokenizer, policy, steps, temperature, sample.seed(), order, repeatedKeys, seconds);
        InfillCases cases = cases();
        return cost
                ? new BenchRunner<>(new CostBench(
                        cases,
                        sizes(List.of(64, 256, 512, 1024)),
                        settings,
                        new InfillModels(settings),
                        setting(cases, "")))
                : new BenchRunner<>(new InfillBench(
                        cases,
                        choices,
                        sizes(List.of(64)),
                        contenders,
                        new InfillTrial(settings),
                        threads.count(),
                        setting(cases, filling())));
    }

    private List<Integer> sizes(List<Integer> otherwise) {
        return slots.isEmpty() ? otherwise : slots;
    }

    private InfillCases cases() {
        Optional<SchemaCorpus> corpus =
                data.isEmpty() ? Optional.empty() : Optional.of(sample.of(SchemaCorpus.read(data)));
        return InfillCases.of(corpus, !withoutGrammars);
    }

    private String filling() {
        return String.format(
                Locale.ROOT,
                " models %s; policy %s; temperature %s; %d at a time;",
                String.join(", ", models),
                policy.orElse("even:" + steps),
                temperature,
                threads.count());
    }

    private String setting(InfillCases cases, String more) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d cases;%s seed %d; tokenizer %s; member order %s%s; %d s for one canvas",
                cases.size(),
                more,
                sample.seed(),
                tokenizer.map(file -> String.valueOf(file.getFileName())).orElse("of the embedded model"),
                order.name().toLowerCase(Locale.ROOT),
                repeatedKeys ? ", keys without a name may repeat" : "",
                seconds));
    }
}
