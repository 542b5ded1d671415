// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.backends.LoadOptions;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.jsonschemabench.fields.FieldCase;
import dev.espalier.jsonschemabench.fields.FieldResult;
import dev.espalier.jsonschemabench.fields.FieldSummary;
import dev.espalier.jsonschemabench.fields.FieldTrial;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Progress;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench sprig}. */
@Command(
        name = "sprig",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.SprigCommand")
public final class SprigCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data", required = true, paramLabel = "FILE")
    private Path data;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0")
    private double temperature;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--max-tokens", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "256")
    private int maxTokens;

    @Option(names = "--limit", converter = AtLeastOne.class, paramLabel = "N")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--batch", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1")
    private int batch;

    @Option(names = "--unconstrained")
    private boolean unconstrained;

    @Option(names = "--drawn")
    private boolean drawn;

    @Option(names = "--json")
    private boolean json;

    public SprigCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<FieldCase> cases = FieldCase.read(data);
        cases = cases.subList(0, Math.min(limit, cases.size()));
        List<FieldResult> results = run(cases);
        FieldSummary summary = new FieldSummary(results);
        if (json) {
            results.forEach(result -> console.out().println(result.toJson()));
            console.out().flush();
            console.err().print(summary);
        } else {
            console.out().print(summary);
        }
        return unconstrained || summary.isSound() ? ExitCode.DONE : ExitCode.NOT_VALID;
    }

    private List<FieldResult> run(List<FieldCase> cases) {
        List<FieldResult> results = new ArrayList<>();
        try (LanguageModel model = Sprig.load(LoadOptions.DEFAULT);
                FieldTrial trial = new FieldTrial(model, !unconstrained);
                Progress progress = Progress.start(console, "sprig", cases.size())) {
            // the Java machine's and the network's own start is nobody's time
            trial.run(cases.subList(0, Math.min(3, cases.size())), parameters(seed.value()));
            for (int i = 0; i < cases.size(); i += batch) {
                List<FieldCase> some = cases.subList(i, Math.min(i + batch, cases.size()));
                results.addAll(trial.run(some, parameters(seed.value() + i)));
                some.forEach(one -> progress.step());
            }
        }
        return results;
    }

    private SamplingParameters parameters(long first) {
        return SamplingParameters.DEFAULT
                .withTemperature(temperature)
                .withSeed(first)
                .withMaxTokens(maxTokens)
                .withForcedText(drawn ? ForcedText.DRAWN : ForcedText.COMMITTED);
    }
}
