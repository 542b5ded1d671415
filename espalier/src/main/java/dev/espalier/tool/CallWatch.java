// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
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
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer character by character, and tells of its calls. It goes through three states: up to the first call, in the beginning of a call until the name is whole, and in the
 * rest of a call of a tool that is known. Each character is read by one recognizer, and each call is read for its values once it is closed, so that the whole cost is linear. One answer, one thread.
 */
final class CallWatch {

    private static final String NAME = "[A-Za-z0-9_.-]";

    private final ToolConvention convention;
    private final CallFormat format;
    private final Function<Output<?>, CompiledSource> compiler;
    private final CompiledSource before;
    private final Pattern head;
    private final Pattern beginning;
    private final boolean hasId;
    /** Whether the id of a call stands behind its arguments, so that a call cannot be told of before it is closed. */
    private final boolean isNamedBehind;

    private final Map<String, CompiledSource> tools = new HashMap<>();

    private int calls;
    private boolean isInCalls;
    private final StringBuilder written = new StringBuilder();
    private @Nullable CompiledSource source;
    private @Nullable ArgumentsText arguments;
    private @Nullable Recognizer recognizer;

    CallWatch(CallFormat format, ToolCalls.Thinking thinking, Function<Output<?>, CompiledSource> compiler) {
        this.convention = format.convention();
        this.format = format;
        this.compiler = compiler;
        this.before = compiler.apply(Output.tags(format.upToCalls(thinking)));
        this.head = head(convention);
        this.beginning = beginning(convention.call());
        int id = convention.call().indexOf("{id}");
        this.hasId = id >= 0;
        this.isNamedBehind = id > convention.call().indexOf("{arguments}");
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
        return Pattern.compile(
                pattern(call.substring(0, name + "{name}".length())) + "(?=[^A-Za-z0-9_.-])", Pattern.DOTALL);
    }

    /** A call up to its arguments. */
    private static Pattern beginning(String call) {
        return Pattern.compile(pattern(call.substring(0, call.indexOf("{arguments}"))), Pattern.DOTALL);
    }

    private static String pattern(String call) {
        StringBuilder pattern = new StringBuilder();
        for (int at = 0; at < call.length(); ) {
            int hole = ToolConvention.hole(call, at);
            pattern.append(Pattern.quote(call.substring(at, hole)));
            if (hole == call.length()) {
                break;
            }
            at = call.indexOf('}', hole) + 1;
            pattern.append(
                    switch (call.substring(hole + 1, at - 1)) {
                        case CallFormat.NAME -> "(?<name>" + NAME + "+)";
                        case CallFormat.ID -> "(?<id>[A-Za-z0-9]{9})";
                        default -> "[0-9]+";
                    });
        }
        return pattern.toString();
    }

    /** Begins anew. */
    void restart() {
        calls = 0;
        isInCalls = false;
        next();
        recognizer = new Recognizer(before.automaton(), Limits.DEFAULT);
    }

    /** Behind a call. */
    private void next() {
        written.setLength(0);
        source = null;
        recognizer = null;
        arguments = null;
    }

    /** Whether calls have begun. */
    boolean isInCalls() {
        return isInCalls;
    }

    /** Reads a character, and tells what it comes to. */
    void read(String character, AnswerListener listener) {
        if (!isInCalls) {
            isInCalls = step(character) && recognizer != null && recognizer.isAccepting();
            if (isInCalls) {
                next();
                written.append(convention.beginning());
            }
            return;
        }
        written.append(character);
        if (source == null) {
            begin();
        } else {
            step(character);
        }
        if (source != null && recognizer != null) {
            tell(character, recognizer.isAccepting(), listener);
        }
    }

    private void tell(String character, boolean isClosed, AnswerListener listener) {
        if (arguments != null) {
            arguments.add(character);
        } else {
            Matcher matcher = beginning.matcher(written);
            if (matcher.lookingAt()) {
                arguments = new ArgumentsText(convention.style() == ValueStyle.JSON);
                arguments.add(written.substring(matcher.end()));
                if (!isNamedBehind) {
                    String id = hasId ? matcher.group(CallFormat.ID) : "call_" + calls;
                    listener.onCallBegin(calls, id, matcher.group(CallFormat.NAME));
                }
            }
        }
        if (isClosed) {
            close(listener);
        }
    }

    /** Tells of arguments that are certain. */
    void flush(AnswerListener listener) {
        if (arguments != null && !isNamedBehind) {
            String chunk = arguments.take();
            if (!chunk.isEmpty()) {
                listener.onArguments(calls, chunk);
            }
        }
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
            CompiledSource called = tool(matcher.group(CallFormat.NAME));
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
            return compiler.apply(Output.tags(format.alone(tool), CallFormat.parts(convention, List.of(tool))));
        });
    }

    private void close(AnswerListener listener) {
        String text = written.toString();
        List<TagSpan> spans = TagSpans.of(Objects.requireNonNull(source), text).orElseThrow();
        AnswerReader reader = new AnswerReader(text, convention, false, false);
        spans.forEach(reader::read);
        ToolCall call = reader.call(0, calls);
        int told = Objects.requireNonNull(arguments).told();
        next();
        if (isNamedBehind) {
            listener.onCallBegin(calls, call.id(), call.name());
        }
        if (told < call.arguments().length()) {
            listener.onArguments(calls, call.arguments().substring(told));
        }
        listener.onCall(calls++, call);
    }
}
