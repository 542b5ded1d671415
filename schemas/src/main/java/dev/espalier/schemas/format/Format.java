// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.schemas.options.Draft;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The assertion that {@code format} makes with a known name. */
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
     * @param pattern the pattern that the whole text matches
     * @param maxLength the greatest length in characters; -1 for none
     */
    record Texts(String pattern, int maxLength) implements Format {}

    /**
     * Host names: labels of letters, digits and hyphens. From draft 7 on, A-labels among them are decoded if checks at the end are allowed;
     * otherwise, and in older drafts, they are ordinary labels, as in RFC 1123.
     *
     * @param pattern the pattern that the whole text matches
     * @param maxLength the greatest length in characters
     * @param encoded a pattern that matches, anywhere in the text, the beginning of an A-label
     * @param kind the language of which texts with such a label must be
     */
    record Hosts(String pattern, int maxLength, String encoded, TextKind kind) implements Format {

        /** Whether a draft's host names may hold A-labels. */
        public boolean isIn(Draft draft) {
            return draft.since(Draft.DRAFT_7);
        }
    }

    /**
     * Strings of a language that is not regular.
     *
     * @param pattern a pattern that all of them match, which narrows what is written; empty for any text
     * @param kind the language
     */
    record Read(String pattern, TextKind kind) implements Format {}

    /** Integers from a least one up to a greatest. */
    record Integers(BigInteger least, BigInteger most) implements Format {}
}
