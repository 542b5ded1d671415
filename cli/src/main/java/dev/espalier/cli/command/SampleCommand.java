// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.Request;
import dev.espalier.Samples;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.ProgressDisplay;
import dev.espalier.cli.console.StopSignal;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.ModelOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.PromptOptions;
import dev.espalier.cli.options.SamplerOptions;
import dev.espalier.cli.report.SampleReport;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier sample}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Samples whole texts that a schema, grammar, regular expression or choice allows.",
            "The sampler says which law they follow. Prints the texts; on standard error, what they are good for and what they took.",
            "Ctrl-C ends it with what is done; with --learned another run goes on from there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier sample --choice positive,negative --prompt 'The parcel has arrived.' -n 20 --sampler exact",
            "  espalier sample --sampler smc --particles 20 -n 5 --weights \\",
            "      --schema examples/ticket.schema.json --prompt-file examples/ticket.txt",
            "  espalier sample --sampler cars --learned trie.bin -n 100 --regex '[0-9]{2}' --prompt 'Two digits: '"
        })
public final class SampleCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Mixin
    private final PromptOptions promptOptions = new PromptOptions();

    @Mixin
    private final ModelOptions modelOptions = new ModelOptions();

    @Mixin
    private final SamplerOptions samplerOptions = new SamplerOptions();

    @Option(names = "-n", paramLabel = "N", description = "How many samples. Default: 10.")
    private int count = 10;

    @Option(
            names = "--max-runs",
            paramLabel = "N",
            description =
                    "The most texts that may be begun; then it ends with the samples that it has. Default: no bound.")
    private long maxRuns = Long.MAX_VALUE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides all random choices; the same seed gives the same samples. Default: 0.")
    private long seed;

    @Option(names = "--temperature", paramLabel = "T", description = "Above 0; 1 is the model's own law. Default: 1.")
    private double temperature = 1;

    @Option(names = "--max-tokens", paramLabel = "N", description = "The most tokens of a text. Default: 1024.")
    private int maxTokens = SamplingParameters.DEFAULT.maxTokens();

    @Option(names = "--weights", description = "Before each text its log weight and a tab.")
    private boolean weights;

    @Option(
            names = "--json",
            description = "One JSON object a sample on standard output, and one with the summary at the end.")
    private boolean json;

    public SampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        require(count >= 1, "-n", count);
        require(maxRuns >= 1, "--max-runs", maxRuns);
        if (weights && json) {
            throw new ParameterException(
                    spec.commandLine(), "--weights is for texts; --json has the weights in any case");
        }
        NamedOutput named = constraint.one(console, SchemaOptions.DEFAULT);
        String prompt = modelOptions.prompt(console, promptOptions);
        SamplingParameters parameters = SamplingParameters.DEFAULT
                .withTemperature(temperature)
                .withSeed(seed)
                .withMaxTokens(maxTokens);
        named.source(); // a fault in it is told before a model is loaded
        try (StopSignal stop = new StopSignal();
                ModelOptions.Opened opened = modelOptions.open(console, constraint.limits(), named.output())) {
            named.compile(opened.generator().compiler());
            Request<String> request =
                    Request.of(prompt, named.output()).with(parameters).with(stop.cancellation());
            String situation = opened.generator().situation(request);
            SequenceSampler sampler = samplerOptions.sampler(opened.generator(), situation, count);
            Samples<String> samples;
            try (ProgressDisplay progress = ProgressDisplay.of(console, "samples", count)) {
                samples = opened.generator()
                        .sample(
                                request,
                                sampler,
                                count,
                                sample -> {
                                    progress.step();
                                    print(sample, opened.generator().text(sample));
                                },
                                maxRuns);
            }
            SampleReport report = new SampleReport(sampler, samples);
            if (json) {
                console.out().println(report.summaryJson());
            } else {
                report.summary().forEach(line -> console.err().println("espalier: " + line));
            }
            samplerOptions.save(situation);
            // before the signal lets the process end
            console.written();
            console.err().flush();
            return report.isWhole() ? ExitCode.DONE : ExitCode.NOT_VALID;
        }
    }

    /** Each sample is written when it is finished: who ends the process at any time has what was done by then. */
    private void print(Sample sample, String text) {
        if (json) {
            console.out().println(SampleReport.json(sample, text));
        } else if (sample.complete()) {
            console.out().println(SampleReport.line(sample, text, weights));
        }
        console.written();
    }

    private void require(boolean holds, String option, long value) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, but was " + value);
        }
    }
}
