// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of the API, for some models. Thread-safe. */
public final class Protocol {

    private final ServedModels models;

    /** The endpoints for some models. */
    public Protocol(ServedModels models) {
        this.models = Objects.requireNonNull(models, "models");
    }

    /**
     * The members of a request.
     *
     * @throws ProtocolException if the text is no JSON object; status 400
     */
    public static ObjectNode object(byte[] body) {
        try {
            if (JsonMapper.shared().readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw ProtocolException.invalid("", "not-json", "the body is no JSON: " + e.getOriginalMessage());
        }
        throw ProtocolException.invalid("", "not-json", "the body is no JSON object");
    }

    /**
     * {@code POST /v1/chat/completions}.
     *
     * @throws ProtocolException if the request cannot be kept
     */
    public Call chat(ObjectNode body) {
        Members request = new Members(body, "");
        return ChatReader.read(request, model(request));
    }

    /**
     * {@code POST /v1/completions}.
     *
     * @throws ProtocolException if the request cannot be kept
     */
    public Call completion(ObjectNode body) {
        Members request = new Members(body, "");
        return CompletionCall.read(request, model(request));
    }

    /**
     * {@code POST /v1/responses}.
     *
     * @throws ProtocolException if the request cannot be kept
     */
    public Call response(ObjectNode body) {
        Members request = new Members(body, "");
        return ResponseReader.read(request, model(request));
    }

    private ServedModel model(Members request) {
        String id = request.required("model");
        if (!models.ids().contains(id)) {
            throw new ProtocolException(
                    404,
                    "invalid_request_error",
                    "model",
                    "model_not_found",
                    "model: there is no \"" + id + "\"; there are " + models.ids());
        }
        try {
            return models.model(id);
        } catch (EspalierException e) {
            throw new ProtocolException(503, "server_error", "model", e.code(), "model: " + e.getMessage());
        }
    }

    /** {@code GET /v1/models}. */
    public ObjectNode list() {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        models.ids().forEach(id -> data.add(described(id)));
        return list;
    }

    /**
     * {@code GET /v1/models/ID}.
     *
     * @throws ProtocolException if there is none of this name
     */
    public ObjectNode described(String id) {
        if (!models.ids().contains(id)) {
            throw new ProtocolException(
                    404, "invalid_request_error", "model", "model_not_found", "model: there is no \"" + id + "\"");
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "model")
                .put("created", models.created(id))
                .put("owned_by", "espalier");
    }

    /**
     * {@code POST /tokenize}: the tokens of a {@code prompt}, or of what {@code messages} become.
     *
     * @throws ProtocolException if the request cannot be kept
     */
    public ObjectNode tokens(ObjectNode body) {
        Members request = new Members(body, "");
        ServedModel model = model(request);
        int[] tokens;
        if (request.has("messages")) {
            Turn turn = Turn.of(MessageReader.read(request));
            request.end();
            try {
                tokens = model.assistant().promptTokens(turn);
            } catch (EspalierException e) {
                throw ProtocolException.of(e, "messages");
            }
        } else {
            String prompt = request.required("prompt");
            request.end();
            tokens = model.assistant().tokens(prompt);
        }
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("count", tokens.length)
                .put("max_model_len", model.assistant().contextLength());
        ArrayNode ids = answer.putArray("tokens");
        ArrayNode texts = answer.putArray("token_strs");
        for (int token : tokens) {
            ids.add(token);
            texts.add(model.assistant().vocabulary().text(token));
        }
        return answer;
    }
}
