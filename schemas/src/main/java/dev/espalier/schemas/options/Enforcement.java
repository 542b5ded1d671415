package dev.espalier.schemas.options;

/** How a keyword of a schema is kept. */
public enum Enforcement {
    /** Exactly, byte by byte: no dead end, nothing wrong. */
    EXACT,
    /** Only by looking at the finished value. */
    CHECKED_AT_END,
    /** Not at all. */
    NOT_ENFORCED
}
