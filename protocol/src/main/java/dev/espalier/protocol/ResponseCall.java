// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Turn;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.tool.ToolCall;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of {@code /v1/responses}.
 *
 * @param model who answers
 * @param turn what is asked
 * @param isStreamed whether the answer comes in events
 * @param top how many of the likeliest tokens are told of beside each token; empty if none is told of
 * @param custom the names of tools that take a text
 * @param parts what its form is made of
 * @param repeated members of the request that its answer repeats
 */
record ResponseCall(
        ServedModel model,
        Turn turn,
        boolean isStreamed,
        OptionalInt top,
        Set<String> custom,
        FormParts parts,
        ObjectNode repeated)
        implements Call {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static String id(String kind) {
        return kind + "_" + UUID.randomUUID().toString().replace("-", "");
    }

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
            model.assistant().compile(turn.with(turn.cancellation().or(cancellation)));
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException e) {
            throw parts.fault(e, model.assistant(), turn);
        }
    }

    @Override
    public ObjectNode answer(Interruption interruption) {
        ContentTokens tokens = tokens();
        SaidTokens said = new SaidTokens(tokens);
        Answer answer = answer(turn.with(said).with(tokens), interruption);
        ResponseItems items = new ResponseItems(custom);
        answer.said().reasoning().ifPresent(items::reasoning);
        if (!answer.said().text().isEmpty() || answer.said().calls().isEmpty()) {
            items.text(answer.said().text(), said.all());
        }
        for (ToolCall call : answer.said().calls()) {
            items.call(call);
        }
        return ended(head(id("resp")), answer, items.all());
    }

    ContentTokens tokens() {
        return new ContentTokens(model.assistant(), top.orElse(0), top.isPresent());
    }

    /** An answer that keeps what was asked for. */
    Answer answer(Turn asked, Interruption interruption) {
        Answer answer;
        try {
            answer = model.assistant().answer(asked.with(asked.cancellation().or(interruption.cancellation())));
        } catch (EspalierException e) {
            throw e instanceof CancelledException ? interruption.cause() : parts.fault(e, model.assistant(), turn);
        }
        if (answer.keeps(turn)) {
            return answer;
        }
        throw interruption.error(answer.failure().orElseThrow(), form(), parts.budget());
    }

    /** A response of which nothing is written yet. */
    ObjectNode head(String id) {
        ObjectNode head = NODES.objectNode()
                .put("id", id)
                .put("object", "response")
                .put("created_at", System.currentTimeMillis() / 1000)
                .put("status", "in_progress")
                .put("model", model.id());
        head.putNull("error").putNull("incomplete_details");
        head.setAll(repeated.deepCopy());
        head.putArray("output");
        return head;
    }

    /** The same with its end. */
    static ObjectNode ended(ObjectNode head, Answer answer, ArrayNode output) {
        boolean isCut = answer.finish() == Answer.Finish.LENGTH;
        head.put("status", isCut ? "incomplete" : "completed");
        if (isCut) {
            head.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        head.set("output", output);
        ObjectNode usage = head.putObject("usage")
                .put("input_tokens", answer.usage().promptTokens())
                .put("output_tokens", answer.usage().writtenTokens())
                .put(
                        "total_tokens",
                        answer.usage().promptTokens() + answer.usage().writtenTokens());
        // clients require both; what later requests may share is not written anew for them
        usage.putObject("input_tokens_details")
                .put("cached_tokens", answer.usage().sharedTokens())
                .put("cache_write_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", answer.reasoningTokens());
        return head;
    }

    @Override
    public void stream(Frames frames, Interruption interruption) {
        new ResponseEvents(this, frames, interruption).run();
    }
}
