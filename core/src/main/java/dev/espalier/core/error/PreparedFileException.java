// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A prepared vocabulary or a saved output cannot be used: {@link #reason()} says why. Such files can always be made again from their sources. */
public final class PreparedFileException extends EspalierException {

    /** Why a prepared file cannot be used. */
    public enum Reason {
        /** It is not a prepared file, or it is one of another kind. */
        FOREIGN,
        /** It was written in another version of the format, or by another version of the engine. */
        VERSION,
        /** It ends too early. */
        CUT,
        /** Some of its bytes differ from those that were written. */
        DAMAGED
    }

    private final Reason reason;

    /** A failure with a message that names the file, what was expected, and what to do. */
    public PreparedFileException(Reason reason, String message) {
        super("file", message);
        this.reason = reason;
    }

    /** Why it cannot be used. */
    public Reason reason() {
        return reason;
    }
}
