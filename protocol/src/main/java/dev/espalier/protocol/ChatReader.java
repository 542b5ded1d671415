// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
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
    private static final String CONTINUED = "continue_final_message";
    private static final String BEGUN = "add_generation_prompt";

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
        Set<Integer> stopTokens = SamplingReader.stopTokens(request, model);
        boolean isShared = isShared(request);
        SamplingReader.Reasoning reasoning = SamplingReader.Reasoning.ofChat(request);
        Turn asked = turn(request, messages);
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
        if (constraint.isPresent()) {
            SamplingReader.checkStopTokens(
                    request,
                    stopTokens,
                    model,
                    "with " + constraint.get().param() + " the answer ends where it is whole");
        } else if (choice.isRequired()) {
            SamplingReader.checkStopTokens(
                    request, stopTokens, model, "with this tool_choice the answer has calls alone");
        }
        Turn turn = asked.withTools(tools.tools(), choice)
                .with(constraint
                        .<Output<?>>map(ConstraintReader.Constraint::output)
                        .orElse(Output.text()))
                .withThinking(reasoning.thinking(), reasoning.tokens())
                .withStops(stops)
                .withStopTokens(stopTokens)
                .withSharing(isShared)
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
        request.usual("echo", Set.of("false"));
    }

    /** Members of conversations, at endpoints that have none to go on with. */
    static void notContinued(Members request) {
        request.usual(BEGUN, Set.of("true"));
        request.usual(CONTINUED, Set.of("false"));
    }

    /** Whether what the model reads may be shared with requests that begin alike. */
    static boolean isShared(Members request) {
        return request.flag("cache_prompt", true);
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

    /** A conversation, whose last message is answered or goes on. */
    static Turn turn(Members request, List<ChatMessage> messages) {
        ChatMessage last = messages.get(messages.size() - 1);
        boolean isContinued = request.flag(CONTINUED, false);
        boolean isBegun = request.flag(BEGUN, !isContinued);
        if (isContinued && isBegun) {
            throw request.fault(BEGUN, "contradiction", "a message that goes on is not begun; leave it out");
        } else if (!isContinued && !isBegun) {
            throw request.fault(BEGUN, "not-supported", "false can be kept with " + CONTINUED + " alone");
        } else if (isContinued) {
            try {
                return Turn.of(messages).withContinuation(true);
            } catch (InvalidInputException e) {
                throw ProtocolException.of(e, CONTINUED);
            }
        }
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
