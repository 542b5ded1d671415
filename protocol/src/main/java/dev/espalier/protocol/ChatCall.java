// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Turn;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of {@code /v1/chat/completions}.
 *
 * @param model who answers
 * @param turn what is asked
 * @param choices how many answers
 * @param isStreamed whether the answer comes in frames
 * @param hasUsage whether the last frame tells of tokens
 * @param top how many of the likeliest tokens are told of beside each token; empty if none is told of
 * @param custom the names of tools that take a text
 * @param parts what its form is made of
 */
record ChatCall(
        ServedModel model,
        Turn turn,
        int choices,
        boolean isStreamed,
        boolean hasUsage,
        OptionalInt top,
        Set<String> custom,
        FormParts parts)
        implements Call {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public String constraint() {
        return parts.asked();
    }

    @Override
    public String form() {
        return parts.member();
    }

    @Override
    public void compile(Cancellation cancellation) {
        try {
            model.assistant().compile(turn(0, cancellation));
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException e) {
            throw parts.fault(e, model.assistant(), turn);
        }
    }

    @Override
    public ObjectNode answer(Interruption interruption) {
        List<Turn> turns = new ArrayList<>();
        List<SaidTokens> tokens = new ArrayList<>();
        for (int i = 0; i < choices; i++) {
            ContentTokens own = tokens();
            SaidTokens said = new SaidTokens(own);
            tokens.add(said);
            turns.add(turn(i, interruption.cancellation()).with(said).with(own));
        }
        List<Answer> answers = answers(turns, interruption);
        ObjectNode body = head(id(), "chat.completion", now());
        ArrayNode all = body.putArray("choices");
        for (int i = 0; i < choices; i++) {
            Answer answer = kept(answers.get(i), interruption);
            ObjectNode choice = all.addObject().put("index", i);
            choice.set("message", message(answer.said()));
            choice.put("finish_reason", finish(answer));
            choice.set("logprobs", logprobs(tokens.get(i).all()));
        }
        body.set("usage", usage(answers));
        return body;
    }

    private List<Answer> answers(List<Turn> turns, Interruption interruption) {
        try {
            return model.assistant().answers(turns);
        } catch (EspalierException e) {
            throw e instanceof CancelledException ? interruption.cause() : parts.fault(e, model.assistant(), turn);
        }
    }

    private Turn turn(int index, Cancellation cancellation) {
        SamplingParameters sampling =
                turn.sampling().withSeed(SamplingReader.seed(turn.sampling().seed(), index));
        return turn.with(sampling).with(turn.cancellation().or(cancellation));
    }

    /** An answer that keeps what was asked for: whole, or free text that ends before its time. */
    private Answer kept(Answer answer, Interruption interruption) {
        if (answer.keeps(turn)) {
            return answer;
        }
        throw interruption.error(answer.failure().orElseThrow(), form(), parts.budget());
    }

    private ObjectNode head(String id, String object, long created) {
        return NODES.objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model.id());
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String id() {
        return "chatcmpl-" + UUID.randomUUID();
    }

    private ObjectNode message(ToolAnswer said) {
        ObjectNode message = NODES.objectNode().put("role", "assistant");
        if (said.text().isEmpty() && !said.calls().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", said.text());
        }
        message.putNull("refusal");
        said.reasoning().ifPresent(thought -> message.put("reasoning_content", thought));
        if (!said.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            said.calls().forEach(call -> calls.add(whole(call)));
        }
        return message;
    }

    private ObjectNode whole(ToolCall call) {
        ObjectNode node = NODES.objectNode().put("id", call.id());
        if (custom.contains(call.name())) {
            node.put("type", "custom")
                    .putObject("custom")
                    .put("name", call.name())
                    .put("input", input(call));
        } else {
            node.put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
        return node;
    }

    /** The text that a custom tool is given. */
    static String input(ToolCall call) {
        return JsonMapper.shared().readTree(call.arguments()).get(Tool.TEXT).stringValue();
    }

    private static String finish(Answer answer) {
        return switch (answer.finish()) {
            case CALLS -> "tool_calls";
            case LENGTH -> "length";
            default -> "stop";
        };
    }

    private ContentTokens tokens() {
        return new ContentTokens(model.assistant(), top.orElse(0), top.isPresent());
    }

    private JsonNode logprobs(ArrayNode tokens) {
        if (top.isEmpty()) {
            return NODES.nullNode();
        }
        ObjectNode logprobs = NODES.objectNode();
        logprobs.set("content", tokens);
        return logprobs.putNull("refusal");
    }

    private static ObjectNode usage(List<Answer> answers) {
        int prompt = answers.get(0).usage().promptTokens();
        int written =
                answers.stream().mapToInt(one -> one.usage().writtenTokens()).sum();
        ObjectNode usage = NODES.objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", written)
                .put("total_tokens", prompt + written);
        usage.putObject("prompt_tokens_details")
                .put(
                        "cached_tokens",
                        answers.stream()
                                .mapToInt(one -> one.usage().sharedTokens())
                                .min()
                                .orElse(0)); // choices share the prompt with each other, too
        usage.putObject("completion_tokens_details")
                .put(
                        "reasoning_tokens",
                        answers.stream().mapToInt(Answer::reasoningTokens).sum())
                .put(
                        "forced_tokens",
                        answers.stream()
                                .mapToInt(one -> one.usage().forcedTokens())
                                .sum());
        return usage;
    }

    @Override
    public void stream(Frames frames, Interruption interruption) {
        Chunks chunks = new Chunks(frames, interruption);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < choices; i++) {
            ContentTokens tokens = tokens();
            turns.add(turn(i, interruption.cancellation())
                    .with(chunks.choice(i, tokens))
                    .with(tokens));
        }
        List<Answer> answers;
        try {
            answers = answers(turns, interruption);
        } catch (ProtocolException e) {
            if (!chunks.isBegun) {
                throw e;
            }
            chunks.fail(e);
            return;
        }
        chunks.end(answers);
    }

    /** The frames of one answer. */
    private final class Chunks {

        private final Frames frames;
        private final Interruption interruption;
        private final String id = id();
        private final long created = now();
        private boolean isBegun;
        private boolean isGone;

        Chunks(Frames frames, Interruption interruption) {
            this.frames = frames;
            this.interruption = interruption;
        }

        private ObjectNode chunk() {
            return head(id, "chat.completion.chunk", created);
        }

        /** Tells who speaks in each choice before anything else. */
        private void begin() {
            if (!isBegun) {
                isBegun = true;
                for (int i = 0; i < choices; i++) {
                    send(i, NODES.objectNode().put("role", "assistant").put("content", ""), null, NODES.nullNode());
                }
            }
        }

        private void send(int index, ObjectNode delta, @Nullable String finish, JsonNode logprobs) {
            ObjectNode chunk = chunk();
            ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
            choice.set("delta", delta);
            choice.put("finish_reason", finish);
            choice.set("logprobs", logprobs);
            if (hasUsage) {
                chunk.putNull("usage");
            }
            send(chunk);
        }

        private void send(ObjectNode chunk) {
            if (isGone) {
                return;
            }
            try {
                frames.send("", chunk);
            } catch (RuntimeException nobody) {
                isGone = true;
                interruption.end(ProtocolException.gone());
            }
        }

        void fail(ProtocolException error) {
            send(error.body());
        }

        void end(List<Answer> answers) {
            begin();
            for (int i = 0; i < choices; i++) {
                Answer answer;
                try {
                    answer = kept(answers.get(i), interruption);
                } catch (ProtocolException e) {
                    fail(e);
                    return;
                }
                send(i, NODES.objectNode(), finish(answer), NODES.nullNode());
            }
            if (hasUsage) {
                ObjectNode last = chunk();
                last.putArray("choices");
                last.set("usage", usage(answers));
                send(last);
            }
            if (!isGone) {
                frames.done();
            }
        }

        AnswerListener choice(int index, ContentTokens tokens) {
            return new AnswerListener() {

                /** The numbers of calls that take a text, which is told when it is whole. */
                private final Set<Integer> texts = new HashSet<>();

                @Override
                public void onReasoning(String chunk) {
                    send(NODES.objectNode().put("reasoning_content", chunk));
                }

                @Override
                public void onTextBegin(int place) {
                    tokens.begin(place);
                }

                @Override
                public void onText(String chunk) {
                    tokens.whenKnown(() -> {
                        begin();
                        JsonNode logprobs = logprobs(tokens.next(chunk));
                        Chunks.this.send(index, NODES.objectNode().put("content", chunk), null, logprobs);
                    });
                }

                @Override
                public void onCallBegin(int number, String id, String name) {
                    if (custom.contains(name)) {
                        texts.add(number);
                    } else {
                        ObjectNode call = called(number);
                        call.put("id", id).put("type", "function").putObject("function");
                        ((ObjectNode) call.get("function")).put("name", name).put("arguments", "");
                        sendCall(call);
                    }
                }

                @Override
                public void onArguments(int number, String chunk) {
                    if (!texts.contains(number)) {
                        ObjectNode call = called(number);
                        call.putObject("function").put("arguments", chunk);
                        sendCall(call);
                    }
                }

                @Override
                public void onCall(int number, ToolCall whole) {
                    if (texts.contains(number)) {
                        ObjectNode call = called(number);
                        call.setAll(whole(whole));
                        sendCall(call);
                    }
                }

                private ObjectNode called(int number) {
                    return NODES.objectNode().put("index", number);
                }

                private void sendCall(ObjectNode call) {
                    ObjectNode delta = NODES.objectNode();
                    delta.putArray("tool_calls").add(call);
                    send(delta);
                }

                private void send(ObjectNode delta) {
                    tokens.whenKnown(() -> {
                        begin();
                        Chunks.this.send(index, delta, null, NODES.nullNode());
                    });
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
            };
        }
    }
}
