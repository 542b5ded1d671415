// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

/** How a case ended. */
public enum Verdict {
    /** Compiled, and all texts and steps held. */
    SERVED,
    /** Refused by a typed error where the case allows that. */
    REFUSED,
    /** Refused by a typed error where the case does not allow that, or of a kind that does not fit. Harmless, yet wrong. */
    MISSED,
    /** A crash, a hang, a foreign exception, a wrong text, or an input compiled that must be refused. */
    UNSAFE,
    /** Not run, since its generated input is missing. */
    SKIPPED
}
