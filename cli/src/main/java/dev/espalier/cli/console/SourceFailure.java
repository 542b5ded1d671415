// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.error.EspalierException;
import java.util.function.Supplier;

/** A fault in a schema, grammar or pattern, with what the command line calls it. */
public final class SourceFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final EspalierException fault;

    private SourceFailure(String name, EspalierException fault) {
        super(name + ": " + fault.getMessage(), fault);
        this.fault = fault;
    }

    /** Works on a source; a fault in it is then told with its name. */
    public static <R> R in(String name, Supplier<R> work) {
        try {
            return work.get();
        } catch (EspalierException e) {
            throw new SourceFailure(name, e);
        }
    }

    /** The fault without the name. */
    public EspalierException fault() {
        return fault;
    }
}
