// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

/** The ways in which a keyword of a schema is enforced, the strongest first. */
public enum Enforcement {
    /** Exactly, at every byte: there are no dead ends and no wrong texts. */
    EXACT,
    /** Only by a check of the finished value. */
    CHECKED_AT_END,
    /** Not at all. */
    NOT_ENFORCED
}
