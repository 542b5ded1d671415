// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn.Thinking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether a request asks for reasoning, in the spellings of both endpoints.
 *
 * @param thinking whether the model reasons first
 * @param param the member that says so, or would
 * @param tokens the bound of reasoning in tokens
 */
record AskedReasoning(Thinking thinking, String param, OptionalInt tokens) {

    private static final String BUDGET = "thinking_token_budget";
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    /** What {@code reasoning_effort} and {@code chat_template_kwargs.enable_thinking} say, which may not contradict each other. */
    static AskedReasoning ofChat(Members request) {
        Optional<String> effort = request.oneOf("reasoning_effort", EFFORTS);
        Thinking asked = thinking(effort);
        Optional<Members> template = request.object("chat_template_kwargs");
        if (template.isPresent()) {
            Optional<JsonNode> enabled = template.get().any("enable_thinking");
            Thinking other = template.get().flag("enable_thinking", true) ? Thinking.ON : Thinking.OFF;
            template.get().end();
            if (enabled.isPresent() && effort.isPresent() && asked != other) {
                throw template.get()
                        .fault("enable_thinking", "contradiction", "reasoning_effort is \"" + effort.get() + "\"");
            } else if (enabled.isPresent()) {
                return of(request, other, template.get().param("enable_thinking"));
            }
        }
        return of(request, asked, "reasoning_effort");
    }

    /** What {@code reasoning.effort} says. */
    static AskedReasoning ofResponse(Members request) {
        Optional<Members> reasoning = request.object("reasoning");
        Optional<String> effort = reasoning.flatMap(one -> one.oneOf("effort", EFFORTS));
        reasoning.ifPresent(one -> {
            one.usual("summary", Set.of("\"auto\""));
            one.usual("generate_summary", Set.of("\"auto\""));
            one.end();
        });
        return of(request, thinking(effort), "reasoning.effort");
    }

    private static Thinking thinking(Optional<String> effort) {
        return effort.map(one -> one.equals("none") ? Thinking.OFF : Thinking.ON)
                .orElse(Thinking.MODEL);
    }

    private static AskedReasoning of(Members request, Thinking thinking, String param) {
        OptionalInt tokens = request.integer(BUDGET, 0, SamplingReader.MOST_TOKENS);
        if (thinking == Thinking.OFF && tokens.orElse(0) > 0) {
            throw request.fault(BUDGET, "contradiction", "there is no reasoning, as " + param + " says");
        }
        return new AskedReasoning(thinking, param, tokens);
    }

    /** Refuses reasoning of a model that is not known to reason. */
    void check(Members request, Assistant assistant) {
        if (!assistant.hasReasoning() && (thinking == Thinking.ON || tokens.isPresent())) {
            throw request.fault(
                    thinking == Thinking.ON ? param : BUDGET, "not-supported", "the model is not known to reason");
        }
    }
}
