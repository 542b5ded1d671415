// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatMessage;
import dev.espalier.ChatPrompting;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.Recognizer;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.TagSpans;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Finds the convention of a model by its chat template: what it makes of a conversation with calls must be calls in that convention, and the same ones. */
public final class TemplateConvention {

    private static final String PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"zqname\":{\"type\":\"string\"},\"zqcount\":{\"type\":\"integer\"}},\"required\":[\"zqname\",\"zqcount\"]}";
    private static final Tool TOOL = Tool.of("zq_look_up", "Looks something up.", PARAMETERS);
    private static final String ARGUMENTS = "{\"zqname\":\"zq place\",\"zqcount\":37}";

    private TemplateConvention() {}

    /**
     * The known convention by which a template writes calls.
     *
     * @throws InvalidInputException if it writes none, or in a way that is not known
     */
    public static ToolConvention of(ChatPrompting prompting) {
        List<String> rendered = rendered(prompting);
        return ToolConvention.known().stream()
                .filter(convention -> rendered.stream().anyMatch(text -> isWritten(convention, text)))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        rendered.isEmpty()
                                ? "the chat template of the model writes no calls of tools"
                                : "the chat template of the model writes calls of tools in a way that is not known; name a convention: "
                                        + ToolConvention.known().stream()
                                                .map(ToolConvention::id)
                                                .collect(Collectors.joining(", "))));
    }

    /** A conversation with two calls, and one with a single call for templates that have no more, as far as the template takes them. */
    private static List<String> rendered(ChatPrompting prompting) {
        List<String> rendered = new ArrayList<>();
        for (int calls = 2; calls > 0; calls--) {
            for (boolean isText : new boolean[] {false, true}) {
                for (String id : List.of("zqcall00", "functions." + TOOL.name() + ":")) {
                    text(prompting, calls, isText, id).ifPresent(rendered::add);
                }
            }
        }
        return rendered;
    }

    private static Optional<String> text(ChatPrompting prompting, int calls, boolean isText, String ids) {
        List<Map<String, Object>> all = new ArrayList<>();
        List<ChatMessage> messages = new ArrayList<>(List.of(new ChatMessage("user", "Well?")));
        List<ChatMessage> results = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Object arguments = isText ? ARGUMENTS : JsonMapper.shared().readValue(ARGUMENTS, Object.class);
            String id = ids + i;
            Map<String, Object> function = new LinkedHashMap<>(); // some templates write it as it is
            function.put("name", TOOL.name());
            function.put("arguments", arguments);
            Map<String, Object> call = new LinkedHashMap<>();
            call.put("id", id);
            call.put("type", "function");
            call.put("function", function);
            all.add(call);
            results.add(new ChatMessage(
                    Map.of("role", "tool", "content", "Done.", "tool_call_id", id, "name", TOOL.name())));
        }
        messages.add(new ChatMessage(Map.of("role", "assistant", "content", "", "tool_calls", all)));
        messages.addAll(results);
        try {
            String text =
                    prompting.withTools(List.of(TOOL.told())).withMessages(messages).pieces("", Output.text()).stream()
                            .map(TextPiece::text)
                            .collect(Collectors.joining());
            return text.contains("zq place") ? Optional.of(text) : Optional.empty();
        } catch (EspalierException refused) {
            return Optional.empty();
        }
    }

    /** Whether all that a text has of the calls is calls in a convention. */
    private static boolean isWritten(ToolConvention convention, String text) {
        int first = text.indexOf("zq place");
        int at = text.lastIndexOf(convention.trigger(), first);
        if (at < 0) {
            return false;
        }
        ToolCalls calls = ToolCalls.of(convention, List.of(TOOL)).with(ToolChoice.REQUIRED);
        CompiledSource source = OutputCompiler.compileSource(calls.output(), Limits.DEFAULT);
        Recognizer recognizer = new Recognizer(source.automaton(), Limits.DEFAULT);
        byte[] bytes = text.substring(at).getBytes(StandardCharsets.UTF_8);
        int end = -1;
        for (int i = 0; i < bytes.length && recognizer.read(new byte[] {bytes[i]}) == 1; i++) {
            end = recognizer.isAccepting() ? i + 1 : end;
        }
        if (end < 0) {
            return false;
        }
        String written = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return TagSpans.of(source, written).isPresent()
                && !text.substring(at + written.length()).contains("zq place")
                && calls.output().read(written).calls().stream()
                        .allMatch(call -> JsonMapper.shared()
                                .readTree(call.arguments())
                                .equals(JsonMapper.shared().readTree(ARGUMENTS)));
    }
}
