// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagFormat.Excludes;
import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.TagSpan;
import dev.espalier.tag.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model may write that may call tools: text to the user, calls in the convention of its family, or both, with reasoning before. The arguments of each call are valid for the schema of
 * its tool, and what was written is read in one way. Immutable and thread-safe.
 *
 * <pre>{@code
 * ToolCalls calls = ToolCalls.of(ToolConvention.named("hermes"), List.of(weather, traffic));
 * ToolAnswer answer = generator.generate("How do I get to work?", calls.output());
 * }</pre>
 */
public final class ToolCalls {

    /** The most tools. */
    public static final int MAX_TOOLS = 1_000;

    /** The most calls. */
    public static final int MAX_CALLS = 128;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String TEXT = "text";
    private static final String CALLS = "calls";
    private static final String NAME = "name";
    private static final String ARGUMENTS = "arguments";
    private static final String ID = "id";
    private static final String THOUGHT = "reasoning";

    /** Whether an answer begins with reasoning. */
    public enum Thinking {
        /** There is none, or the prompt has said so. */
        NONE,
        /** It may begin with a block of reasoning. */
        ALLOWED,
        /** The prompt ends inside a block of reasoning, which is ended first. */
        BEGUN
    }

    private final ToolConvention convention;
    private final List<Tool> tools;
    private final ToolChoice choice;
    private final Thinking thinking;

    private ToolCalls(ToolConvention convention, List<Tool> tools, ToolChoice choice, Thinking thinking) {
        this.convention = convention;
        this.tools = tools;
        this.choice = choice;
        this.thinking = thinking;
    }

    /**
     * Text, calls of these tools, or both.
     *
     * @throws InvalidInputException if there is no tool, two have one name, or they are too many
     */
    public static ToolCalls of(ToolConvention convention, List<Tool> tools) {
        Objects.requireNonNull(convention, "convention");
        if (tools.isEmpty() || tools.size() > MAX_TOOLS) {
            throw new InvalidInputException("expected 1 to " + MAX_TOOLS + " tools, but not " + tools.size());
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            if (!names.add(tools.get(i).name())) {
                throw new InvalidInputException(
                        "tool " + i + " has the name \"" + tools.get(i).name() + "\", which another has, too");
            }
        }
        return new ToolCalls(convention, List.copyOf(tools), ToolChoice.AUTO, Thinking.NONE);
    }

    /**
     * The same with another choice.
     *
     * @throws InvalidInputException if it names a tool that there is not, or so many calls that they are past the limit
     */
    public ToolCalls with(ToolChoice other) {
        Objects.requireNonNull(other, "other");
        if (other.most() < (other.isRequired() ? 1 : 0) || other.most() > MAX_CALLS) {
            throw new InvalidInputException("expected at most " + MAX_CALLS + " calls, but not " + other.most());
        }
        other.allowed().stream().flatMap(Set::stream).sorted().forEach(name -> {
            if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
                throw new InvalidInputException("there is no tool called \"" + name + "\"");
            }
        });
        if (other.allowed().filter(Set::isEmpty).isPresent()) {
            throw new InvalidInputException("no tool is allowed");
        }
        return new ToolCalls(convention, tools, other, thinking);
    }

    /**
     * The same with or without reasoning before the answer.
     *
     * @throws InvalidInputException if the family has none
     */
    public ToolCalls with(Thinking other) {
        if (other != Thinking.NONE && convention.reasoning().isEmpty()) {
            throw new InvalidInputException("the convention " + convention.id() + " has no reasoning");
        }
        return new ToolCalls(convention, tools, choice, other);
    }

    /** The tools. */
    public List<Tool> tools() {
        return tools;
    }

    /** The format of the whole answer. */
    public TagFormat format() {
        TagFormat answer = choice.isRequired()
                ? Tags.sequence(Tags.text(convention.trigger()), calls())
                : choice.most() == 0 ? text() : textAndCalls();
        return switch (thinking) {
            case NONE -> answer;
            case BEGUN -> Tags.sequence(thought(""), answer);
            case ALLOWED -> Tags.sequence(Tags.optional(thought(reasoning().begin())), answer);
        };
    }

    private ToolConvention.Reasoning reasoning() {
        return convention.reasoning().orElseThrow();
    }

    private TagFormat thought(String begin) {
        return Tags.tag(begin, Tags.span(THOUGHT, Tags.anyText()), reasoning().end());
    }

    /** What text to the user does not contain. */
    private List<String> excluded() {
        List<String> excluded = new ArrayList<>();
        convention.reasoning().ifPresent(reasoning -> {
            excluded.add(reasoning.begin().strip());
            excluded.add(reasoning.end().strip());
        });
        return excluded;
    }

    private TagFormat text() {
        List<String> excluded = excluded();
        excluded.add(convention.trigger());
        return Tags.span(TEXT, new TagFormat.AnyText(excluded, OptionalInt.empty(), OptionalInt.empty()));
    }

    private TagFormat textAndCalls() {
        TagFormat.Dispatch.Rule rule = new TagFormat.Dispatch.Rule(new Mark.Text(convention.trigger()), calls());
        return Tags.span(TEXT, new TagFormat.Dispatch(List.of(rule), false, new Excludes(excluded(), List.of())));
    }

    /** The calls behind their trigger. */
    private TagFormat calls() {
        String before = convention.beginning();
        List<TagFormat> all = new ArrayList<>();
        if (convention.call().contains("{index}")) {
            all.add(numbered(0));
        } else {
            all.add(oneOf(0));
            all.add(new TagFormat.Repeat(
                    Tags.sequence(Tags.text(convention.between() + before), oneOf(0)), 0, choice.most() - 1));
        }
        all.add(Tags.text(convention.closing()));
        return Tags.span(CALLS, new TagFormat.Sequence(all));
    }

    /** Calls from a number on, each with its own. */
    private TagFormat numbered(int index) {
        if (index + 1 == choice.most()) {
            return oneOf(index);
        }
        return Tags.sequence(
                oneOf(index),
                Tags.optional(
                        Tags.sequence(Tags.text(convention.between() + convention.beginning()), numbered(index + 1))));
    }

    private TagFormat oneOf(int index) {
        List<TagFormat> all = tools.stream()
                .filter(tool -> choice.allowed()
                        .map(names -> names.contains(tool.name()))
                        .orElse(true))
                .map(tool -> call(tool, index))
                .toList();
        return all.size() == 1 ? all.get(0) : new TagFormat.Or(all);
    }

    /** A call from the first part on that differs. */
    private TagFormat call(Tool tool, int index) {
        String rest = convention.call().substring(convention.beginning().length());
        List<TagFormat> parts = new ArrayList<>();
        int at = 0;
        while (at < rest.length()) {
            int hole = ToolConvention.hole(rest, at);
            if (hole > at) {
                parts.add(Tags.text(rest.substring(at, hole)));
            }
            int end = hole == rest.length() ? hole : rest.indexOf('}', hole) + 1;
            if (end > hole) {
                parts.add(filled(rest.substring(hole + 1, end - 1), tool, index));
            }
            at = end;
        }
        return new TagFormat.Sequence(parts);
    }

    private TagFormat filled(String hole, Tool tool, int index) {
        return switch (hole) {
            case NAME -> Tags.span(NAME, Tags.text(tool.name()));
            case ARGUMENTS ->
                Tags.span(
                        ARGUMENTS,
                        new TagFormat.JsonSchema(
                                tool.parameters(), convention.style(), false, OptionalInt.empty(), List.of()));
            case "index" -> Tags.text(String.valueOf(index));
            default -> Tags.span(ID, Tags.regex("[A-Za-z0-9]{9}"));
        };
    }

    /** The answers of this form. */
    public Output<ToolAnswer> output() {
        return Output.tags(format()).readBy(this::answer);
    }

    private ToolAnswer answer(String text, List<TagSpan> spans) {
        AnswerReader reader = new AnswerReader(text, convention.trigger().length());
        spans.forEach(reader::read);
        return reader.answer();
    }

    /** Puts an answer together, span by span. */
    private static final class AnswerReader {

        private final String text;
        private final int triggerLength;
        private Optional<String> thought = Optional.empty();
        private int textStart;
        private int textEnd;
        private final List<String> ids = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<Integer, ObjectNode> elements = new HashMap<>();

        AnswerReader(String text, int triggerLength) {
            this.text = text;
            this.triggerLength = triggerLength;
        }

        void read(TagSpan span) {
            String inside = text.substring(span.start(), span.end());
            switch (span.name()) {
                case THOUGHT -> thought = Optional.of(inside.strip());
                case TEXT -> {
                    textStart = span.start();
                    textEnd = span.end();
                }
                case CALLS -> textEnd = Math.max(textStart, span.start() - triggerLength);
                case NAME -> names.add(inside);
                case ARGUMENTS -> arguments.add(inside);
                case ID -> ids.add(inside);
                default -> element(span.name(), inside);
            }
        }

        private void element(String name, String inside) {
            ObjectNode members = elements.computeIfAbsent(arguments.size() - 1, none -> MAPPER.createObjectNode());
            String member = name.substring(name.indexOf(':') + 1);
            if (name.startsWith("json:")) {
                members.set(member, MAPPER.readTree(inside));
            } else {
                boolean isWrapped = inside.length() > 1 && inside.startsWith("\n") && inside.endsWith("\n");
                members.put(member, isWrapped ? inside.substring(1, inside.length() - 1) : inside);
            }
        }

        ToolAnswer answer() {
            List<ToolCall> calls = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                String written = arguments.get(i).strip();
                boolean isJson = written.startsWith("{");
                ObjectNode members = elements.get(i);
                String json = members != null ? members.toString() : isJson ? written : "{}";
                calls.add(new ToolCall(i < ids.size() ? ids.get(i) : "call_" + i, names.get(i), json));
            }
            return new ToolAnswer(thought, text.substring(textStart, textEnd).strip(), calls);
        }
    }
}
