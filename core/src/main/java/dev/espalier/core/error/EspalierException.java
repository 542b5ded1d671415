// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.error;

/**
 * The root of every deliberate failure of Espalier.
 *
 * <p>Unchecked and sealed: whatever the input, the public API throws no other exception. {@link #code()} is stable across versions and fit for
 * programs; the message is for people and never repeats more than 200 characters of the input. Exceptions are immutable and may be handed
 * between threads.
 */
public abstract sealed class EspalierException extends RuntimeException
        permits SyntaxException,
                ReferenceException,
                UnsatisfiableException,
                UnsupportedFeatureException,
                LimitExceededException,
                CompileTimeoutException,
                CancelledException,
                InvalidInputException,
                InvalidTokenException,
                PreparedFileException,
                DeadEndException,
                IncompleteException,
                InvalidLogitsException,
                ModelException,
                TemplateException {

    private final String code;

    EspalierException(String code, String message) {
        super(message);
        this.code = code;
    }

    EspalierException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The stable name of this kind of failure, in kebab case: {@code syntax}, {@code limit}, {@code dead-end}. */
    public final String code() {
        return code;
    }
}
