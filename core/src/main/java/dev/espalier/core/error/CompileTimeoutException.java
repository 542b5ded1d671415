// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/** A compilation ran past its deadline. The failure is not cached: the same input may be compiled again. */
public final class CompileTimeoutException extends EspalierException {

    /** A failure with a message that says what was expected and what to do. */
    public CompileTimeoutException(String message) {
        super("timeout", message);
    }

    /** A failure with the exception that caused it. */
    public CompileTimeoutException(String message, Throwable cause) {
        super("timeout", message, cause);
    }
}
