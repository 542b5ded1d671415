// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.Recognizer;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagSpan;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

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
    private final Optional<Output<?>> answer;
    private final boolean isContinued;

    private ToolCalls(
            ToolConvention convention,
            List<Tool> tools,
            ToolChoice choice,
            Thinking thinking,
            OptionalInt thinkingTokens,
            Optional<Output<?>> answer,
            boolean isContinued) {
        this.convention = convention;
        this.tools = tools;
        this.choice = choice;
        this.thinking = thinking;
        this.thinkingTokens = thinkingTokens;
        this.answer = answer;
        this.isContinued = isContinued;
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
        return new ToolCalls(
                convention,
                List.copyOf(tools),
                ToolChoice.AUTO,
                Thinking.NONE,
                OptionalInt.empty(),
                Optional.empty(),
                false);
    }

    /** Text alone, as a family writes it. */
    public static ToolCalls none(ToolConvention convention) {
        Objects.requireNonNull(convention, "convention");
        return new ToolCalls(
                convention, List.of(), ToolChoice.NONE, Thinking.NONE, OptionalInt.empty(), Optional.empty(), false);
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
        return new ToolCalls(convention, tools, other, thinking, thinkingTokens, answer, isContinued);
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
        return new ToolCalls(convention, tools, choice, other, thinkingTokens, answer, isContinued);
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
        return new ToolCalls(convention, tools, choice, thinking, OptionalInt.of(most), answer, isContinued);
    }

    /**
     * The same, in which what is said to the user is a text of an output: either that or calls, and never both. {@link ToolAnswer#text()} is what was said; the output {@linkplain Output#read reads} it.
     * With {@link Output#text()} it is free text again, with calls behind it.
     *
     * @throws UnsupportedFeatureException when this is compiled, if such a text may begin as calls or reasoning do in the convention
     */
    public ToolCalls withAnswer(Output<?> other) {
        Objects.requireNonNull(other, "other");
        boolean isFree = other.source() instanceof OutputSource.FreeText;
        return new ToolCalls(
                convention,
                tools,
                choice,
                thinking,
                thinkingTokens,
                isFree ? Optional.empty() : Optional.of(other),
                isContinued);
    }

    /** The same for an answer that goes on with what was begun: white space at its beginning counts. */
    public ToolCalls withContinuation(boolean continued) {
        return new ToolCalls(convention, tools, choice, thinking, thinkingTokens, answer, continued);
    }

    /** The tools. */
    public List<Tool> tools() {
        return tools;
    }

    /** The convention. */
    public ToolConvention convention() {
        return convention;
    }

    /**
     * The format of the whole answer.
     *
     * @throws UnsupportedFeatureException if there is an output for what is said, which a format cannot hold
     */
    public TagFormat format() {
        if (answer.isPresent()) {
            throw new UnsupportedFeatureException(
                    "outputs in formats",
                    "a format cannot hold the output of what is said; use output()",
                    Place.UNKNOWN);
        }
        return new CallFormat(convention, allowed(), choice, false, false, isContinued)
                .answer(thinking, thinkingTokens);
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
        return output(ToolCalls::compiled);
    }

    private static CompiledSource compiled(Output<?> output) {
        return OutputCompiler.compileSource(output, Limits.DEFAULT);
    }

    /**
     * {@link #output()}, with what compiles the output of what is said, which is looked at first: one that keeps what it has compiled.
     *
     * @param compiler compiles an output
     */
    public Output<ToolAnswer> output(Function<Output<?>, CompiledSource> compiler) {
        List<Tool> allowed = allowed();
        TagFormat format = callFormat().answer(thinking, thinkingTokens);
        Map<String, Output<?>> parts = CallFormat.parts(convention, allowed);
        answer.ifPresent(said -> {
            requireDistinct(compiler.apply(said).automaton());
            parts.put(CallFormat.ANSWER, said);
        });
        return Output.tags(format, parts).readBy(this::answer);
    }

    private CallFormat callFormat() {
        return new CallFormat(convention, allowed(), choice, true, answer.isPresent(), isContinued);
    }

    /** Refuses an output whose texts may begin as something else does. */
    private void requireDistinct(PushdownAutomaton texts) {
        boolean isMarked =
                convention.text().filter(text -> !text.begin().isEmpty()).isPresent();
        if (!isMarked && choice.most() > 0 && !choice.isRequired()) {
            requireDistinct(texts, convention.trigger(), "calls");
        }
        if (!isMarked && thinking == Thinking.ALLOWED) {
            requireDistinct(texts, convention.reasoning().orElseThrow().begin(), "reasoning");
        }
    }

    private void requireDistinct(PushdownAutomaton texts, String mark, String what) {
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        if (new Recognizer(texts, Limits.DEFAULT).read(bytes) == bytes.length) {
            throw new UnsupportedFeatureException(
                    "an answer beside " + what,
                    "a text of the answer may begin with \"" + mark + "\", as " + what + " do in the convention "
                            + convention.id(),
                    Place.UNKNOWN);
        }
    }

    /**
     * Tells of the parts of an answer while it is written. For a {@link dev.espalier.Request} of {@link #output()}; one for each. Cost: as if the
     * answer were read once more, and compiling each tool that is called for the first time.
     *
     * @throws InvalidInputException if the convention does not show where a name or a call ends
     */
    public DecodeListener listener(AnswerListener listener) {
        return listener(listener, ToolCalls::compiled);
    }

    /**
     * {@link #listener(AnswerListener)}, with what compiles the forms of calls: one that keeps what it has compiled.
     *
     * @param compiler compiles an output; called by the thread that tells of the text
     */
    public DecodeListener listener(AnswerListener listener, Function<Output<?>, CompiledSource> compiler) {
        return new AnswerWatch(callFormat(), thinking, Objects.requireNonNull(listener, "listener"), compiler);
    }

    ToolAnswer answer(String text, List<TagSpan> spans) {
        AnswerReader reader = new AnswerReader(text, convention, answer.isPresent(), isContinued);
        spans.forEach(reader::read);
        return reader.answer();
    }
}
