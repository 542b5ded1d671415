// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A value was requested, but the generation ended before its text was whole: its token budget was spent. */
public final class IncompleteException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public IncompleteException(String message) {
        super("incomplete", message);
    }

    /** A failure with the exception that caused it. */
    public IncompleteException(String message, Throwable cause) {
        super("incomplete", message, cause);
    }
}
