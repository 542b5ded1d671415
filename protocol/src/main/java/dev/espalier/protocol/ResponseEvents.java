// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Answer;
import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.ToolCall;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The events of an answer of {@code /v1/responses}. One answer, one thread. */
final class ResponseEvents implements AnswerListener {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private enum Open {
        NOTHING,
        REASONING,
        TEXT,
        CALL
    }

    private final ResponseCall call;
    private final Frames frames;
    private final Interruption interruption;
    private final ResponseItems items;
    private final ContentTokens tokens;
    private ArrayNode logprobs = NODES.arrayNode();
    private final ObjectNode head;
    private int sequence;
    private boolean isBegun;
    private boolean isGone;
    private Open open = Open.NOTHING;
    private @Nullable ObjectNode item;
    private final StringBuilder written = new StringBuilder();

    ResponseEvents(ResponseCall call, Frames frames, Interruption interruption) {
        this.call = call;
        this.frames = frames;
        this.interruption = interruption;
        this.items = new ResponseItems(call.custom());
        this.tokens = call.tokens();
        this.head = call.head(ResponseCall.id("resp"));
    }

    void run() {
        Answer answer;
        try {
            answer = call.answer(call.turn().with(this).with(tokens), interruption);
        } catch (ProtocolException e) {
            if (!isBegun) {
                throw e;
            }
            fail(e);
            return;
        }
        begin();
        end();
        if (items.all().isEmpty()) {
            text("");
            end();
        }
        ResponseCall.ended(head, answer, items.all());
        send("response." + head.get("status").stringValue(), event().set("response", head));
    }

    private void fail(ProtocolException e) {
        head.put("status", "failed");
        head.putObject("error").put("code", "server_error").put("message", e.getMessage());
        send("response.failed", event().set("response", head));
    }

    private void begin() {
        if (!isBegun) {
            isBegun = true;
            send("response.created", event().set("response", head.deepCopy()));
            send("response.in_progress", event().set("response", head.deepCopy()));
        }
    }

    private ObjectNode event() {
        return NODES.objectNode();
    }

    /** An event of the item that is open. */
    private ObjectNode ofItem() {
        return event().put("item_id", current().get("id").stringValue())
                .put("output_index", items.all().size() - 1);
    }

    private ObjectNode current() {
        return Objects.requireNonNull(item);
    }

    private void send(String type, Object event) {
        if (isGone) {
            return;
        }
        ObjectNode data = NODES.objectNode().put("type", type).put("sequence_number", sequence++);
        data.setAll((ObjectNode) event);
        try {
            frames.send(type, data);
        } catch (RuntimeException nobody) {
            isGone = true;
            interruption.end(ProtocolException.gone());
        }
    }

    private void open(Open kind, ObjectNode begun, @Nullable ObjectNode part) {
        open = kind;
        item = begun;
        written.setLength(0);
        ObjectNode first = begun.deepCopy().put("status", "in_progress");
        if (part != null) {
            first.putArray("content");
        } else {
            first.put(items.isCustom(begun.get("name").stringValue()) ? "input" : "arguments", "");
        }
        send(
                "response.output_item.added",
                event().put("output_index", items.all().size() - 1).set("item", first));
        if (part != null) {
            send("response.content_part.added", ofItem().put("content_index", 0).set("part", part));
        }
    }

    @Override
    public void onReasoning(String chunk) {
        tokens.whenKnown(() -> reasoning(chunk));
    }

    private void reasoning(String chunk) {
        begin();
        if (open != Open.REASONING) {
            end();
            open(Open.REASONING, items.reasoning(""), ResponseItems.thought(""));
        }
        written.append(chunk);
        send("response.reasoning_text.delta", ofItem().put("content_index", 0).put("delta", chunk));
    }

    @Override
    public void onTextBegin(int place) {
        tokens.begin(place);
    }

    @Override
    public void onText(String chunk) {
        tokens.whenKnown(() -> text(chunk));
    }

    private void text(String chunk) {
        begin();
        if (open != Open.TEXT) {
            end();
            open(Open.TEXT, items.text("", NODES.arrayNode()), ResponseItems.part("", NODES.arrayNode()));
            logprobs = NODES.arrayNode();
        }
        written.append(chunk);
        ArrayNode next = tokens.next(chunk);
        logprobs.addAll(next);
        ObjectNode delta = ofItem().put("content_index", 0).put("delta", chunk);
        delta.set("logprobs", next);
        send("response.output_text.delta", delta);
    }

    @Override
    public void onCallBegin(int number, String id, String name) {
        tokens.whenKnown(() -> {
            begin();
            end();
            open(Open.CALL, items.called(id, name), null);
        });
    }

    @Override
    public void onArguments(int number, String chunk) {
        tokens.whenKnown(() -> {
            if (!items.isCustom(current().get("name").stringValue())) {
                send("response.function_call_arguments.delta", ofItem().put("delta", chunk));
            }
        });
    }

    @Override
    public void onCall(int number, ToolCall whole) {
        tokens.whenKnown(() -> called(whole));
    }

    private void called(ToolCall whole) {
        if (items.isCustom(whole.name())) {
            String input = ChatCall.input(whole);
            current().put("input", input);
            send("response.custom_tool_call_input.delta", ofItem().put("delta", input));
            send("response.custom_tool_call_input.done", ofItem().put("input", input));
        } else {
            current().put("arguments", whole.arguments());
            send(
                    "response.function_call_arguments.done",
                    ofItem().put("name", whole.name()).put("arguments", whole.arguments()));
        }
        end();
    }

    @Override
    public void onRestart() {
        if (isBegun) {
            ProtocolException restart = ProtocolException.restart();
            fail(restart);
            isGone = true;
            interruption.end(restart);
        }
    }

    /** Ends the item that is open. */
    private void end() {
        if (open == Open.NOTHING) {
            return;
        }
        if (open != Open.CALL) {
            boolean isText = open == Open.TEXT;
            String text = written.toString();
            ObjectNode part = isText ? ResponseItems.part(text, logprobs) : ResponseItems.thought(text);
            ObjectNode done = ofItem().put("content_index", 0).put("text", text);
            if (isText) {
                done.set("logprobs", logprobs);
            }
            current().putArray("content").add(part);
            send(isText ? "response.output_text.done" : "response.reasoning_text.done", done);
            send("response.content_part.done", ofItem().put("content_index", 0).set("part", part));
        }
        send(
                "response.output_item.done",
                event().put("output_index", items.all().size() - 1)
                        .set("item", current().deepCopy()));
        open = Open.NOTHING;
    }
}
