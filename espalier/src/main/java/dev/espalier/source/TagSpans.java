// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.Recognizer;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.TagFormat.TokenName;
import dev.espalier.tag.TagReader;
import dev.espalier.tag.TagSpan;
import dev.espalier.tag.ValueStyle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Finds the formats of a structural tag in a finished text, by trying what may come at each place. The first way to read the text counts: free text first goes on as it is. One text, one thread.
 */
public final class TagSpans {

    private final CompiledSource source;
    private final byte[] text;
    private final List<TagSpan> spans = new ArrayList<>();

    private TagSpans(CompiledSource source, byte[] text) {
        this.source = source;
        this.text = text;
    }

    /**
     * Where the named formats of the tag are in a text: those that are in others behind these.
     *
     * @return empty if the text is none of the tag's
     * @throws InvalidInputException if the source is no structural tag, or has tokens that are given by id alone
     */
    public static Optional<List<TagSpan>> of(CompiledSource source, String text) {
        if (!(source.source() instanceof OutputSource.StructuralTag tag)) {
            throw new InvalidInputException("only the text of a structural tag has tags");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TagSpans search = new TagSpans(source, bytes);
        TagFormat format = TagReader.read(tag.json(), "");
        if (!search.upTo(format, List.of(new Mark.Text("")), "#/format", 0, end -> end == bytes.length)) {
            return Optional.empty();
        }
        return Optional.of(search.spans.stream()
                .map(span -> new TagSpan(span.name(), characters(bytes, span.start()), characters(bytes, span.end())))
                .toList());
    }

    private static int characters(byte[] bytes, int end) {
        return new String(bytes, 0, end, StandardCharsets.UTF_8).length();
    }

    /** Reads a format and one of some ends behind it. */
    private boolean upTo(TagFormat format, List<Mark> ends, String at, int from, IntPredicate then) {
        return content(format, ends, at, from, (end, behind) -> then.test(behind));
    }

    /** Told where a format ends, and where the end behind it does. */
    private interface Ending {
        boolean test(int end, int behind);
    }

    private boolean ended(List<Mark> ends, int end, Ending then) {
        for (Mark mark : ends) {
            byte[] bytes = bytes(mark);
            if (isAt(bytes, end) && then.test(end, end + bytes.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean content(TagFormat format, List<Mark> ends, String at, int from, Ending then) {
        if (format instanceof TagFormat.ConstString text) {
            return fixed(text.value().getBytes(StandardCharsets.UTF_8), ends, from, then);
        } else if (format instanceof TagFormat.OneToken token) {
            return fixed(bytes(new Mark.Token(token.token())), ends, from, then);
        } else if (format instanceof TagFormat.AnyText any) {
            return free(
                    any.excludes(),
                    List.of(),
                    any.maxChars().orElse(Integer.MAX_VALUE),
                    ends,
                    from,
                    (end, stop) -> false,
                    then);
        } else if (format instanceof TagFormat.OtherTokens other) {
            List<String> excluded =
                    other.excluded().stream().map(TokenName::text).toList();
            return free(excluded, List.of(), Integer.MAX_VALUE, ends, from, (end, stop) -> false, then);
        } else if (format instanceof TagFormat.Sequence sequence) {
            return sequence(sequence.elements(), 0, ends, at, from, then);
        } else if (format instanceof TagFormat.Span span) {
            return span(span, ends, at, from, then);
        } else if (format instanceof TagFormat.Or or) {
            return or(or, ends, at, from, then);
        } else if (format instanceof TagFormat.Repeat repeat) {
            return repeated(repeat, 0, ends, at, from, then);
        } else if (format instanceof TagFormat.Tag tag) {
            byte[] begin = bytes(tag.begin());
            return isAt(begin, from) && inside(tag, at, from + begin.length, end -> ended(ends, end, then));
        } else if (format instanceof TagFormat.SeparatedTags tags) {
            return (!tags.isAtLeastOne() && ended(ends, from, then))
                    || separated(tags, 0, at, from, end -> ended(ends, end, then));
        } else if (format instanceof TagFormat.TriggeredTags tags) {
            return triggered(tags, tags.isAtLeastOne(), ends, at, from, then);
        } else if (format instanceof TagFormat.Dispatch dispatch) {
            return dispatched(dispatch, ends, at, from, then);
        } else if (format instanceof TagFormat.JsonSchema schema && schema.style() != ValueStyle.JSON) {
            return content(TagValues.parts(schema, at), ends, at, from, then);
        }
        return part(at, ends, from, then);
    }

    private boolean fixed(byte[] bytes, List<Mark> ends, int from, Ending then) {
        return isAt(bytes, from) && ended(ends, from + bytes.length, then);
    }

    /** What stands at a mark in free text. */
    private interface Stop {
        boolean test(int start, Mark mark);
    }

    /** Free text up to the first of its marks and ends. */
    private boolean free(
            List<String> excluded, List<Mark> marks, int maxChars, List<Mark> ends, int from, Stop stop, Ending then) {
        int excludedEnd = Integer.MAX_VALUE;
        int markEnd = Integer.MAX_VALUE;
        for (int at = from; at <= text.length; at++) {
            int end = at;
            if (excludedEnd > at
                    && excluded.stream().anyMatch(each -> isBefore(each.getBytes(StandardCharsets.UTF_8), from, end))) {
                excludedEnd = at;
            }
            List<Mark> endsHere = ends.stream()
                    .filter(mark -> isBefore(bytes(mark), from, end))
                    .toList();
            if (!endsHere.isEmpty()) {
                int free = Math.min(excludedEnd, markEnd);
                return endsHere.stream()
                        .map(mark -> end - bytes(mark).length)
                        .anyMatch(
                                start -> start < free && characters(from, start) <= maxChars && then.test(start, end));
            }
            boolean isFree = Math.min(excludedEnd, markEnd) > at;
            List<Mark> here = marks.stream()
                    .filter(mark -> isBefore(bytes(mark), from, end))
                    .toList();
            if (isFree && !here.isEmpty()) {
                markEnd = at;
                if (here.stream().anyMatch(mark -> stop.test(end - bytes(mark).length, mark))) {
                    return true;
                }
            } else if (isFree
                    && isBoundary(at)
                    && ends.stream().anyMatch(mark -> bytes(mark).length == 0)
                    && characters(from, at) <= maxChars
                    && then.test(at, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text that is not empty ends at a place in free text. */
    private boolean isBefore(byte[] bytes, int from, int end) {
        return bytes.length > 0 && end - bytes.length >= from && isAt(bytes, end - bytes.length);
    }

    private int characters(int from, int to) {
        int characters = 0;
        for (int i = from; i < to; i++) {
            characters += isBoundary(i) ? 1 : 0;
        }
        return characters;
    }

    private boolean isBoundary(int at) {
        return at == text.length || (text[at] & 0xc0) != 0x80;
    }

    private boolean sequence(List<TagFormat> elements, int index, List<Mark> ends, String at, int from, Ending then) {
        String place = at + "/elements/" + index;
        if (index == elements.size() - 1) {
            return content(elements.get(index), ends, place, from, then);
        }
        return upTo(
                elements.get(index),
                List.of(new Mark.Text("")),
                place,
                from,
                end -> sequence(elements, index + 1, ends, at, end, then));
    }

    private boolean span(TagFormat.Span span, List<Mark> ends, String at, int from, Ending then) {
        int mark = spans.size();
        spans.add(new TagSpan(span.name(), from, from));
        boolean found = content(span.content(), ends, at + "/content", from, (end, behind) -> {
            TagSpan before = spans.get(mark);
            spans.set(mark, new TagSpan(span.name(), from, end));
            if (then.test(end, behind)) {
                return true;
            }
            spans.set(mark, before);
            return false;
        });
        if (!found) {
            spans.subList(mark, spans.size()).clear();
        }
        return found;
    }

    private boolean or(TagFormat.Or or, List<Mark> ends, String at, int from, Ending then) {
        for (int i = 0; i < or.elements().size(); i++) {
            if (content(or.elements().get(i), ends, at + "/elements/" + i, from, then)) {
                return true;
            }
        }
        return false;
    }

    private boolean repeated(TagFormat.Repeat repeat, int count, List<Mark> ends, String at, int from, Ending then) {
        String place = at + "/content";
        if (repeat.max() == 1) {
            return content(repeat.content(), ends, place, from, then) || (repeat.min() == 0 && ended(ends, from, then));
        }
        if (repeat.max() == TagFormat.UNBOUNDED || count < repeat.max()) {
            List<String> texts = ends.stream()
                    .filter(Mark.Text.class::isInstance)
                    .map(mark -> ((Mark.Text) mark).text())
                    .filter(mark -> !mark.isEmpty())
                    .toList();
            TagFormat item = TagEnds.without(repeat.content(), texts, List.of());
            if (upTo(
                    item,
                    List.of(new Mark.Text("")),
                    place,
                    from,
                    end -> (end > from || count < repeat.min()) && repeated(repeat, count + 1, ends, at, end, then))) {
                return true;
            }
        }
        return count >= repeat.min() && ended(ends, from, then);
    }

    private boolean inside(TagFormat.Tag tag, String at, int from, IntPredicate then) {
        return upTo(tag.content(), tag.ends(), at + "/content", from, then);
    }

    private boolean tag(TagFormat.Tag tag, String at, int from, IntPredicate then) {
        return upTo(tag, List.of(new Mark.Text("")), at, from, then);
    }

    private boolean separated(TagFormat.SeparatedTags tags, int count, String at, int from, IntPredicate then) {
        if (tags.maxTags() != TagFormat.UNBOUNDED && count >= tags.maxTags()) {
            return false;
        }
        byte[] separator = tags.separator().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < tags.tags().size(); i++) {
            if (tag(
                    tags.tags().get(i),
                    at + "/tags/" + i,
                    from,
                    end -> (isAt(separator, end) && separated(tags, count + 1, at, end + separator.length, then))
                            || then.test(end))) {
                return true;
            }
        }
        return false;
    }

    private boolean triggered(
            TagFormat.TriggeredTags tags, boolean isFirst, List<Mark> ends, String at, int from, Ending then) {
        if (isFirst) {
            return oneOf(tags, tags.triggers(), ends, at, from, then);
        }
        List<String> excluded = new ArrayList<>(tags.excludes().texts());
        tags.excludes().tokens().forEach(token -> excluded.add(token.text()));
        return free(
                excluded,
                tags.triggers(),
                Integer.MAX_VALUE,
                ends,
                from,
                (start, trigger) -> oneOf(tags, List.of(trigger), ends, at, start, then),
                then);
    }

    private boolean oneOf(
            TagFormat.TriggeredTags tags, List<Mark> triggers, List<Mark> ends, String at, int from, Ending then) {
        for (int i = 0; i < tags.tags().size(); i++) {
            TagFormat.Tag tag = tags.tags().get(i);
            boolean isTriggered = triggers.stream().anyMatch(trigger -> startsWith(bytes(tag.begin()), bytes(trigger)));
            if (isTriggered
                    && tag(
                            tag,
                            at + "/tags/" + i,
                            from,
                            end -> tags.isOne()
                                    ? ended(ends, end, then)
                                    : triggered(tags, false, ends, at, end, then))) {
                return true;
            }
        }
        return false;
    }

    private boolean dispatched(TagFormat.Dispatch dispatch, List<Mark> ends, String at, int from, Ending then) {
        List<Mark> marks =
                dispatch.rules().stream().map(TagFormat.Dispatch.Rule::mark).toList();
        List<String> excluded = new ArrayList<>(dispatch.excludes().texts());
        dispatch.excludes().tokens().forEach(token -> excluded.add(token.text()));
        return free(
                excluded,
                marks,
                Integer.MAX_VALUE,
                ends,
                from,
                (start, mark) -> {
                    for (int i = 0; i < dispatch.rules().size(); i++) {
                        TagFormat.Dispatch.Rule rule = dispatch.rules().get(i);
                        String place = at + "/rules/" + i + "/1";
                        int behind = start + bytes(mark).length;
                        if (endsWith(bytes(mark), bytes(rule.mark()))
                                && (dispatch.isLoop()
                                        ? upTo(
                                                rule.then(),
                                                List.of(new Mark.Text("")),
                                                place,
                                                behind,
                                                end -> dispatched(dispatch, ends, at, end, then))
                                        : content(rule.then(), ends, place, behind, then))) {
                            return true;
                        }
                    }
                    return false;
                },
                then);
    }

    /** All places at which a part may end. */
    private boolean part(String at, List<Mark> ends, int from, Ending then) {
        CompiledSource part = Objects.requireNonNull(source.parts().get(at), at);
        Recognizer recognizer = new Recognizer(part.automaton(), Limits.DEFAULT);
        for (int end = from; ; end++) {
            if (recognizer.isAccepting() && ended(ends, end, then)) {
                return true;
            }
            if (end == text.length || recognizer.read(new byte[] {text[end]}) == 0) {
                return false;
            }
        }
    }

    private boolean isAt(byte[] bytes, int from) {
        if (from < 0 || from + bytes.length > text.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (text[from + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] all, byte[] beginning) {
        return new String(all, StandardCharsets.ISO_8859_1)
                .startsWith(new String(beginning, StandardCharsets.ISO_8859_1));
    }

    private static boolean endsWith(byte[] all, byte[] ending) {
        return new String(all, StandardCharsets.ISO_8859_1).endsWith(new String(ending, StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(Mark mark) {
        if (mark instanceof Mark.Text text) {
            return text.text().getBytes(StandardCharsets.UTF_8);
        }
        TokenName token = ((Mark.Token) mark).token();
        if (token.text().isEmpty()) {
            throw new InvalidInputException(
                    "token " + token.id() + " is given by its id alone, and cannot be found in a text");
        }
        return token.text().getBytes(StandardCharsets.UTF_8);
    }
}
