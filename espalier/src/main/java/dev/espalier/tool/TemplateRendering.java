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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a chat template makes of conversations with calls. Immutable.
 *
 * @param prompting the template
 * @param hasNamedIds whether ids of calls are made of the name and the number of the call; if not, of nine letters and digits
 */
record TemplateRendering(ChatPrompting prompting, boolean hasNamedIds) {

    private static final String PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"zqname\":{\"type\":\"string\"},\"zqcount\":{\"type\":\"integer\"},\"zqflag\":{\"type\":\"boolean\"}},"
                    + "\"required\":[\"zqname\",\"zqcount\"]}";

    /** What the user asks. */
    static final String QUESTION = "Well?";

    /** The tools that are called. */
    static final List<Tool> TOOLS = List.of(
            Tool.of("zq_look_up", "Looks something up.", PARAMETERS),
            Tool.of("zqsend", "Sends something.", PARAMETERS));

    /**
     * A call of one of the tools.
     *
     * @param tool its number
     * @param name the first argument
     * @param count the second
     * @param hasFlag whether there is a third, {@code true}: some templates write it as Python does where the family does not
     */
    record Call(int tool, String name, int count, boolean hasFlag) {

        String arguments() {
            ObjectNode arguments =
                    JsonMapper.shared().createObjectNode().put("zqname", name).put("zqcount", count);
            return (hasFlag ? arguments.put("zqflag", true) : arguments).toString();
        }

        String toolName() {
            return TOOLS.get(tool).name();
        }
    }

    /** All ways to tell a template of calls. */
    static List<TemplateRendering> all(ChatPrompting prompting) {
        ChatPrompting told = told(prompting);
        return List.of(new TemplateRendering(told, false), new TemplateRendering(told, true));
    }

    /** The template told of the tools, if it says what tools there are. */
    private static ChatPrompting told(ChatPrompting prompting) {
        try {
            return prompting.withTools(TOOLS.stream().map(Tool::told).toList());
        } catch (InvalidInputException takesNone) {
            return prompting;
        }
    }

    /** The id of a call by its number. */
    String id(int number, Call call) {
        return hasNamedIds ? "functions." + call.toolName() + ":" + number : "zqcall00" + number;
    }

    /** What is rendered of calls and their results; empty if the template takes no such conversation, or drops a call. */
    Optional<String> withResults(List<Call> calls) {
        List<ChatMessage> results = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            results.add(new ChatMessage(Map.of(
                    "role",
                    "tool",
                    "content",
                    "Done.",
                    "tool_call_id",
                    id(i, calls.get(i)),
                    "name",
                    calls.get(i).toolName())));
        }
        return of("", "", calls, results);
    }

    /** What is rendered of an answer that ends the conversation; as {@link #withResults}. */
    Optional<String> of(String reasoning, String text, List<Call> calls) {
        return of(reasoning, text, calls, List.of());
    }

    private Optional<String> of(String reasoning, String text, List<Call> calls, List<ChatMessage> results) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("role", "assistant");
        answer.put("content", text);
        if (!reasoning.isEmpty()) {
            answer.put("reasoning_content", reasoning);
        }
        if (!calls.isEmpty()) {
            answer.put("tool_calls", members(calls));
        }
        List<ChatMessage> messages =
                new ArrayList<>(List.of(new ChatMessage("user", QUESTION), new ChatMessage(answer)));
        messages.addAll(results);
        try {
            String rendered = prompting.withMessages(messages).pieces("", Output.text()).stream()
                    .map(TextPiece::text)
                    .collect(Collectors.joining());
            boolean isWhole =
                    rendered.contains(text) && calls.stream().allMatch(call -> rendered.contains(call.name()));
            return isWhole ? Optional.of(rendered) : Optional.empty();
        } catch (EspalierException refused) {
            return Optional.empty();
        }
    }

    private List<Map<String, @Nullable Object>> members(List<Call> calls) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            all.add(ChatMessage.call(id(i, call), call.toolName(), call.arguments()));
        }
        return all;
    }

    /** Whether all that a rendered text has of some calls is these calls in a convention. */
    static boolean isWritten(ToolConvention convention, String text, List<Call> expected) {
        return writtenEnd(convention, text, expected) > 0;
    }

    /** Where the calls of a rendered text end in a convention; -1 if they are not what is expected. */
    static int writtenEnd(ToolConvention convention, String text, List<Call> expected) {
        int first = text.indexOf(expected.get(0).name());
        int at = text.lastIndexOf(convention.trigger(), first);
        if (at < 0) {
            return -1;
        }
        ToolConvention plain = new ToolConvention(
                convention.id(),
                convention.opening(),
                convention.call(),
                convention.between(),
                convention.closing(),
                convention.style(),
                Optional.empty(),
                Optional.empty());
        ToolCalls calls = ToolCalls.of(plain, TOOLS).with(ToolChoice.REQUIRED);
        CompiledSource source = OutputCompiler.compileSource(calls.output(), Limits.DEFAULT);
        int end = longest(source, text.substring(at), 0);
        String written = text.substring(at, at + Math.max(0, end));
        boolean isRead = end > 0
                && !text.substring(at + end)
                        .contains(expected.get(expected.size() - 1).name())
                && TagSpans.of(source, written)
                        .filter(spans -> isSame(calls.answer(written, spans).calls(), expected))
                        .isPresent();
        return isRead ? at + end : -1;
    }

    private static boolean isSame(List<ToolCall> calls, List<Call> expected) {
        boolean isSame = calls.size() == expected.size();
        for (int i = 0; isSame && i < calls.size(); i++) {
            isSame = calls.get(i).name().equals(expected.get(i).toolName())
                    && JsonMapper.shared()
                            .readTree(calls.get(i).arguments())
                            .equals(JsonMapper.shared().readTree(expected.get(i).arguments()));
        }
        return isSame;
    }

    /** How many characters of a text from a place on are the longest text of a source; -1 if none is. */
    static int longest(CompiledSource source, String text, int from) {
        Recognizer recognizer = new Recognizer(source.automaton(), Limits.DEFAULT);
        byte[] bytes = text.substring(from).getBytes(StandardCharsets.UTF_8);
        int end = recognizer.isAccepting() ? 0 : -1;
        for (int i = 0; i < bytes.length && recognizer.read(new byte[] {bytes[i]}) == 1; i++) {
            end = recognizer.isAccepting() ? i + 1 : end;
        }
        return end < 0 ? -1 : new String(bytes, 0, end, StandardCharsets.UTF_8).length();
    }
}
