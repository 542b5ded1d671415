// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.Recognizer;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.TagSpans;
import dev.espalier.tag.TagSpan;
import dev.espalier.tag.ValueStyle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer character by character, and knows when each call is closed. It goes through three states: up to the first call, in the beginning of a call until the name is whole, and in the
 * rest of a call of a tool that is known. Each character is read by one recognizer, and each call is read for its values once it is closed, so that the whole cost is linear. One answer, one thread.
 */
final class CallWatch {

    private static final String NAME = "[A-Za-z0-9_.-]";

    private final ToolConvention convention;
    private final CallFormat format;
    private final CompiledSource before;
    private final Pattern head;
    private final Map<String, CompiledSource> tools = new HashMap<>();

    private int calls;
    private boolean isInCalls;
    private final StringBuilder written = new StringBuilder();
    private @Nullable CompiledSource source;
    private @Nullable Recognizer recognizer;
    private Optional<Character> half = Optional.empty();

    CallWatch(ToolConvention convention, List<Tool> tools, ToolChoice choice, ToolCalls.Thinking thinking) {
        this.convention = convention;
        this.format = new CallFormat(convention, tools, choice, true);
        this.before = OutputCompiler.compileSource(Output.tags(format.upToCalls(thinking)), Limits.DEFAULT);
        this.head = head(convention);
        restart();
    }

    /** A call up to the character behind its name. */
    private static Pattern head(ToolConvention convention) {
        String call = convention.call();
        int name = call.indexOf("{name}");
        String behind = call.substring(name + "{name}".length());
        if (behind.isEmpty() || behind.substring(0, 1).matches(NAME)) {
            throw new InvalidInputException(
                    "the convention " + convention.id() + " does not show where the name of a tool ends");
        } else if (call.endsWith("{arguments}") && convention.style() != ValueStyle.JSON) {
            throw new InvalidInputException("the convention " + convention.id() + " does not show where a call ends");
        }
        StringBuilder pattern = new StringBuilder();
        int at = 0;
        while (at < name) {
            int hole = ToolConvention.hole(call, at);
            pattern.append(Pattern.quote(call.substring(at, hole)));
            if (hole < name) {
                pattern.append(call.startsWith("{id}", hole) ? "[A-Za-z0-9]{9}" : "[0-9]+");
                at = call.indexOf('}', hole) + 1;
            } else {
                at = name;
            }
        }
        return Pattern.compile(pattern + "(" + NAME + "+)(?=[^A-Za-z0-9_.-])", Pattern.DOTALL);
    }

    /** Begins anew. */
    void restart() {
        calls = 0;
        isInCalls = false;
        half = Optional.empty();
        next();
        recognizer = new Recognizer(before.automaton(), Limits.DEFAULT);
    }

    /** Behind a call. */
    private void next() {
        written.setLength(0);
        source = null;
        recognizer = null;
    }

    /** Reads on, and tells of each call that is closed. */
    void read(String chunk, CallListener listener) {
        for (int i = 0; i < chunk.length(); i++) {
            char one = chunk.charAt(i);
            if (Character.isHighSurrogate(one)) {
                half = Optional.of(one);
                continue;
            }
            String character = half.map(first -> first.toString() + one).orElse(String.valueOf(one));
            half = Optional.empty();
            read(character).ifPresent(call -> listener.onCall(calls++, call));
        }
    }

    private Optional<ToolCall> read(String character) {
        if (!isInCalls) {
            isInCalls = step(character) && recognizer != null && recognizer.isAccepting();
            if (isInCalls) {
                next();
                written.append(convention.beginning());
            }
            return Optional.empty();
        }
        written.append(character);
        if (source == null) {
            begin();
        } else {
            step(character);
        }
        return recognizer != null && recognizer.isAccepting() ? Optional.of(closed()) : Optional.empty();
    }

    /** Reads a character; false if there is none to be read, since what is written calls nothing. */
    private boolean step(String character) {
        byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
        if (recognizer != null && recognizer.read(bytes) < bytes.length) {
            recognizer = null;
        }
        return recognizer != null;
    }

    /** Looks whether the name of a call is whole. */
    private void begin() {
        String text = written.toString();
        int start = calls > 0 && text.startsWith(convention.between())
                ? convention.between().length()
                : 0;
        Matcher matcher = head.matcher(text).region(start, text.length());
        if (matcher.lookingAt()) {
            CompiledSource called = tool(matcher.group(1));
            source = called;
            written.delete(0, start);
            recognizer = new Recognizer(called.automaton(), Limits.DEFAULT);
            step(written.toString());
        }
    }

    private CompiledSource tool(String name) {
        return tools.computeIfAbsent(name, none -> {
            Tool tool = format.tools().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return OutputCompiler.compileSource(
                    Output.tags(format.alone(tool), CallFormat.parts(convention, List.of(tool))), Limits.DEFAULT);
        });
    }

    private ToolCall closed() {
        String text = written.toString();
        List<TagSpan> spans =
                TagSpans.of(java.util.Objects.requireNonNull(source), text).orElseThrow();
        AnswerReader reader = new AnswerReader(text, convention);
        spans.forEach(reader::read);
        next();
        return reader.call(0, calls);
    }
}
