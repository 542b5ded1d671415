// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatMessage;
import dev.espalier.ChatPrompting;
import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Request;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model call tools, runs them, tells it the results, and so on until it answers with text alone. What a tool throws is told to the model as its result. Immutable; thread-safe if the
 * tools' functions are.
 *
 * <pre>{@code
 * ToolLoop loop = ToolLoop.of(model, List.of(weather, traffic));
 * ToolLoop.Run run = loop.run(List.of(new ChatMessage("user", "Do I need an umbrella?")));
 * System.out.println(run.answer().text());
 * }</pre>
 */
public final class ToolLoop {

    /** The most steps unless another number is set. */
    public static final int USUAL_STEPS = 8;

    private final LanguageModel model;
    private final ChatPrompting prompting;
    private final ToolCalls calls;
    private final SamplingParameters sampling;
    private final int most;
    private final Optional<Executor> executor;

    private ToolLoop(
            LanguageModel model,
            ChatPrompting prompting,
            ToolCalls calls,
            SamplingParameters sampling,
            int most,
            Optional<Executor> executor) {
        this.model = model;
        this.prompting = prompting;
        this.calls = calls;
        this.sampling = sampling;
        this.most = most;
        this.executor = executor;
    }

    /**
     * How a run went.
     *
     * @param messages the whole conversation: what was given, each answer, each result
     * @param answer the last answer
     * @param steps how many answers the model wrote
     * @param isFinished whether the last answer calls no tool; if not, the steps were used up
     */
    public record Run(List<ChatMessage> messages, ToolAnswer answer, int steps, boolean isFinished) {

        /** Copies the list. */
        public Run {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A loop with the convention of the model's chat template.
     *
     * @throws InvalidInputException if a tool has no function, the model brings no template, or its convention is not known
     */
    public static ToolLoop of(LanguageModel model, List<Tool> tools) {
        ChatPrompting prompting = ChatPrompting.of(model);
        return of(model, prompting, ToolCalls.of(TemplateConvention.of(prompting), tools));
    }

    /**
     * A loop with a prompting and calls of the caller's, who has told the prompting nothing of the tools.
     *
     * @throws InvalidInputException if a tool has no function
     */
    public static ToolLoop of(LanguageModel model, ChatPrompting prompting, ToolCalls calls) {
        calls.tools().forEach(tool -> {
            if (tool.function().isEmpty()) {
                throw new InvalidInputException("the tool \"" + tool.name() + "\" has no function to run");
            }
        });
        ChatPrompting told =
                prompting.withTools(calls.tools().stream().map(Tool::told).toList());
        return new ToolLoop(model, told, calls, SamplingParameters.DEFAULT, USUAL_STEPS, Optional.empty());
    }

    /** The same with other parameters. */
    public ToolLoop with(SamplingParameters other) {
        return new ToolLoop(model, prompting, calls, Objects.requireNonNull(other, "other"), most, executor);
    }

    /** The same with at most so many answers. */
    public ToolLoop atMost(int steps) {
        if (steps < 1) {
            throw new InvalidInputException("expected at least 1 step, but not " + steps);
        }
        return new ToolLoop(model, prompting, calls, sampling, steps, executor);
    }

    /**
     * The same, in which a call is run on an executor as soon as its text is closed, while the rest of the answer is still being written. Results are told in the order of the calls. What was begun
     * of an answer that is begun anew, or not completed, is cancelled: a function that runs is interrupted, one that has run has run.
     */
    public ToolLoop runningOn(Executor other) {
        return new ToolLoop(model, prompting, calls, sampling, most, Optional.of(other));
    }

    /**
     * Runs a conversation that ends with a message to be answered.
     *
     * @throws dev.espalier.core.error.EspalierException if an answer could not be completed
     */
    public Run run(List<ChatMessage> conversation) {
        List<ChatMessage> messages = new ArrayList<>(conversation);
        for (int step = 1; ; step++) {
            RunningCalls running = new RunningCalls(this::result, executor);
            ToolAnswer answer = answer(messages, step < most ? running : AnswerListener.NONE);
            messages.add(answer.message());
            if (answer.calls().isEmpty() || step == most) {
                return new Run(messages, answer, step, answer.calls().isEmpty());
            }
            messages.addAll(running.results(answer.calls()));
        }
    }

    private ToolAnswer answer(List<ChatMessage> messages, AnswerListener running) {
        try (Generator generator =
                Generator.of(calls.convention().on(model), prompting.withMessages(messages), Limits.DEFAULT)) {
            Request<ToolAnswer> request = Request.of("", calls.output()).with(sampling);
            Generation<ToolAnswer> generation =
                    generator.generate(executor.isPresent() ? request.with(calls.listener(running)) : request);
            return generation.orElseThrow();
        } catch (RuntimeException | Error e) {
            running.onRestart();
            throw e;
        }
    }

    private ChatMessage result(ToolCall call) {
        Tool tool = calls.tools().stream()
                .filter(each -> each.name().equals(call.name()))
                .findFirst()
                .orElseThrow();
        String content;
        try {
            content = tool.function().orElseThrow().apply(call.arguments());
        } catch (RuntimeException e) {
            content = "error: " + e.getMessage();
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "tool");
        members.put("content", content);
        members.put("tool_call_id", call.id());
        members.put("name", call.name());
        return new ChatMessage(members);
    }
}
