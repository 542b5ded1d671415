// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

/** The order in which the members of an object may be written. */
public enum MemberOrder {
    /**
     * Declared members in the order of {@code properties}, undeclared ones after them in any order. Where several schemas apply to one object,
     * their orders are merged; where orders contradict each other, the first one wins.
     */
    DECLARED,
    /** Any order. */
    ANY
}
