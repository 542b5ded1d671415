// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import org.jspecify.annotations.Nullable;

/** A language of texts that is not regular. */
public interface TextKind {

    /** The empty text as a beginning; null if the language is empty. */
    @Nullable
    TextReading begin();

    /**
     * Whether its readings know exactly which texts can still be completed, with any number of characters. Other readings assume that a text can
     * be completed, and decide only at its end.
     */
    boolean isExact();

    /**
     * Whether every beginning of its texts is completed by texts of any number of characters from the fewest on, and is the beginning of other
     * texts, too: so it is nearly a matter of its own what else is asked of a text.
     */
    default boolean isOpen() {
        return true;
    }

    /** The name of the language in messages. */
    String what();

    /** Whether a text is in the language. */
    default boolean contains(String text) {
        TextReading reading = begin();
        int left = text.codePointCount(0, text.length());
        for (int i = 0; i < text.length() && reading != null; i += Character.charCount(text.codePointAt(i))) {
            left--;
            reading = reading.next(text.codePointAt(i), left);
        }
        return reading != null && reading.isAccepted();
    }

    /** The regular expressions of ECMA-262. */
    record Regexes() implements TextKind {

        @Override
        public TextReading begin() {
            return RegexReading.START;
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public String what() {
            return "the format regex";
        }
    }
}
