// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.ChatPrompting;
import dev.espalier.ChatTool;
import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.TokenProgress;
import dev.espalier.cli.options.LimitOptions;
import dev.espalier.cli.options.ModelOptions;
import dev.espalier.cli.options.PromptOptions;
import dev.espalier.cli.options.SamplingOptions;
import dev.espalier.cli.options.ThinkingOptions;
import dev.espalier.cli.report.AnswerLines;
import dev.espalier.cli.report.OutcomeJson;
import dev.espalier.cli.report.StreamForm;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.tool.TemplateConvention;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolChoice;
import dev.espalier.tool.ToolConvention;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code espalier call}. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a model answer with text, calls of tools, or both, in the way in which its family writes calls.",
            "The arguments of each call are valid for its tool. Prints what it says, and a line of JSON for each call."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier call --model DIR --tools tools.json --prompt 'Will it rain in Oslo tomorrow?'",
            "  espalier call --model DIR --tools tools.json --tool-choice required --max-calls 2 --prompt-file mail.txt",
            "  espalier call --model DIR --tools tools.json --tool-choice get_weather --prompt Oslo --json",
            "  espalier call --model DIR --tools tools.json --prompt 'Oslo and Bergen?' --stream text"
        })
public final class CallCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final LimitOptions limitOptions = new LimitOptions();

    @Mixin
    private final PromptOptions promptOptions = new PromptOptions();

    @Mixin
    private final ModelOptions modelOptions;

    @Mixin
    private final SamplingOptions samplingOptions = new SamplingOptions();

    @Option(
            names = "--tool-choice",
            paramLabel = "auto|none|required|NAME",
            description =
                    "Whether tools are called: where the model wants to, never, at least once and nothing else, or one call of a"
                            + " tool. Default: auto.")
    private String choice = "auto";

    @Option(names = "--max-calls", paramLabel = "N", description = "The most calls, 1 to 128. Default: 16.")
    private int most = ToolChoice.USUAL;

    @Option(
            names = "--tool-format",
            paramLabel = "NAME",
            description =
                    "How calls are written: the name of a convention. Default: as the model's chat template writes them; if no convention that is"
                            + " known does so, one is derived from the template, and told.")
    private @Nullable String format;

    @Mixin
    private final ThinkingOptions thinking = new ThinkingOptions();

    @Option(
            names = "--stream",
            paramLabel = "text|json|events",
            description =
                    "Prints while the answer is written: what is said as it comes, and each call once it is whole (text); a line of JSON for reasoning, what is"
                            + " said and each call, once they are whole (json); a line of JSON for each event (events).")
    private @Nullable StreamForm stream;

    @Option(names = "--json", description = "One JSON object on standard output, whatever the outcome.")
    private boolean json;

    public CallCommand(Console console) {
        this(console, new ModelOptions());
    }

    /** A command that opens models in a way of its own. */
    CallCommand(Console console, ModelOptions modelOptions) {
        this.console = console;
        this.modelOptions = modelOptions;
    }

    @Override
    public Integer call() {
        List<Tool> tools =
                modelOptions.tools(console).stream().map(CallCommand::tool).toList();
        if (tools.isEmpty()) {
            throw new InvalidInputException("expected --tools: a file with the tools that may be called");
        }
        String text = modelOptions.prompt(console, promptOptions);
        samplingOptions.check();
        if (json && stream != null) {
            throw new ParameterException(
                    spec.commandLine(), "--json is for answers that are whole; --stream json prints lines");
        }
        AtomicReference<TemplateConvention.@Nullable Proposal> known = new AtomicReference<>();
        try (TokenProgress progress =
                        TokenProgress.of(console, samplingOptions.parameters(0).maxTokens());
                ModelOptions.Opened opened =
                        modelOptions.open(console, limitOptions.limits(), Output.text(), Optional.empty(), model -> {
                            TemplateConvention.Proposal found = convention(model);
                            known.set(found);
                            return found.convention().on(model);
                        })) {
            TemplateConvention.Proposal convention = known.get();
            if (convention == null) {
                convention = convention(opened.model());
            }
            ToolCalls calls =
                    thinking.before(ToolCalls.of(convention.convention(), tools).with(choice(convention.mostCalls())));
            Request<ToolAnswer> request =
                    Request.of(text, calls.output()).with(thinking.of(samplingOptions.parameters(0)));
            if (stream != null) {
                progress.finish();
                return streamed(opened.generator(), request, calls, new AnswerLines(console, stream));
            }
            Generation<ToolAnswer> generation = opened.generator().generate(request.with(progress));
            progress.finish();
            return print(generation, request);
        }
    }

    private int streamed(Generator generator, Request<ToolAnswer> request, ToolCalls calls, AnswerLines lines) {
        Generation<ToolAnswer> generation = generator.generate(request.with(calls.listener(lines)));
        lines.end();
        return status(generation);
    }

    private static Tool tool(ChatTool told) {
        ObjectNode function =
                (ObjectNode) JsonMapper.shared().valueToTree(told.definition()).get("function");
        String parameters =
                function.has("parameters") ? function.get("parameters").toString() : "{\"type\":\"object\"}";
        return Tool.of(
                function.get("name").stringValue(), function.path("description").asString(""), parameters);
    }

    /** The convention, and how many calls it is known for. */
    private TemplateConvention.Proposal convention(@Nullable LanguageModel model) {
        if (format != null) {
            return new TemplateConvention.Proposal(ToolConvention.named(format), ToolCalls.MAX_CALLS);
        } else if (model == null) {
            throw new InvalidInputException("the embedded model calls no tools; name a --model, or a --tool-format");
        }
        ChatPrompting prompting = ChatPrompting.of(model);
        return TemplateConvention.known(prompting)
                .map(known -> new TemplateConvention.Proposal(known, ToolCalls.MAX_CALLS))
                .orElseGet(() -> derived(prompting));
    }

    private TemplateConvention.Proposal derived(ChatPrompting prompting) {
        TemplateConvention.Proposal proposal = TemplateConvention.propose(prompting);
        ToolConvention convention = proposal.convention();
        String call = convention.opening() + convention.call() + convention.closing();
        console.err()
                .println("espalier: no known convention; derived from the chat template: a call is written as "
                        + JsonMapper.shared().writeValueAsString(call) + ", arguments in the style "
                        + convention.style().id() + (proposal.mostCalls() == 1 ? ", one at most" : ""));
        return proposal;
    }

    private ToolChoice choice(int known) {
        int calls = most > ToolCalls.MAX_CALLS ? most : Math.min(most, known);
        return switch (choice) {
            case "auto" -> ToolChoice.AUTO.atMost(calls);
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED.atMost(calls);
            default -> ToolChoice.named(choice);
        };
    }

    private int print(Generation<ToolAnswer> generation, Request<ToolAnswer> request) {
        if (json) {
            ObjectNode object = OutcomeJson.of(generation, request);
            generation.value().ifPresent(answer -> object.set("answer", node(answer)));
            console.out().println(object);
        } else if (generation.value().isPresent()) {
            ToolAnswer answer = generation.value().get();
            if (!answer.text().isEmpty()) {
                console.out().println(answer.text());
            }
            answer.calls().forEach(call -> console.out().println(AnswerLines.node(call)));
        }
        return status(generation);
    }

    private int status(Generation<ToolAnswer> generation) {
        if (!json && generation.value().isEmpty()) {
            console.err().println("espalier: not complete: " + OutcomeJson.reason(generation));
        }
        return generation.value().isPresent() ? ExitCode.DONE : OutcomeJson.exitCode(generation.outcome());
    }

    private static ObjectNode node(ToolAnswer answer) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        answer.reasoning().ifPresent(thought -> node.put("reasoning", thought));
        node.put("text", answer.text());
        ArrayNode calls = node.putArray("calls");
        answer.calls().forEach(call -> calls.add(AnswerLines.node(call)));
        return node;
    }
}
