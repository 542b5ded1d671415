package dev.espalier.schemas.format;

import dev.espalier.schemas.options.Draft;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The assertion of a known name of {@code format}. */
public sealed interface Format {

    /** The formats by name. */
    Map<String, Format> KNOWN = FormatPatterns.all();

    /** The format of a name; null if it is not asserted. */
    static @Nullable Format of(String name) {
        return KNOWN.get(name);
    }

    /**
     * Strings of a regular language.
     *
     * @param pattern the whole text matches it
     * @param maxLength the greatest length in characters; -1 for none
     */
    record Texts(String pattern, int maxLength) implements Format {}

    /**
     * Host names: labels of letters, digits and hyphens. From draft 7 on, A-labels among them are decoded where checks at
     * the end are allowed; without that, and in older drafts, they are labels like all others, as RFC 1123 has it.
     *
     * @param pattern the whole text matches it
     * @param maxLength the greatest length in characters
     * @param encoded matches, anywhere, the beginning of an A-label
     * @param kind what texts with such a label are checked for
     */
    record Hosts(String pattern, int maxLength, String encoded, TextKind kind) implements Format {

        /** Whether a draft's host names may hold A-labels. */
        public boolean isIn(Draft draft) {
            return draft.since(Draft.DRAFT_7);
        }
    }

    /**
     * Strings of a language that no automaton has.
     *
     * @param pattern what all of them match, or more, to steer the writing; empty for any text
     * @param kind which ones
     */
    record Read(String pattern, TextKind kind) implements Format {}

    /** Integers from a least one up to a greatest. */
    record Integers(BigInteger least, BigInteger most) implements Format {}
}
