// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import dev.espalier.core.error.TemplateException.Reason;

/** A failure of a template that does not know its place yet. It never reaches a user: the interpreter adds the place. */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int UNPLACED = -1;

    private final Reason reason;
    private int offset = UNPLACED;

    /** A failure of some kind. */
    public Fault(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** A value of the wrong type. */
    public static Fault type(String message) {
        return new Fault(Reason.TYPE, message);
    }

    /** A value that is not usable. */
    public static Fault value(String message) {
        return new Fault(Reason.VALUE, message);
    }

    /** This failure, placed at an offset of the template unless it has a place. */
    public Fault at(int place) {
        if (offset == UNPLACED) {
            offset = place;
        }
        return this;
    }

    /** The offset in the template; 0 if unknown. */
    public int offset() {
        return Math.max(0, offset);
    }

    /** Why the template failed. */
    public Reason reason() {
        return reason;
    }

    /** What happened. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
