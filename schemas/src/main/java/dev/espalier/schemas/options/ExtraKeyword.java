package dev.espalier.schemas.options;

/** Keywords that a schema's draft does not have, and that an option puts in force. */
public enum ExtraKeyword {
    /** {@code dependencies} as draft 7 has it: 2019-09 and 2020-12 allow it to mean that, or nothing. */
    DEPENDENCIES,
    /**
     * {@code propertyDependencies} of the draft after 2020-12: {@code {"kind": {"a": {…}}}} applies a schema to an object whose member
     * {@code kind} is the string {@code "a"}.
     */
    PROPERTY_DEPENDENCIES
}
