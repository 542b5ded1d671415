package dev.espalier.core;

/**
 * Ends work that can be left undone when the units {@linkplain WorkMeter#allot allotted} to it are spent. Never reaches a user: who
 * allots catches it.
 */
public final class AllotmentSpentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AllotmentSpentException() {
        super("the work allotted is spent", null, false, false);
    }
}
