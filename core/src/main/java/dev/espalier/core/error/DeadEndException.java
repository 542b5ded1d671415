// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** The text can be continued in bytes, but no token of the vocabulary continues it. */
public final class DeadEndException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public DeadEndException(String message) {
        super("dead-end", message);
    }

    /** A failure with the exception that caused it. */
    public DeadEndException(String message, Throwable cause) {
        super("dead-end", message, cause);
    }
}
