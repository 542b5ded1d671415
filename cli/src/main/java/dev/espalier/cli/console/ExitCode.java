// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.ModelException;

/** What a command's end means to a script. */
public final class ExitCode {

    /** Done. */
    public static final int DONE = 0;

    /** The output or the document is not valid or not complete. */
    public static final int NOT_VALID = 1;

    /** Bad usage, or an input file that cannot be used. */
    public static final int BAD_INPUT = 2;

    /** The model failed, standard output cannot be written, or the program has an error of its own. */
    public static final int FAILED = 3;

    private ExitCode() {}

    /** The code of a failure. */
    public static int of(Throwable failure) {
        if (failure instanceof ModelException
                || failure instanceof InvalidLogitsException
                || failure instanceof InvalidTokenException) {
            return FAILED;
        }
        if (failure instanceof DeadEndException || failure instanceof CancelledException) {
            return NOT_VALID;
        }
        return failure instanceof EspalierException ? BAD_INPUT : FAILED;
    }
}
