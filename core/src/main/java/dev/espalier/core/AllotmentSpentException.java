// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

/** The end of optional work whose {@linkplain WorkMeter#allot allotted} units are spent. It never reaches a user: the code that allots catches it. */
public final class AllotmentSpentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AllotmentSpentException() {
        super("the work allotted is spent", null, false, false);
    }
}
