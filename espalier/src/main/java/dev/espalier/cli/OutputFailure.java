package dev.espalier.cli;

/** Results cannot be written to standard output: it is closed, full, or nobody reads it any more. */
final class OutputFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutputFailure() {
        super("standard output cannot be written: the results are not complete");
    }
}
