// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

import dev.espalier.tag.TagFormat.Excludes;
import dev.espalier.tag.TagFormat.Mark;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes {@linkplain TagFormat formats} of texts with tagged parts.
 *
 * <pre>{@code
 * TagFormat answer = Tags.triggered(
 *         "<call>", Tags.tag("<call>", Tags.schema("{\"type\": \"object\"}"), "</call>"));
 * }</pre>
 */
public final class Tags {

    private Tags() {}

    /** Exactly this text. */
    public static TagFormat text(String value) {
        return new TagFormat.ConstString(value);
    }

    /** Any text; in a tag, up to its end. */
    public static TagFormat anyText() {
        return new TagFormat.AnyText(List.of(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** Any text in which only so many tokens end; then it is closed. In a tag, its end is written. */
    public static TagFormat anyTextOfTokens(int most) {
        return new TagFormat.AnyText(List.of(), OptionalInt.empty(), OptionalInt.of(most));
    }

    /** Any text without some texts in it. */
    public static TagFormat anyTextWithout(String... excludes) {
        return new TagFormat.AnyText(List.of(excludes), OptionalInt.empty(), OptionalInt.empty());
    }

    /** A value of a JSON Schema, in JSON with any white space, its members in the order of the schema. Objects with {@code properties} have no others unless the schema says so. */
    public static TagFormat schema(String schema) {
        return new TagFormat.JsonSchema(schema, ValueStyle.JSON, false, OptionalInt.empty(), List.of());
    }

    /** A text that a regular expression matches from end to end. */
    public static TagFormat regex(String pattern) {
        return new TagFormat.Regex(pattern);
    }

    /** What another output allows, which is handed over beside the format by this name. */
    public static TagFormat output(String name) {
        return new TagFormat.Part(name);
    }

    /** One after the other. */
    public static TagFormat sequence(TagFormat... elements) {
        return new TagFormat.Sequence(List.of(elements));
    }

    /** The same, whose places in a text are found again by a name. */
    public static TagFormat span(String name, TagFormat content) {
        return new TagFormat.Span(name, content);
    }

    /** Any one of these. */
    public static TagFormat or(TagFormat... elements) {
        return new TagFormat.Or(List.of(elements));
    }

    /** This or nothing. */
    public static TagFormat optional(TagFormat content) {
        return new TagFormat.Repeat(content, 0, 1);
    }

    /** A part between two texts. */
    public static TagFormat.Tag tag(String begin, TagFormat content, String... ends) {
        return new TagFormat.Tag(
                new Mark.Text(begin),
                content,
                Arrays.stream(ends).map(end -> (Mark) new Mark.Text(end)).toList());
    }

    /** Free text with tags in it, which all begin with one text: where that has been written, a tag follows. */
    public static TagFormat.TriggeredTags triggered(String trigger, TagFormat.Tag... tags) {
        return new TagFormat.TriggeredTags(List.of(new Mark.Text(trigger)), List.of(tags), false, false, Excludes.NONE);
    }

    /** Free text with tags in it, the whole begin of each being its trigger. */
    public static TagFormat.TriggeredTags among(TagFormat.Tag... tags) {
        Set<Mark> triggers =
                Arrays.stream(tags).map(TagFormat.Tag::begin).collect(Collectors.toCollection(LinkedHashSet::new));
        return new TagFormat.TriggeredTags(List.copyOf(triggers), List.of(tags), false, false, Excludes.NONE);
    }

    /** One or more tags with a text between neighbours, and nothing else. */
    public static TagFormat.SeparatedTags separated(String separator, TagFormat.Tag... tags) {
        return new TagFormat.SeparatedTags(List.of(tags), separator, true, TagFormat.UNBOUNDED);
    }
}
