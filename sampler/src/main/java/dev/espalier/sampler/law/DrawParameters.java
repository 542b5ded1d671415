package dev.espalier.sampler.law;

/** The temperature and the filters of a draw. */
public interface DrawParameters {

    /** What logits are divided by, at least 0; 0 for the likeliest token. */
    double temperature();

    /** How many of the likeliest tokens are kept; 0 for all. */
    int topK();

    /** The share of the probability that the kept, likeliest tokens reach together, in (0, 1]; 1 for all. */
    double topP();

    /** How likely a kept token is at least, as a part of the likeliest one's probability, in [0, 1]; 0 for all. */
    double minP();

    /** Whether the likeliest allowed token is taken at each step. */
    default boolean isGreedy() {
        return temperature() == 0;
    }

    /** Whether a filter is on that may keep allowed tokens from being drawn. */
    default boolean hasFilter() {
        return topK() > 0 || topP() < 1 || minP() > 0;
    }
}
