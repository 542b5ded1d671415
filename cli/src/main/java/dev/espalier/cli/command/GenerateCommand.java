// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Request;
import dev.espalier.ValueStream;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.StreamedText;
import dev.espalier.cli.console.TokenProgress;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.ModelOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.PromptOptions;
import dev.espalier.cli.options.SamplingOptions;
import dev.espalier.cli.options.ThinkingOptions;
import dev.espalier.cli.report.ConfidenceReport;
import dev.espalier.cli.report.GenerationStatistics;
import dev.espalier.cli.report.OutcomeJson;
import dev.espalier.cli.report.ProbabilitiesJson;
import dev.espalier.cli.report.StepLog;
import dev.espalier.cli.report.StreamForm;
import dev.espalier.cli.report.StreamedLines;
import dev.espalier.cli.report.WeightsReport;
import dev.espalier.confidence.ConfidenceOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.OutputSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a model write what a schema, grammar, regular expression or choice allows.",
            "Prints the text when it is whole; else says why on standard error and ends with 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier generate --schema examples/invoice.schema.json --prompt-file examples/invoice.txt",
            "  espalier generate --schema examples/ticket.schema.json --prompt-file examples/ticket.txt \\",
            "      -n 4 --temperature 1 --seed 7 --json --stats",
            "  echo 'The parcel has arrived.' | espalier generate --choice positive,negative -",
            "  espalier generate --model DIR --regex '[0-9]{4}-[0-9]{2}-[0-9]{2}' --prompt 'Today is '"
        })
public final class GenerateCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Mixin
    private final PromptOptions promptOptions = new PromptOptions();

    @Mixin
    private final ModelOptions modelOptions;

    @Mixin
    private final SamplingOptions samplingOptions = new SamplingOptions();

    @Mixin
    private final ThinkingOptions thinking = new ThinkingOptions();

    @Option(
            names = "-n",
            paramLabel = "N",
            description = "How many texts, in shared forward passes, with seeds from --seed up. Default: 1.")
    private int count = 1;

    @Option(names = "--json", description = "One JSON object per text on standard output, whatever its outcome.")
    private boolean json;

    @Option(
            names = "--stream",
            paramLabel = "text|json|events",
            description = {
                "Print while the text is written: the text; members and items of the value, a line of JSON each, once they are",
                "known; or a line for each event. --json adds its object at the end."
            })
    private @Nullable StreamForm stream;

    @Option(
            names = "--stats",
            description = "Tokens, forward passes, times and what loading did to weights, on standard error.")
    private boolean stats;

    @Option(
            names = "--confidence",
            description = {
                "How sure the model is of each field: the probability of its value under the constraint, and the",
                "likeliest alternatives, on standard error, or with --json in the object."
            })
    private boolean confidence;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write one JSON object a step: when forward pass and mask began and ended, in microseconds.")
    private @Nullable Path trace;

    public GenerateCommand(Console console) {
        this(console, new ModelOptions());
    }

    /** A command that opens models in a way of its own. */
    GenerateCommand(Console console, ModelOptions modelOptions) {
        this.console = console;
        this.modelOptions = modelOptions;
    }

    @Override
    public Integer call() {
        NamedOutput named = constraint.one(console, SchemaOptions.DEFAULT).with(thinking::before);
        String text = modelOptions.prompt(console, promptOptions);
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "-n must be at least 1, but was " + count);
        }
        samplingOptions.check();
        if (samplingOptions.stops().length > 0 && !(named.output().source() instanceof OutputSource.FreeText)) {
            throw new ParameterException(spec.commandLine(), "--stop ends a --text, and there is none");
        }
        if (confidence && samplingOptions.stops().length > 0) {
            throw new ParameterException(spec.commandLine(), "--confidence is of whole texts, and --stop cuts them");
        }
        named.source(); // a fault in it is told before a model is loaded
        checkStream(named);
        List<Request<String>> requests = new ArrayList<>();
        long start = System.nanoTime();
        try (TokenProgress progress =
                        TokenProgress.of(console, samplingOptions.parameters(0).maxTokens());
                ModelOptions.Opened opened =
                        modelOptions.open(console, constraint.limits(), named.output(), samplingOptions.draftModel())) {
            long loaded = System.nanoTime();
            named.compile(opened.generator().compiler());
            StepLog steps = new StepLog();
            StreamedText streamed = new StreamedText(console, progress);
            DecodeListener first = isStreamed(named) ? streamed : progress;
            for (int i = 0; i < count; i++) {
                requests.add(Request.of(text, named.output())
                        .with(thinking.of(samplingOptions.parameters(i)))
                        .withStops(samplingOptions.stops())
                        .withAttempts(samplingOptions.attempts())
                        .with(steps.listener(i, i == 0 ? first : DecodeListener.NONE)));
            }
            GenerationStatistics report = new GenerationStatistics(loaded - start, steps);
            List<? extends Generation<?>> generations = generated(opened.generator(), requests);
            progress.finish();
            int code = ExitCode.DONE;
            for (int i = 0; i < count; i++) {
                code = Math.max(
                        code, print(generations.get(i), requests.get(i), streamed.isBegun() || stream != null, opened));
                report.add(generations.get(i));
            }
            if (stats) {
                opened.report().ifPresent(told -> WeightsReport.print(told, console));
                report.print(console);
            }
            if (trace != null) {
                write(trace, steps);
            }
            return code;
        }
    }

    private List<? extends Generation<?>> generated(Generator generator, List<Request<String>> requests) {
        if (stream != StreamForm.JSON && stream != StreamForm.EVENTS) {
            return generator.generateAll(requests);
        }
        try (ValueStream<String> values = generator.stream(requests.get(0))) {
            return List.of(
                    values.on(stream == StreamForm.JSON ? StreamedLines.parts(console) : StreamedLines.events(console))
                            .await());
        }
    }

    private void checkStream(NamedOutput named) {
        if (stream == null) {
            return;
        }
        boolean hasValues = named.output().source() instanceof OutputSource.Schema;
        String fault = count > 1
                ? "is for one text; leave -n out"
                : stream != StreamForm.TEXT && !hasValues
                        ? "is for values of a schema; --stream text prints other texts"
                        : samplingOptions.stops().length > 0
                                ? "prints a text to its end; leave --stop out"
                                : mayRestart(named)
                                        ? "cannot take back what it printed, and a keyword is checked at the end; give --attempts 1"
                                        : "";
        if (!fault.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--stream " + stream.name().toLowerCase(Locale.ROOT) + " " + fault);
        }
    }

    private boolean mayRestart(NamedOutput named) {
        return samplingOptions.attempts() > 1
                && samplingOptions.parameters(0).isRandom()
                && named.source().hasKeywords(Enforcement.CHECKED_AT_END);
    }

    /**
     * Whether the text is shown while it is written: that is asked for, or somebody looks, and nothing of it can be taken back or is left out.
     */
    private boolean isStreamed(NamedOutput named) {
        if (stream != null) {
            return stream == StreamForm.TEXT;
        }
        boolean isWhole = samplingOptions.stops().length == 0;
        return console.reader()
                && count == 1
                && !json
                && isWhole
                && !thinking.isWanted()
                && !named.source().hasKeywords(Enforcement.CHECKED_AT_END);
    }

    private static void write(Path file, StepLog steps) {
        try {
            WholeFile.write(
                    file, steps.trace().stream().map(line -> line + "\n").collect(Collectors.joining()));
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private int print(Generation<?> generation, Request<String> request, boolean isShown, ModelOptions.Opened opened) {
        Outcome outcome = generation.outcome();
        boolean valid = generation.value().isPresent();
        if (json) {
            ObjectNode object = OutcomeJson.of(generation, request);
            if (request.sampling().topTokens() > 0) {
                Vocabulary vocabulary = opened.generator().compiler().vocabulary();
                object.set(
                        "probabilities",
                        ProbabilitiesJson.of(outcome.transcript().probabilities(), vocabulary));
            }
            opened.report().ifPresent(report -> object.set("weights", WeightsReport.json(report)));
            if (confidence && outcome.isComplete()) {
                object.set("confidence", ConfidenceReport.json(generation.confidences(ConfidenceOptions.DEFAULT)));
            }
            console.out().println(object);
        } else if (valid) {
            if (!isShown) {
                console.out().println(generation.value().orElseThrow());
            }
            if (confidence) {
                ConfidenceReport.print(generation.confidences(ConfidenceOptions.DEFAULT), console);
            }
        } else {
            String what = outcome.isComplete() ? "not valid: " : "not complete: ";
            console.err().println("espalier: " + what + OutcomeJson.reason(generation));
            if (!generation.text().isEmpty() && !isShown) {
                console.err().println("espalier: written until then: " + generation.text());
            }
        }
        return valid ? ExitCode.DONE : OutcomeJson.exitCode(outcome);
    }
}
