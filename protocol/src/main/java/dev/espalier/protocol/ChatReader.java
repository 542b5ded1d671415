// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tool.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads requests of {@code /v1/chat/completions}. */
final class ChatReader {

    private static final int MOST_CHOICES = 64;
    private static final String MESSAGES = "messages";

    private ChatReader() {}

    static Call read(Members request, ServedModel model) {
        List<ChatMessage> messages = MessageReader.read(request);
        ToolReader tools = new ToolReader(request, false);
        ToolChoice choice = tools.choice();
        Optional<ConstraintReader.Constraint> constraint = ConstraintReader.read(request);
        OptionalInt most = SamplingReader.mostTokens(request, "max_completion_tokens", "max_tokens");
        OptionalInt top = SamplingReader.topTokens(request);
        boolean isStreamed = request.flag("stream", false);
        boolean hasUsage = usage(request, isStreamed);
        int choices = request.integer("n", 1, MOST_CHOICES).orElse(1);
        SamplingParameters sampling =
                SamplingReader.sampling(request, model.assistant().vocabulary().size());
        List<String> stops = SamplingReader.stops(request);
        SamplingReader.Reasoning reasoning = SamplingReader.Reasoning.ofChat(request);
        int priority = request.integer("priority", -1000, 1000).orElse(0);
        common(request);
        request.end();
        if (top.isPresent()) {
            sampling = SamplingReader.weighed(sampling, top.getAsInt());
        }
        if (!stops.isEmpty() && constraint.isPresent()) {
            throw request.fault(
                    "stop",
                    "contradiction",
                    "ends free text; with " + constraint.get().param() + " the answer ends where it is whole");
        } else if (!stops.isEmpty() && choice.isRequired()) {
            throw request.fault(
                    "stop", "contradiction", "ends free text; with this tool_choice the answer has calls alone");
        }
        Turn turn = turn(request, messages)
                .withTools(tools.tools(), choice)
                .with(constraint
                        .<Output<?>>map(ConstraintReader.Constraint::output)
                        .orElse(Output.text()))
                .withThinking(reasoning.thinking(), reasoning.tokens())
                .withStops(stops)
                .withPriority(-priority);
        checkTools(request, turn, model.assistant());
        reasoning.check(request, model.assistant());
        int prompt = prompt(turn, model.assistant(), MESSAGES);
        Turn whole = turn.with(sampling.withMaxTokens(room(request, MESSAGES, model, prompt, most)));
        return new ChatCall(
                model,
                whole,
                choices,
                isStreamed,
                hasUsage,
                top,
                tools.custom(),
                new FormParts(
                        constraint, tools.parts(), request.has("max_tokens") ? "max_tokens" : "max_completion_tokens"));
    }

    /** Members of both endpoints that mean nothing here, or only as they usually are. */
    static void common(Members request) {
        request.dropped(SamplingReader.DROPPED);
        request.usual("store", Set.of("false", "true")); // nothing is stored
        request.usual("verbosity", Set.of("\"medium\""));
        request.usual("modalities", Set.of("[\"text\"]"));
        request.usual("ignore_eos", Set.of("false"));
        request.usual("min_tokens", Set.of("0"));
        request.usual("skip_special_tokens", Set.of("true"));
        request.usual("include_stop_str_in_output", Set.of("false"));
        request.usual("add_generation_prompt", Set.of("true"));
        request.usual("continue_final_message", Set.of("false"));
        request.usual("echo", Set.of("false"));
    }

    private static boolean usage(Members request, boolean isStreamed) {
        Optional<Members> options = request.object("stream_options");
        if (options.isEmpty()) {
            return false;
        } else if (!isStreamed) {
            throw request.fault("stream_options", "contradiction", "needs stream to be true");
        }
        boolean isWanted = options.get().flag("include_usage", false);
        options.get().usual("include_obfuscation", Set.of("false"));
        options.get().end();
        return isWanted;
    }

    private static Turn turn(Members request, List<ChatMessage> messages) {
        ChatMessage last = messages.get(messages.size() - 1);
        if (!last.wantsAnswer()) {
            throw request.fault(
                    MESSAGES,
                    "no-question",
                    "the last message is of the role " + last.role() + ", and nothing that is to be answered");
        }
        return Turn.of(messages);
    }

    /** Refuses tools of a model that calls none. */
    static void checkTools(Members request, Turn turn, Assistant assistant) {
        if (!turn.tools().isEmpty() && !assistant.hasTools()) {
            throw request.fault("tools", "not-supported", "the model's chat template does not show how it calls tools");
        }
    }

    /**
     * How many tokens a prompt has.
     *
     * @param param the member that has it
     */
    static int prompt(Turn turn, Assistant assistant, String param) {
        try {
            return assistant.promptTokens(turn).length;
        } catch (EspalierException e) {
            throw ProtocolException.of(e, param);
        }
    }

    /**
     * How many tokens an answer may have: as the request says, and no more than the model has room for.
     *
     * @param param the member that has the prompt
     */
    static int room(Members request, String param, ServedModel model, int prompt, OptionalInt most) {
        int left = model.assistant().contextLength() - prompt;
        if (left < 1) {
            throw request.fault(
                    param,
                    "context_length_exceeded",
                    "the prompt has " + prompt + " tokens, and the model has room for "
                            + model.assistant().contextLength());
        }
        return Math.min(left, most.orElse(model.mostTokens()));
    }
}
