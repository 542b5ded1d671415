// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagSpan;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

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

    /** Whether an answer begins with reasoning. */
    public enum Thinking {
        /** There is none, or the prompt has said so. */
        NONE,
        /** It may begin with a block of reasoning. */
        ALLOWED,
        /** It begins with a block of reasoning. */
        REQUIRED,
        /** The prompt ends inside a block of reasoning, which is ended first. */
        BEGUN
    }

    private final ToolConvention convention;
    private final List<Tool> tools;
    private final ToolChoice choice;
    private final Thinking thinking;
    private final OptionalInt thinkingTokens;

    private ToolCalls(
            ToolConvention convention,
            List<Tool> tools,
            ToolChoice choice,
            Thinking thinking,
            OptionalInt thinkingTokens) {
        this.convention = convention;
        this.tools = tools;
        this.choice = choice;
        this.thinking = thinking;
        this.thinkingTokens = thinkingTokens;
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
        requirePythonNames(convention, tools);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            if (!names.add(tools.get(i).name())) {
                throw new InvalidInputException(
                        "tool " + i + " has the name \"" + tools.get(i).name() + "\", which another has, too");
            }
        }
        return new ToolCalls(convention, List.copyOf(tools), ToolChoice.AUTO, Thinking.NONE, OptionalInt.empty());
    }

    private static void requirePythonNames(ToolConvention convention, List<Tool> tools) {
        if (convention.style().isPython()) {
            tools.stream()
                    .filter(tool -> !tool.name().matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*"))
                    .findFirst()
                    .ifPresent(tool -> {
                        throw new InvalidInputException("the convention " + convention.id()
                                + " writes calls in Python, where \"" + tool.name() + "\" is no name");
                    });
        }
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
        return new ToolCalls(convention, tools, other, thinking, thinkingTokens);
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
        return new ToolCalls(convention, tools, choice, other, thinkingTokens);
    }

    /**
     * The same with reasoning that is closed when so many tokens have ended in it.
     *
     * @throws InvalidInputException if the number is negative
     */
    public ToolCalls withThinkingTokens(int most) {
        if (most < 0) {
            throw new InvalidInputException("expected a number of tokens ≥ 0, but not " + most);
        }
        return new ToolCalls(convention, tools, choice, thinking, OptionalInt.of(most));
    }

    /** The tools. */
    public List<Tool> tools() {
        return tools;
    }

    /** The convention. */
    public ToolConvention convention() {
        return convention;
    }

    /** The format of the whole answer. */
    public TagFormat format() {
        return new CallFormat(convention, allowed(), choice, false).answer(thinking, thinkingTokens);
    }

    private List<Tool> allowed() {
        return tools.stream()
                .filter(tool -> choice.allowed()
                        .map(names -> names.contains(tool.name()))
                        .orElse(true))
                .toList();
    }

    /**
     * The answers of this form. Cost of compiling it: that of the schemas of all tools that may be called.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException when it is compiled, if the convention cannot write what a schema says
     */
    public Output<ToolAnswer> output() {
        List<Tool> allowed = allowed();
        TagFormat format = new CallFormat(convention, allowed, choice, true).answer(thinking, thinkingTokens);
        return Output.tags(format, CallFormat.parts(convention, allowed)).readBy(this::answer);
    }

    /**
     * Tells of calls while an answer is written: of each once its text is closed, whatever is still to come. For a {@link dev.espalier.Request} of {@link #output()}; one for each. Cost: as if the
     * answer were read once more, and compiling each tool that is called for the first time.
     *
     * @throws InvalidInputException if the convention does not show where a name or a call ends
     */
    public DecodeListener listener(CallListener listener) {
        CallWatch watch = new CallWatch(convention, allowed(), choice, thinking);
        return new DecodeListener() {
            @Override
            public void onText(String chunk) {
                watch.read(chunk, listener);
            }

            @Override
            public void onRestart(Outcome cause) {
                watch.restart();
                listener.onRestart();
            }
        };
    }

    ToolAnswer answer(String text, List<TagSpan> spans) {
        AnswerReader reader = new AnswerReader(text, convention);
        spans.forEach(reader::read);
        return reader.answer();
    }
}
