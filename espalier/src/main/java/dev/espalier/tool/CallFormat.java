// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagFormat.Excludes;
import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.Tags;
import dev.espalier.tag.ValueStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An answer that may call tools, as a format.
 *
 * @param convention how calls are written
 * @param tools those that may be called
 * @param choice whether and how often
 * @param hasParts whether arguments in JSON are outputs beside the format, so that each schema is there once, however many calls there may be
 * @param hasAnswer whether what is said to the user is the output {@link #ANSWER}, and either that or calls
 * @param isContinued whether it goes on with what was begun, so that white space at its beginning counts
 */
record CallFormat(
        ToolConvention convention,
        List<Tool> tools,
        ToolChoice choice,
        boolean hasParts,
        boolean hasAnswer,
        boolean isContinued) {

    /** The output of what is said to the user; no tool is called so. */
    static final String ANSWER = "(answer)";

    static final String TEXT = "text";
    static final String CALLS = "calls";
    static final String CALL = "call";
    static final String NAME = "name";
    static final String ARGUMENTS = "arguments";
    static final String ID = "id";
    static final String THOUGHT = "reasoning";

    private static final int ANY_INDEX = -1;
    private static final Pattern SYNTAX = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}/]");

    /** Copies the list. */
    CallFormat {
        tools = List.copyOf(tools);
    }

    /** The outputs that stand beside a format that has parts. */
    static Map<String, Output<?>> parts(ToolConvention convention, List<Tool> tools) {
        Map<String, Output<?>> parts = new HashMap<>();
        if (convention.style() == ValueStyle.JSON) {
            tools.forEach(tool -> parts.put(
                    tool.name(),
                    tool.text().map(CallFormat::ofText).orElseGet(() -> Output.tags(schema(convention, tool)))));
        }
        return parts;
    }

    /** The arguments of a tool that takes a text. */
    private static Output<String> ofText(Output<String> text) {
        return Output.grammar(
                "root ::= \"{\\\"" + Tool.TEXT + "\\\":\" \" \"? text \"}\"", Map.of("text", text.asJsonString()));
    }

    private static TagFormat schema(ToolConvention convention, Tool tool) {
        if (tool.text().isPresent()) {
            throw new UnsupportedFeatureException(
                    tool.name(),
                    "the tool \"" + tool.name() + "\" takes a text of a grammar, which calls in the convention "
                            + convention.id() + " cannot hold",
                    Place.UNKNOWN);
        }
        return new TagFormat.JsonSchema(
                ToolParameters.ofObjects(tool.parameters()), convention.style(), false, OptionalInt.empty(), List.of());
    }

    /** The format of the whole answer. */
    TagFormat answer(ToolCalls.Thinking thinking, OptionalInt thinkingTokens) {
        TagFormat first = choice.isRequired() ? callsAlone() : choice.most() == 0 ? textAlone() : textAndCalls();
        String finish = convention.text().map(ToolConvention.Text::finish).orElse("");
        return behindReasoning(
                finish.isEmpty() ? first : Tags.sequence(first, Tags.text(finish)), thinking, thinkingTokens);
    }

    private TagFormat behindReasoning(TagFormat answer, ToolCalls.Thinking thinking, OptionalInt tokens) {
        return switch (thinking) {
            case NONE -> answer;
            case BEGUN -> Tags.sequence(thought("", tokens), answer);
            case REQUIRED -> Tags.sequence(thought(reasoning().begin(), tokens), answer);
            case ALLOWED -> Tags.sequence(Tags.optional(thought(reasoning().begin(), tokens)), answer);
        };
    }

    private ToolConvention.Reasoning reasoning() {
        return convention.reasoning().orElseThrow();
    }

    private TagFormat thought(String begin, OptionalInt tokens) {
        TagFormat thought = new TagFormat.AnyText(List.of(), OptionalInt.empty(), tokens);
        return Tags.tag(begin, Tags.span(THOUGHT, thought), reasoning().end());
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

    private TagFormat callsAlone() {
        return Tags.sequence(Tags.text(beforeCalls() + convention.trigger()), calls());
    }

    /** What stands before calls where nothing is said. */
    private String beforeCalls() {
        return convention
                .text()
                .filter(ToolConvention.Text::isBeforeCalls)
                .map(text -> text.begin() + text.end())
                .orElse("");
    }

    /** An answer up to where its first call differs from others: no beginning of such a text is one itself. */
    TagFormat upToCalls(ToolCalls.Thinking thinking) {
        TagFormat trigger = Tags.text(convention.trigger());
        TagFormat first;
        if (choice.isRequired() || hasAnswer) {
            first = Tags.text(beforeCalls() + convention.trigger());
        } else if (convention.text().isPresent()) {
            ToolConvention.Text text = convention.text().get();
            first = text.isBeforeCalls() ? Tags.sequence(block(text), trigger) : trigger;
        } else {
            TagFormat said = new TagFormat.AnyText(excluded(), OptionalInt.empty(), OptionalInt.empty());
            first = Tags.tag("", said, convention.trigger());
        }
        return behindReasoning(first, thinking, OptionalInt.empty());
    }

    /** One call of a tool, whatever its number. */
    TagFormat alone(Tool tool) {
        return Tags.sequence(Tags.text(convention.beginning()), call(tool, ANY_INDEX));
    }

    private TagFormat textAlone() {
        if (hasAnswer) {
            return convention.text().map(this::block).orElseGet(this::said);
        } else if (convention.text().isPresent()) {
            return block(convention.text().get());
        }
        List<String> excluded = excluded();
        if (!tools.isEmpty()) {
            excluded.add(convention.trigger());
        }
        return Tags.span(TEXT, new TagFormat.AnyText(excluded, OptionalInt.empty(), OptionalInt.empty()));
    }

    /** What is said to the user where that is an output of its own. */
    private TagFormat said() {
        return Tags.span(TEXT, Tags.output(ANSWER));
    }

    private TagFormat textAndCalls() {
        if (hasAnswer) {
            TagFormat calls = Tags.sequence(Tags.text(beforeCalls() + convention.trigger()), calls());
            return Tags.or(textAlone(), calls);
        } else if (convention.text().isPresent()) {
            ToolConvention.Text text = convention.text().get();
            TagFormat calls = Tags.sequence(Tags.text(convention.trigger()), calls());
            return text.isBeforeCalls()
                    ? Tags.sequence(block(text), Tags.optional(calls))
                    : Tags.or(block(text), calls);
        }
        TagFormat.Dispatch.Rule rule = new TagFormat.Dispatch.Rule(new Mark.Text(convention.trigger()), calls());
        return Tags.span(TEXT, new TagFormat.Dispatch(List.of(rule), false, new Excludes(excluded(), List.of())));
    }

    private TagFormat block(ToolConvention.Text text) {
        if (hasAnswer) {
            return Tags.sequence(Tags.text(text.begin()), said(), Tags.text(text.end()));
        } else if (text.begin().isEmpty()) {
            String trigger = SYNTAX.matcher(convention.trigger()).replaceAll("\\\\$0");
            return Tags.span(TEXT, Tags.or(Tags.text(""), Tags.regex("^(?!" + trigger + ")[\\s\\S]+$")));
        } else if (text.end().isEmpty()) {
            return Tags.sequence(Tags.text(text.begin()), Tags.span(TEXT, Tags.anyText()));
        }
        return Tags.tag(text.begin(), Tags.span(TEXT, Tags.anyText()), text.end());
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
        List<TagFormat> all = tools.stream().map(tool -> call(tool, index)).toList();
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
        return Tags.span(CALL, new TagFormat.Sequence(parts));
    }

    private TagFormat filled(String hole, Tool tool, int index) {
        return switch (hole) {
            case NAME -> Tags.span(NAME, Tags.text(tool.name()));
            case ARGUMENTS ->
                Tags.span(
                        ARGUMENTS,
                        hasParts && convention.style() == ValueStyle.JSON
                                ? Tags.output(tool.name())
                                : schema(convention, tool));
            case "index" -> index == ANY_INDEX ? Tags.regex("[0-9]+") : Tags.text(String.valueOf(index));
            default -> Tags.span(ID, Tags.regex("[A-Za-z0-9]{9}"));
        };
    }
}
