// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
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
     * The members of a request, in their order, numbers with all their digits.
     *
     * @throws ProtocolException if the text is no JSON object in UTF-8, or has a key twice in an object, half a character, or more than 500 levels; status 400
     */
    public static ObjectNode object(byte[] body) {
        if (JsonTree.read(body) instanceof ObjectNode object) {
            return object;
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
        String id = known(request);
        try {
            return models.model(id);
        } catch (EspalierException e) {
            throw new ProtocolException(503, "server_error", "model", e.code(), "model: " + e.getMessage());
        }
    }

    private String known(Members request) {
        String id = request.required("model");
        if (!models.ids().contains(id)) {
            throw new ProtocolException(
                    404,
                    "invalid_request_error",
                    "model",
                    "model_not_found",
                    "model: there is no \"" + id + "\"; there are " + models.ids());
        }
        return id;
    }

    /**
     * The model that a request is about, loaded or not.
     *
     * @throws ProtocolException if there is none of this name
     */
    public String modelOf(ObjectNode body) {
        return known(new Members(body, ""));
    }

    /**
     * {@code POST /v1/models/load}: loads a model, and says what it is like then.
     *
     * @throws ProtocolException if the request cannot be kept, or the model not be loaded
     */
    public ObjectNode load(ObjectNode body) {
        Members request = new Members(body, "");
        known(request);
        request.end();
        return described(model(request).id());
    }

    /**
     * The model that a request of {@code POST /v1/models/unload} is about.
     *
     * @throws ProtocolException if the request cannot be kept, or the model stays
     */
    public String toUnload(ObjectNode body) {
        Members request = new Members(body, "");
        String id = known(request);
        request.end();
        if (!models.mayUnload(id)) {
            throw request.fault("model", "not-supported", "\"" + id + "\" was not loaded by the server, and stays");
        }
        return id;
    }

    /** Frees a model of which no request is under way. */
    public void unload(String id) {
        models.unload(id);
    }

    /** {@code GET /health}: whether requests are answered at once. */
    public boolean isReady() {
        return models.isReady();
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
        ObjectNode model = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "model")
                .put("created", models.created(id))
                .put("owned_by", "espalier");
        model.putObject("status").put("value", models.status(id).name().toLowerCase(Locale.ROOT));
        return model;
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
            Turn turn = ChatReader.turn(request, MessageReader.read(request));
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

    /**
     * {@code POST /detokenize}: the text of {@code tokens}: that which {@link #tokens} makes them of, if there is one. Special tokens have their names in it, and bytes that are no UTF-8 become U+FFFD.
     *
     * @throws ProtocolException if the request cannot be kept
     */
    public ObjectNode text(ObjectNode body) {
        Members request = new Members(body, "");
        Assistant assistant = model(request).assistant();
        List<JsonNode> tokens =
                request.array("tokens").orElseThrow(() -> request.fault("tokens", "missing", "is missing"));
        request.end();
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = SamplingReader.token(request, "tokens[" + i + "]", tokens.get(i), assistant.vocabulary());
        }
        return JsonNodeFactory.instance.objectNode().put("prompt", text(assistant, ids));
    }

    /** The text whose tokens these are, if there is one: without those that stand before every text, and a blank that some tokenizers put there. */
    private static String text(Assistant assistant, int[] ids) {
        int[] around = assistant.tokens("");
        int before = 0;
        while (before < Math.min(around.length, ids.length) && around[before] == ids[before]) {
            before++;
        }
        int after = around.length - before;
        boolean isAround = ids.length >= around.length
                && Arrays.equals(around, before, around.length, ids, ids.length - after, ids.length);
        String all = spelled(assistant.vocabulary(), ids);
        String inner =
                isAround ? spelled(assistant.vocabulary(), Arrays.copyOfRange(ids, before, ids.length - after)) : all;
        return Stream.of(inner.startsWith(" ") ? inner.substring(1) : inner, inner, all)
                .filter(text -> Arrays.equals(assistant.tokens(text), ids))
                .findFirst()
                .orElse(all);
    }

    /** What tokens spell, special tokens by their names. */
    private static String spelled(Vocabulary vocabulary, int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            byte[] spelled = vocabulary.decode(id);
            bytes.writeBytes(spelled.length > 0 ? spelled : vocabulary.text(id).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
