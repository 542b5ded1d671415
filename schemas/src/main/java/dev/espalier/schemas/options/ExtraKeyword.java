// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import java.util.Locale;

/** The keywords that an option can put in force although a schema's draft does not have them. */
public enum ExtraKeyword {
    /** {@code dependencies} with its meaning in draft 7: 2019-09 and 2020-12 allow that meaning, or none. */
    DEPENDENCIES,
    /**
     * {@code propertyDependencies} of the draft after 2020-12: {@code {"kind": {"a": {…}}}} applies a schema to an object whose member
     * {@code kind} is the string {@code "a"}.
     */
    PROPERTY_DEPENDENCIES;

    /** The keyword as schemas spell it. */
    public String text() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder text = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return text.toString();
    }
}
