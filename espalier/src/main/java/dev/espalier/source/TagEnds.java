// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagFormat.TokenName;
import java.util.List;
import java.util.stream.Stream;

/** Formats whose free text keeps clear of the ends of the tag that they are in. */
final class TagEnds {

    private TagEnds() {}

    /** A format whose free text has none of some texts in it, and whose other tokens are none of some. What is in tags stays as it is. */
    static TagFormat without(TagFormat format, List<String> texts, List<TokenName> tokens) {
        if (texts.isEmpty() && tokens.isEmpty()) {
            return format;
        }
        if (format instanceof TagFormat.AnyText any) {
            return new TagFormat.AnyText(joined(any.excludes(), texts), any.maxChars(), any.maxTokens());
        } else if (format instanceof TagFormat.OtherTokens other) {
            return new TagFormat.OtherTokens(joined(other.excluded(), tokens), other.min(), other.max());
        } else if (format instanceof TagFormat.Sequence sequence) {
            return new TagFormat.Sequence(without(sequence.elements(), texts, tokens));
        } else if (format instanceof TagFormat.Span span) {
            return new TagFormat.Span(span.name(), without(span.content(), texts, tokens));
        } else if (format instanceof TagFormat.Or or) {
            return new TagFormat.Or(without(or.elements(), texts, tokens));
        } else if (format instanceof TagFormat.Repeat repeat) {
            return new TagFormat.Repeat(without(repeat.content(), texts, tokens), repeat.min(), repeat.max());
        } else if (format instanceof TagFormat.TriggeredTags tags) {
            return new TagFormat.TriggeredTags(
                    tags.triggers(),
                    tags.tags(),
                    tags.isAtLeastOne(),
                    tags.isOne(),
                    joined(tags.excludes(), texts, tokens));
        } else if (format instanceof TagFormat.Dispatch dispatch) {
            return new TagFormat.Dispatch(
                    dispatch.rules(), dispatch.isLoop(), joined(dispatch.excludes(), texts, tokens));
        }
        return format;
    }

    private static List<TagFormat> without(List<TagFormat> all, List<String> texts, List<TokenName> tokens) {
        return all.stream().map(each -> without(each, texts, tokens)).toList();
    }

    private static TagFormat.Excludes joined(TagFormat.Excludes excludes, List<String> texts, List<TokenName> tokens) {
        return new TagFormat.Excludes(joined(excludes.texts(), texts), joined(excludes.tokens(), tokens));
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** Whether nothing but the end of a tag could close a format. */
    static boolean isEndless(TagFormat format) {
        if (format instanceof TagFormat.AnyText any) {
            return any.excludes().isEmpty() && any.maxChars().isEmpty();
        } else if (format instanceof TagFormat.OtherTokens other) {
            return other.excluded().isEmpty() && other.max() == TagFormat.UNBOUNDED;
        } else if (format instanceof TagFormat.TriggeredTags tags) {
            return tags.excludes().equals(TagFormat.Excludes.NONE);
        } else if (format instanceof TagFormat.Dispatch dispatch) {
            return dispatch.excludes().equals(TagFormat.Excludes.NONE);
        } else if (format instanceof TagFormat.Span span) {
            return isEndless(span.content());
        } else if (format instanceof TagFormat.Sequence sequence) {
            return isEndless(sequence.elements().get(sequence.elements().size() - 1));
        } else if (format instanceof TagFormat.Or or) {
            return or.elements().stream().anyMatch(TagEnds::isEndless);
        }
        return false;
    }
}
