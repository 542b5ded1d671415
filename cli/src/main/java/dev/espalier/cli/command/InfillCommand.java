// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.Generation;
import dev.espalier.InfillMethod;
import dev.espalier.Infilling;
import dev.espalier.InfillingRequest;
import dev.espalier.Request;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.StopSignal;
import dev.espalier.cli.console.TimeLimit;
import dev.espalier.cli.options.CanvasOptions;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.FillTemplateName;
import dev.espalier.cli.options.InfillOptions;
import dev.espalier.cli.options.ModelOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.PromptOptions;
import dev.espalier.cli.report.InfillDisplay;
import dev.espalier.cli.report.InfillingReport;
import dev.espalier.cli.report.OutcomeJson;
import dev.espalier.cli.report.ReplayPage;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier infill}. */
@Command(
        name = "infill",
        mixinStandardHelpOptions = true,
        description = {
            "Fills gaps in a text, so that the whole is what a schema, grammar, regular expression or choice allows.",
            "A diffusion model sees what stands behind a gap and fills slots in any order.",
            "A canvas that cannot be filled is refused before the model is asked anything, with the number of slots",
            "that are needed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier infill --schema examples/ticket.schema.json --prompt-file examples/ticket.txt --trace \\",
            "      --canvas '{\"ticketNumber\":\"[[6]]\",\"reporter\":\"Mira Holm\",\"subject\":[[24]]'",
            "  espalier infill --schema examples/ticket.schema.json --prompt-file examples/ticket.txt --slots 80 \\",
            "      --policy fixed:2,entropy --replay replay.html",
            "  espalier infill --regex '[0-9]+ of [0-9]+' --canvas '[[1-3]] of [[2]]' --json",
            "  espalier infill --autoregressive --model DIR --template starcoder --grammar FILE --canvas @FILE"
        })
public final class InfillCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Mixin
    private final CanvasOptions canvasOptions = new CanvasOptions();

    @Mixin
    private final PromptOptions promptOptions = new PromptOptions();

    @Mixin
    private final ModelOptions modelOptions;

    @Mixin
    private final InfillOptions infillOptions = new InfillOptions();

    @Option(
            names = "--autoregressive",
            description = "Fill one gap after the other from left to right, with a model that writes that way.")
    private boolean autoregressive;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description =
                    "With --autoregressive, how the model is shown what stands behind a gap: starcoder, codegemma, "
                            + "deepseek, qwen, or continuation, the default: only the mask knows.")
    private @Nullable FillTemplateName template;

    @Option(names = "--time-limit", paramLabel = "SECONDS", description = "Give up after so long. Default: never.")
    private double timeLimit;

    @Option(
            names = "--trace",
            description = "The canvas after each step on standard error, animated where that is a terminal.")
    private boolean trace;

    @Option(
            names = "--replay",
            paramLabel = "FILE.html",
            description = "Write a page, one file for any browser, that replays how the slots were filled.")
    private @Nullable Path replay;

    @Option(names = "--json", description = "One JSON object on standard output, whatever the outcome.")
    private boolean json;

    @Option(names = "--stats", description = "Slots, forward passes and times on standard error.")
    private boolean stats;

    public InfillCommand(Console console) {
        this(console, new ModelOptions());
    }

    /** A command that opens models in a way of its own. */
    InfillCommand(Console console, ModelOptions modelOptions) {
        this.console = console;
        this.modelOptions = modelOptions;
    }

    @Override
    public Integer call() {
        check();
        NamedOutput named = constraint.one(console, SchemaOptions.DEFAULT);
        GappedText text = canvasOptions.read(console);
        String prompt = promptOptions.readIfGiven(console);
        SamplingParameters sampling = infillOptions.sampling();
        InfillMethod method = infillOptions.method(sampling, canvasOptions.maxSlots());
        named.source(); // a fault in it is told before a model is loaded
        try (StopSignal stop = new StopSignal();
                TimeLimit limit = new TimeLimit(timeLimit, stop.cancellation())) {
            int code = autoregressive
                    ? fill(
                            named,
                            Request.of(prompt, named.output()).with(sampling).with(stop.cancellation()),
                            text,
                            limit)
                    : infill(
                            named,
                            InfillingRequest.of(prompt, named.output(), text)
                                    .with(method)
                                    .with(stop.cancellation()),
                            limit);
            // before the signal lets the process end
            console.out().flush();
            console.err().flush();
            return code;
        }
    }

    private void check() {
        if (autoregressive) {
            infillOptions.refuse();
        } else if (template != null) {
            throw new ParameterException(
                    spec.commandLine(), "--template is for models that fill with --autoregressive");
        }
        if (timeLimit < 0) {
            throw new ParameterException(spec.commandLine(), "--time-limit must be above 0, but was " + timeLimit);
        }
        if (replay != null) {
            ReplayPage.check(replay);
        }
    }

    private String late(TimeLimit limit) {
        return limit.isReached() ? "the time limit of " + timeLimit + " s was reached: " : "";
    }

    private int infill(NamedOutput named, InfillingRequest<String> request, TimeLimit limit) {
        try (ModelOptions.OpenedInfiller opened =
                modelOptions.openInfiller(console, constraint.limits(), named.output())) {
            named.compile(opened.infiller().compiler());
            Infilling<String> infilling;
            try (InfillDisplay display =
                    InfillDisplay.of(console, opened.infiller().model().vocabulary(), trace)) {
                infilling = opened.infiller().infill(request.with(display));
            }
            InfillingReport report = new InfillingReport(infilling, request);
            if (stats) {
                console.err().println("espalier: " + report.summary());
            }
            if (replay != null) {
                new ReplayPage(infilling, request, opened.infiller().model(), named.name()).write(replay);
            }
            if (json) {
                console.out().println(report.json());
            } else if (report.exitCode() == ExitCode.DONE) {
                console.out().println(infilling.text());
            } else {
                console.err().println("espalier: " + late(limit) + report.reason());
            }
            return report.exitCode();
        }
    }

    private int fill(NamedOutput named, Request<String> request, GappedText text, TimeLimit limit) {
        FillTemplate asked = (template == null ? FillTemplateName.CONTINUATION : template).template();
        if (asked.isMarked()) {
            modelOptions.refuseChat("a prompt by --template " + asked.name());
        }
        try (ModelOptions.Opened opened = modelOptions.open(console, constraint.limits(), named.output())) {
            named.compile(opened.generator().compiler());
            Generation<String> filled = opened.generator().fill(request, text, asked);
            if (json) {
                console.out().println(OutcomeJson.of(filled, request));
            } else if (filled.value().isPresent()) {
                console.out().println(filled.text());
            } else {
                console.err().println("espalier: " + late(limit) + OutcomeJson.reason(filled));
            }
            if (stats) {
                console.err()
                        .println("espalier: " + filled.transcript().tokens().size() + " tokens in gaps, "
                                + filled.transcript().forwardPasses() + " forward passes");
            }
            return filled.value().isPresent() ? ExitCode.DONE : OutcomeJson.exitCode(filled.outcome());
        }
    }
}
