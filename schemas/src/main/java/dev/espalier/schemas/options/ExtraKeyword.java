package dev.espalier.schemas.options;

import java.util.Locale;

/** Keywords that a schema's draft does not have, and that an option puts in force. */
public enum ExtraKeyword {
    /** {@code dependencies} as draft 7 has it: 2019-09 and 2020-12 allow it to mean that, or nothing. */
    DEPENDENCIES,
    /**
     * {@code propertyDependencies} of the draft after 2020-12: {@code {"kind": {"a": {…}}}} applies a schema to an object whose member
     * {@code kind} is the string {@code "a"}.
     */
    PROPERTY_DEPENDENCIES;

    /** As it is written in a schema. */
    public String text() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder text = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return text.toString();
    }
}
