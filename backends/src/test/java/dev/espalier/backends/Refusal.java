// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import org.junit.jupiter.api.function.Executable;

/** What a call says when it fails as it should. */
public final class Refusal {

    private Refusal() {}

    /** The message of the {@link ModelException} that the call must throw. */
    public static String of(Executable call) {
        return of(ModelException.class, call);
    }

    /** The message of the exception that the call must throw. */
    public static String of(Class<? extends EspalierException> type, Executable call) {
        return String.valueOf(assertThrows(type, call).getMessage());
    }
}
