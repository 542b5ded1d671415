// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

/** Results cannot be written to standard output: it is closed, full, or nobody reads it any more. */
public final class OutputFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OutputFailure() {
        super("standard output cannot be written: the results are not complete");
    }
}
