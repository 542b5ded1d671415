package dev.espalier.jsonschemabench.hard;

/** What every hard case should keep to, in nanoseconds. */
public final class Targets {

    static final long MASK_MEAN = 20_000;
    static final long MASK_MAX = 1_000_000;
    static final long COMPILE = 50_000_000;

    private Targets() {}
}
