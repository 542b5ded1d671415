// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.assistant.Turn;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests of {@code /v1/responses}. */
final class ResponseReader {

    /** The members of a request that its answer repeats. */
    private static final List<String> REPEATED = List.of(
            "instructions",
            "max_output_tokens",
            "temperature",
            "top_p",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "top_logprobs",
            "metadata");

    private static final String LOGPROBS = "message.output_text.logprobs";

    private final List<ChatMessage> messages = new ArrayList<>();
    private final Map<String, String> called = new HashMap<>();
    private List<Object> calls = new ArrayList<>();
    private @Nullable String said;

    private ResponseReader() {}

    static Call read(Members request, ServedModel model) {
        List<ChatMessage> messages = new ResponseReader().messages(request);
        ToolReader tools = new ToolReader(request, true);
        ToolChoice choice = tools.choice();
        Optional<ConstraintReader.Constraint> constraint = constraint(request);
        OptionalInt most = SamplingReader.mostTokens(request, "max_output_tokens");
        boolean isStreamed = request.flag("stream", false);
        request.object("stream_options").ifPresent(options -> {
            options.usual("include_obfuscation", Set.of("false"));
            options.end();
        });
        SamplingParameters sampling =
                SamplingReader.sampling(request, model.assistant().vocabulary().size());
        SamplingReader.Reasoning reasoning = SamplingReader.Reasoning.ofResponse(request);
        request.unsupported("previous_response_id", "conversation", "prompt", "max_tool_calls");
        request.usual("truncation", Set.of("\"disabled\""));
        OptionalInt top = top(request);
        request.usual("background", Set.of("false"));
        boolean isShared = ChatReader.isShared(request);
        ChatReader.common(request);
        ChatReader.notContinued(request);
        request.end();
        Turn turn = Turn.of(messages)
                .withTools(tools.tools(), choice)
                .with(constraint
                        .<Output<?>>map(ConstraintReader.Constraint::output)
                        .orElse(Output.text()))
                .withThinking(reasoning.thinking(), reasoning.tokens())
                .withSharing(isShared);
        ChatReader.checkTools(request, turn, model.assistant());
        reasoning.check(request, model.assistant());
        int prompt = ChatReader.prompt(turn, model.assistant(), "input");
        return new ResponseCall(
                model,
                turn.with((top.isPresent() ? SamplingReader.weighed(sampling, top.getAsInt()) : sampling)
                        .withMaxTokens(ChatReader.room(request, "input", model, prompt, most))),
                isStreamed,
                top,
                tools.custom(),
                new FormParts(constraint, tools.parts(), "max_output_tokens"),
                repeated(request.node(), sampling));
    }

    /** How many of the likeliest tokens are told of beside each token; empty if none is told of. */
    private static OptionalInt top(Members request) {
        List<String> include = request.texts("include").orElse(List.of());
        for (int i = 0; i < include.size(); i++) {
            if (!include.get(i).equals(LOGPROBS)) {
                throw request.fault("include[" + i + "]", "not-supported", "only " + LOGPROBS + " can be kept");
            }
        }
        OptionalInt top = request.integer("top_logprobs", 0, 20);
        if (top.isPresent() && include.isEmpty()) {
            throw request.fault("top_logprobs", "contradiction", "needs " + LOGPROBS + " in include");
        }
        return include.isEmpty() ? OptionalInt.empty() : OptionalInt.of(top.orElse(0));
    }

    private static ObjectNode repeated(ObjectNode request, SamplingParameters sampling) {
        ObjectNode repeated = JsonNodeFactory.instance.objectNode();
        repeated.putNull("instructions");
        repeated.putObject("metadata");
        repeated.put("parallel_tool_calls", true);
        repeated.put("temperature", sampling.temperature());
        repeated.put("tool_choice", "auto");
        repeated.putArray("tools");
        repeated.put("top_p", sampling.topP());
        for (String name : REPEATED) {
            if (request.hasNonNull(name)) {
                repeated.set(name, request.get(name));
            }
        }
        return repeated;
    }

    private static Optional<ConstraintReader.Constraint> constraint(Members request) {
        Optional<Members> text = request.object("text");
        List<ConstraintReader.Constraint> found = new ArrayList<>();
        text.flatMap(one -> one.object("format"))
                .flatMap(ConstraintReader::flat)
                .ifPresent(found::add);
        text.ifPresent(one -> {
            one.usual("verbosity", Set.of("\"medium\""));
            one.end();
        });
        found.addAll(ConstraintReader.others(request));
        return ConstraintReader.only(found);
    }

    private List<ChatMessage> messages(Members request) {
        request.text("instructions").ifPresent(text -> messages.add(new ChatMessage("system", text)));
        JsonNode input = request.any("input").orElseThrow(() -> request.fault("input", "missing", "is missing"));
        if (input.isString()) {
            messages.add(new ChatMessage("user", input.stringValue()));
            return messages;
        }
        List<JsonNode> items = request.array("input").orElseThrow();
        for (int i = 0; i < items.size(); i++) {
            item(Members.of(items.get(i), "input[" + i + "]"));
        }
        endCalls();
        if (messages.isEmpty() || !messages.get(messages.size() - 1).wantsAnswer()) {
            throw request.fault("input", "no-question", "there is nothing at its end that is to be answered");
        }
        return messages;
    }

    private void item(Members item) {
        String type = item.text("type").orElse("message");
        item.dropped(Set.of("id", "status"));
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> {
                String id = item.required("call_id");
                String name = item.required("name");
                call(id, name, MessageReader.arguments(item));
            }
            case "custom_tool_call" -> {
                String id = item.required("call_id");
                call(id, item.required("name"), Map.of(Tool.TEXT, item.required("input")));
            }
            case "function_call_output", "custom_tool_call_output" -> result(item);
            case "reasoning" -> item.dropped(Set.of("summary", "content", "encrypted_content"));
            default -> throw item.fault("type", "not-supported", type + " is not known here");
        }
        item.end();
    }

    private void message(Members item) {
        endCalls();
        String role = item.required("role");
        String content = MessageReader.content(item).orElseThrow(() -> item.fault("content", "missing", "is missing"));
        item.dropped(Set.of("phase"));
        switch (role) {
            case "system", "developer" -> messages.add(new ChatMessage("system", content));
            case "user" -> messages.add(new ChatMessage("user", content));
            case "assistant" -> said = content;
            default -> throw item.fault("role", "unknown-value", "expected system, developer, user or assistant");
        }
    }

    private void call(String id, String name, Object arguments) {
        called.put(id, name);
        calls.add(ChatMessage.call(id, name, arguments));
    }

    /** What the assistant has said and called until here is one message. */
    private void endCalls() {
        if (said == null && calls.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "assistant");
        members.put("content", said == null ? "" : said);
        if (!calls.isEmpty()) {
            members.put("tool_calls", calls);
        }
        messages.add(new ChatMessage(members));
        calls = new ArrayList<>();
        said = null;
    }

    private void result(Members item) {
        endCalls();
        String id = item.required("call_id");
        String name = MessageReader.called(item, "call_id", id, called);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "tool");
        members.put(
                "content",
                MessageReader.content(item, "output").orElseThrow(() -> item.fault("output", "missing", "is missing")));
        members.put("tool_call_id", id);
        members.put("name", name);
        messages.add(new ChatMessage(members));
    }
}
