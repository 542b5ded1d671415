// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What an answer says, without ids and times: the same for a whole answer and for the one that frames add up to. Built up frame by frame, by one thread. */
final class LoadAnswer {

    /** One text of an answer, with what belongs to it. */
    private static final class Part {

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final Map<Integer, StringBuilder> calls = new TreeMap<>();
        private final List<String> tokens = new ArrayList<>();
        private String end = "";

        @Override
        public String toString() {
            return reasoning + "|" + text + "|" + calls.values() + "|" + tokens + "|" + end;
        }
    }

    private final Map<Integer, Part> parts = new TreeMap<>();
    private String fault = "";

    /** The text of a refusal. */
    static String refused(int status, String param) {
        return status + " " + param;
    }

    /** What a whole answer says. */
    static String whole(JsonNode body) {
        LoadAnswer answer = new LoadAnswer();
        answer.add(body);
        return answer.toString();
    }

    /** Adds a whole answer, or a frame. */
    void add(JsonNode data) {
        if (data.has("error") && data.get("error").isObject()) {
            fault = data.get("error").toString();
        } else if (data.has("choices")) {
            data.get("choices").forEach(this::choice);
        } else if (data.path("object").asString("").equals("response")) {
            response(data);
        } else if (data.path("type").asString("").equals("response.output_text.delta")) {
            part(data.get("output_index").intValue())
                    .text
                    .append(data.get("delta").stringValue());
        } else if (data.path("response").path("output").size() > 0) {
            String told = toString();
            parts.clear();
            response(data.get("response"));
            for (Part part : parts.values()) {
                fault += part.text.isEmpty() || told.contains(part.text) ? "" : "the deltas are another text: " + told;
            }
        }
    }

    private Part part(int index) {
        return parts.computeIfAbsent(index, key -> new Part());
    }

    private void choice(JsonNode choice) {
        Part part = part(choice.get("index").intValue());
        JsonNode said = choice.has("message") ? choice.get("message") : choice.path("delta");
        part.text
                .append(choice.path("text").asString(""))
                .append(said.path("content").asString(""));
        part.reasoning.append(said.path("reasoning_content").asString(""));
        int number = 0;
        for (JsonNode call : said.path("tool_calls")) {
            StringBuilder written =
                    part.calls.computeIfAbsent(call.path("index").asInt(number++), key -> new StringBuilder());
            JsonNode function = call.path("function");
            written.append(
                    function.path("name").asString("").isEmpty()
                            ? ""
                            : function.get("name").stringValue() + ":");
            written.append(function.path("arguments").asString(""));
        }
        choice.path("logprobs")
                .path("content")
                .forEach(token -> part.tokens.add(token.get("token").stringValue()));
        part.end += choice.path("finish_reason").asString("");
    }

    private void response(JsonNode response) {
        int index = 0;
        for (JsonNode item : response.get("output")) {
            Part part = part(index++);
            item.path("content")
                    .forEach(content -> part.text.append(content.path("text").asString("")));
            part.end = item.path("name").asString("")
                    + item.path("arguments").asString("")
                    + response.get("status").stringValue();
        }
    }

    @Override
    public String toString() {
        return fault.isEmpty() ? parts.toString() : fault;
    }
}
