// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

import dev.espalier.core.error.InvalidInputException;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a text with tagged parts looks like: the formats of structural tags, as XGrammar 0.2.8 names them. {@link Tags} makes them, {@link TagReader} reads their JSON form.
 * Immutable.
 *
 * <p>Free text ({@link AnyText}, and what stands between the tags of {@link TriggeredTags} and {@link Dispatch}) goes up to the first mark that is whole in it. Where it is the last
 * part of a {@link Tag}, the tag's end texts are marks, too: the first one closes the tag. Only those of the nearest tag count, and token ends act on formats of tokens alone.
 */
public sealed interface TagFormat {

    /** The value of {@code max} that means "no upper bound". */
    int UNBOUNDED = -1;

    /** Exactly this text. */
    record ConstString(String value) implements TagFormat {}

    /**
     * A value of a JSON Schema.
     *
     * @param schema the text of the schema
     * @param style how the value is written
     * @param isAnyOrder whether members may come in any order; all else is kept, required members too
     * @param maxWhiteSpace the longest run of white space between tokens, in bytes; empty for 20
     * @param excludes texts that no string and no key of the value contains
     */
    record JsonSchema(
            String schema, ValueStyle style, boolean isAnyOrder, OptionalInt maxWhiteSpace, List<String> excludes)
            implements TagFormat {
        /** Copies the list. */
        public JsonSchema {
            excludes = checked(excludes);
        }
    }

    /** A text that a regular expression matches from end to end. */
    record Regex(String pattern) implements TagFormat {}

    /** A sentence of a grammar in XGrammar's EBNF, from its rule {@code root}. */
    record Grammar(String ebnf) implements TagFormat {}

    /** What another output allows, which stands beside the format by this name; see {@link Tags#output}. */
    record Part(String name) implements TagFormat {}

    /**
     * Any text.
     *
     * @param excludes what is nowhere in it
     * @param maxChars the most code points; empty for any number
     * @param maxTokens how many tokens may end in it before it is closed: then no further character is begun. Tokens that end in a part of its end count, too. Empty for any number
     */
    record AnyText(List<String> excludes, OptionalInt maxChars, OptionalInt maxTokens) implements TagFormat {
        /**
         * Copies the list.
         *
         * @throws InvalidInputException if both characters and tokens are bounded, or a bound is negative
         */
        public AnyText {
            excludes = checked(excludes);
            if (maxChars.isPresent() && maxTokens.isPresent()) {
                throw new InvalidInputException(
                        "a text has a greatest number of characters or of tokens, but not of both");
            }
            if (maxChars.orElse(0) < 0 || maxTokens.orElse(0) < 0) {
                throw new InvalidInputException("a greatest number must not be negative");
            }
        }
    }

    /** One token. */
    record OneToken(TokenName token) implements TagFormat {}

    /**
     * Tokens that are not among some.
     *
     * @param min the least number of them
     * @param max the greatest, or {@link #UNBOUNDED}
     */
    record OtherTokens(List<TokenName> excluded, int min, int max) implements TagFormat {
        /** Copies the list. */
        public OtherTokens {
            excluded = List.copyOf(excluded);
        }
    }

    /** One after the other. */
    record Sequence(List<TagFormat> elements) implements TagFormat {
        /** Copies the list. */
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A format whose places in a text are found again by its name: see {@code TagSpans}. */
    record Span(String name, TagFormat content) implements TagFormat {}

    /** Any one of these. */
    record Or(List<TagFormat> elements) implements TagFormat {
        /** Copies the list. */
        public Or {
            elements = List.copyOf(elements);
        }
    }

    /** As many times as the bounds allow; {@code max} may be {@link #UNBOUNDED}. */
    record Repeat(TagFormat content, int min, int max) implements TagFormat {}

    /**
     * A part between two marks.
     *
     * @param ends any of these closes it; an empty text ends it where its content ends
     */
    record Tag(Mark begin, TagFormat content, List<Mark> ends) implements TagFormat {
        /** Copies the list. */
        public Tag {
            ends = List.copyOf(ends);
            if (ends.isEmpty()) {
                throw new InvalidInputException("a tag needs an end");
            }
        }
    }

    /**
     * Free text with tags in it: where a trigger has been written, one of its tags must follow. A trigger is what the begin of its tags begins with.
     *
     * @param isAtLeastOne whether the text begins with a tag
     * @param isOne whether it ends behind the first tag
     * @param excludes what is nowhere in the free text
     */
    record TriggeredTags(List<Mark> triggers, List<Tag> tags, boolean isAtLeastOne, boolean isOne, Excludes excludes)
            implements TagFormat {
        /** Copies the lists. */
        public TriggeredTags {
            triggers = List.copyOf(triggers);
            tags = List.copyOf(tags);
        }
    }

    /**
     * Tags with a separator between neighbours, and nothing else.
     *
     * @param isAtLeastOne whether there is one
     * @param maxTags the most tags, or {@link #UNBOUNDED}
     */
    record SeparatedTags(List<Tag> tags, String separator, boolean isAtLeastOne, int maxTags) implements TagFormat {
        /** Copies the list. */
        public SeparatedTags {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Free text with marks in it, behind each of which its format must follow.
     *
     * @param isLoop whether free text goes on behind that
     */
    record Dispatch(List<Rule> rules, boolean isLoop, Excludes excludes) implements TagFormat {

        /** A mark, and what follows it. */
        public record Rule(Mark mark, TagFormat then) {}

        /** Copies the list. */
        public Dispatch {
            rules = List.copyOf(rules);
        }
    }

    /** A mark: a text, or one token of the vocabulary. */
    sealed interface Mark {

        /** A text, which may be spelled in any tokens. */
        record Text(String text) implements Mark {}

        /** One token. */
        record Token(TokenName token) implements Mark {}
    }

    /** What free text does not contain: texts, or tokens where marks are tokens. */
    record Excludes(List<String> texts, List<TokenName> tokens) {

        /** Nothing. */
        public static final Excludes NONE = new Excludes(List.of(), List.of());

        /** Copies the lists. */
        public Excludes {
            texts = checked(texts);
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * A token of the vocabulary.
     *
     * @param text its text in the tokenizer; empty when only the id is given
     * @param id its id, or -1 when only the text is given
     */
    record TokenName(String text, int id) {}

    private static List<String> checked(List<String> excludes) {
        if (excludes.contains("")) {
            throw new InvalidInputException("an empty text is everywhere, and cannot be excluded");
        }
        return List.copyOf(excludes);
    }
}
