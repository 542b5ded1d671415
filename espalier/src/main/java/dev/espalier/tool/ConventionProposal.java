// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.source.CompiledSource;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.ValueStyle;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Derives a convention from renderings of one template. The answer with one call is {@code before NAME middle ARGUMENTS after}; with two, {@code link} stands in the place of {@code after} and
 * {@code before} of the second. What {@code link} has in common with the end of {@code before} begins each call, what it has in common with the beginning of {@code after} ends each. One
 * derivation, one thread.
 */
final class ConventionProposal {

    private static final String ID = "derived";
    private static final String TEXT = "zqtext";
    private static final String THOUGHT = "zqthought";
    private final TemplateRendering rendering;
    private final boolean hasFlag;
    private final TemplateRendering.Call first;
    private final TemplateRendering.Call second;
    private final Map<ValueStyle, CompiledSource> sources = new EnumMap<>(ValueStyle.class);
    private Optional<String> reason = Optional.empty();

    /**
     * A derivation.
     *
     * @param hasFlag whether calls have an argument that Python and JSON write differently
     */
    ConventionProposal(TemplateRendering rendering, boolean hasFlag) {
        this.rendering = rendering;
        this.hasFlag = hasFlag;
        this.first = call(0, "zq place", 37);
        this.second = call(1, "zq other", 42);
    }

    private TemplateRendering.Call call(int tool, String name, int count) {
        return new TemplateRendering.Call(tool, name, count, hasFlag);
    }

    /** Conversations that a proposal is checked by. */
    private List<List<TemplateRendering.Call>> checks() {
        return List.of(
                List.of(first),
                List.of(call(1, "zq äöü (1, [2])", 7)),
                List.of(call(1, "zq a, b", 0), call(0, "zq 100 %", 1)),
                List.of(second, first, call(1, "zq last", 5)));
    }

    /** What could not be derived, if something was there to derive it from. */
    Optional<String> reason() {
        return reason;
    }

    private <T> Optional<T> not(String why) {
        reason = Optional.of(why);
        return Optional.empty();
    }

    /** Where the name and the arguments of a call are in a text. */
    private record Place(int name, int nameEnd, int arguments, int end, ValueStyle style) {}

    /** The convention, and how many calls it is known for. */
    Optional<TemplateConvention.Proposal> derived() {
        Optional<String> one = written(List.of(first));
        if (one.isEmpty()) {
            return Optional.empty();
        }
        Optional<Place> place = place(one.get(), first, 0, List.of(ValueStyle.values()));
        if (place.isEmpty()) {
            return not("a call does not have its name and, behind it, its arguments in a style that is known");
        }
        Optional<String> plain = rendering.of("", TEXT, List.of());
        if (plain.isEmpty()) {
            return not("it takes no answer without calls");
        }
        boolean isLast = rendering.of("", "", List.of(first)).isPresent();
        Answer answer =
                Answer.of(one.get(), plain.get(), isLast ? OptionalInt.empty() : OptionalInt.of(place.get().end));
        if (answer.start > place.get().name || answer.end < place.get().end) {
            return not("an answer with calls and one without do not begin and end alike");
        }
        Optional<TemplateConvention.Proposal> proposal = proposal(one.get(), place.get(), answer);
        return proposal.filter(this::isRight)
                .or(() -> reason.isPresent() ? Optional.empty() : not("what was derived does not read its own calls"));
    }

    /** An answer with calls at the end of a conversation, or before their results if the template takes no other. */
    private Optional<String> written(List<TemplateRendering.Call> calls) {
        return rendering.of("", "", calls).or(() -> rendering.withResults(calls));
    }

    /** Where an answer is in a rendered conversation, and what stands around its text where there are no calls. */
    private record Answer(int start, int end, Optional<ToolConvention.Text> text) {

        /**
         * Compares an answer with calls with one without.
         *
         * @param arguments where the arguments of the last call end, if something follows the answer
         */
        static Answer of(String calls, String plain, OptionalInt arguments) {
            int at = plain.lastIndexOf(TEXT);
            String before = plain.substring(Math.max(0, plain.lastIndexOf(TemplateRendering.QUESTION, at)), at);
            int question = calls.indexOf(before); // what is told before the question may be told elsewhere
            int start = question < 0 ? common(calls, plain.substring(0, at)) : question + before.length();
            if (question < 0) {
                start = Math.max(plain.lastIndexOf('>', start - 1), plain.lastIndexOf('\n', start - 1)) + 1;
            }
            String behind = plain.substring(at + TEXT.length());
            if (arguments.isPresent()) {
                return new Answer(start, place(calls, behind, arguments.getAsInt()), Optional.empty());
            }
            int ending = commonEnd(calls.substring(start), behind);
            if (ending < behind.length()) {
                String last = behind.substring(behind.length() - ending);
                ending = last.length() - Math.max(0, last.indexOf('<'));
            }
            String begin = question < 0 ? plain.substring(start, at) : "";
            String end = behind.substring(0, behind.length() - ending);
            Optional<ToolConvention.Text> text =
                    begin.isBlank() ? Optional.empty() : Optional.of(new ToolConvention.Text(begin, end, false, ""));
            return new Answer(start, calls.length() - ending, text);
        }

        /** Where as much as possible of the beginning of a text is in another one, from a place on. */
        private static int place(String text, String beginning, int from) {
            for (int length = beginning.length(); length > 0; length--) {
                int found = text.indexOf(beginning.substring(0, length), from);
                if (found >= 0) {
                    return found;
                }
            }
            return from;
        }
    }

    private static int common(String one, String other) {
        int length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static int commonEnd(String one, String other) {
        return common(
                new StringBuilder(one).reverse().toString(),
                new StringBuilder(other).reverse().toString());
    }

    /** Where a call is, in the style that reads most of it. */
    private Optional<Place> place(String text, TemplateRendering.Call call, int from, List<ValueStyle> styles) {
        int value = text.indexOf(call.name(), from);
        int name = value < 0 ? -1 : text.lastIndexOf(call.toolName(), value);
        if (name < from) {
            return Optional.empty();
        }
        int nameEnd = name + call.toolName().length();
        Optional<Place> found = Optional.empty();
        int last = value;
        for (ValueStyle style : styles) {
            CompiledSource source = sources.computeIfAbsent(style, ConventionProposal::source);
            for (int at = nameEnd; at < value; at++) {
                int end = at + TemplateRendering.longest(source, text, at);
                if (end > last) {
                    found = Optional.of(new Place(name, nameEnd, at, end, style));
                    last = end;
                }
            }
        }
        return found;
    }

    /** The arguments of any of the tools. */
    private static CompiledSource source(ValueStyle style) {
        String schema = TemplateRendering.TOOLS.get(0).parameters();
        return OutputCompiler.compileSource(
                Output.tags(new TagFormat.JsonSchema(schema, style, false, OptionalInt.empty(), List.of())),
                Limits.DEFAULT);
    }

    private Optional<TemplateConvention.Proposal> proposal(String one, Place place, Answer answer) {
        String before = withId(one.substring(answer.start, place.name), 0, first);
        String middle = withId(one.substring(place.nameEnd, place.arguments), 0, first);
        String after = withId(one.substring(place.end, answer.end), 0, first);
        Optional<ToolConvention.Reasoning> reasoning = reasoning(answer);
        Optional<String> two = written(List.of(first, second));
        Optional<Place> next = two.flatMap(text -> place(text, second, place.end, List.of(place.style)));
        if (two.isEmpty() || next.isEmpty()) {
            return convention(
                            "",
                            before + "{name}" + middle + "{arguments}" + after,
                            "\n",
                            "",
                            place.style,
                            reasoning,
                            answer)
                    .map(convention -> new TemplateConvention.Proposal(convention, 1));
        }
        String link = withId(withId(two.get().substring(place.end, next.get().name), 0, first), 1, second);
        String other = withId(two.get().substring(next.get().nameEnd, next.get().arguments), 1, second);
        Numbered begun = Numbered.ofEnds(before, link);
        Numbered inside = Numbered.ofBeginnings(middle, other);
        if (!inside.one.equals(inside.other)) {
            return not("what stands between the name and the arguments differs from call to call");
        }
        int suffix = Math.min(common(after, begun.other), begun.other.length());
        int prefix = commonEnd(begun.one, begun.other);
        if (suffix + prefix > begun.other.length()) { // all ways to cut mean the same: rather not inside a mark
            int cut = suffix;
            while (cut > begun.other.length() - prefix
                    && cut < begun.other.length()
                    && begun.other.charAt(cut) != '<'
                    && begun.other.charAt(cut - 1) != '\n') {
                cut--;
            }
            suffix = cut;
            prefix = begun.other.length() - cut;
        }
        return convention(
                        begun.one.substring(0, begun.one.length() - prefix),
                        begun.one.substring(begun.one.length() - prefix) + "{name}" + inside.one + "{arguments}"
                                + after.substring(0, suffix),
                        begun.other.substring(suffix, begun.other.length() - prefix),
                        after.substring(suffix),
                        place.style,
                        reasoning,
                        answer)
                .map(convention -> new TemplateConvention.Proposal(convention, ToolCalls.MAX_CALLS));
    }

    private String withId(String text, int number, TemplateRendering.Call call) {
        return rendering.hasNamedIds() ? text : text.replace(rendering.id(number, call), "{id}");
    }

    /** Two texts of the first and the second call, in which the number of the call is marked. */
    private record Numbered(String one, String other) {

        /** Texts that end alike, but for the number. */
        static Numbered ofEnds(String one, String other) {
            int same = commonEnd(one, other);
            String head = one.substring(0, one.length() - same);
            String otherHead = other.substring(0, other.length() - same);
            if (!head.endsWith("0") || !otherHead.endsWith("1")) {
                return new Numbered(one, other);
            }
            String tail = "{index}" + one.substring(one.length() - same);
            return new Numbered(
                    head.substring(0, head.length() - 1) + tail, otherHead.substring(0, otherHead.length() - 1) + tail);
        }

        /** Texts that begin alike, but for the number. */
        static Numbered ofBeginnings(String one, String other) {
            int same = common(one, other);
            boolean isNumber = same < one.length()
                    && same < other.length()
                    && one.charAt(same) == '0'
                    && other.charAt(same) == '1';
            return isNumber
                    ? new Numbered(
                            one.substring(0, same) + "{index}" + one.substring(same + 1),
                            other.substring(0, same) + "{index}" + other.substring(same + 1))
                    : new Numbered(one, other);
        }
    }

    private Optional<ToolConvention.Reasoning> reasoning(Answer answer) {
        return rendering.of(THOUGHT, TEXT, List.of()).flatMap(text -> {
            int thought = text.lastIndexOf(THOUGHT);
            int said = text.lastIndexOf(TEXT);
            if (thought < answer.start || said < thought) {
                return Optional.empty();
            }
            String begin = text.substring(answer.start, thought);
            String end = text.substring(thought + THOUGHT.length(), said);
            return begin.isBlank() || end.isBlank()
                    ? Optional.empty()
                    : Optional.of(new ToolConvention.Reasoning(begin, end));
        });
    }

    private Optional<ToolConvention> convention(
            String opening,
            String call,
            String between,
            String closing,
            ValueStyle style,
            Optional<ToolConvention.Reasoning> reasoning,
            Answer answer) {
        try {
            return Optional.of(new ToolConvention(ID, opening, call, between, closing, style, reasoning, answer.text));
        } catch (InvalidInputException refused) {
            return not(String.valueOf(refused.getMessage()));
        }
    }

    private boolean isRight(TemplateConvention.Proposal proposal) {
        return checks().stream()
                .filter(calls -> calls.size() <= proposal.mostCalls())
                .allMatch(calls -> written(calls)
                        .map(text -> TemplateRendering.isWritten(proposal.convention(), text, calls))
                        .orElse(false));
    }
}
