// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

/** The claim that a sampler makes about the law of its samples. */
public enum Guarantee {

    /** Independent samples of the model's law restricted to the language, exactly, for a given number of samples. */
    EXACT,

    /**
     * With its weight each sample is properly weighted for the model's law restricted to the language: {@code E[w · 1{x}] =
     * p(x)} for each text x of the language. Averages of weights are unbiased; averages that are divided by them are not.
     */
    WEIGHTED,

    /**
     * The law of a sample tends to the model's law restricted to the language the longer the sampler runs; after finitely
     * many steps it is biased.
     */
    ASYMPTOTIC,

    /** Texts of the language, and no claim about their law. */
    HEURISTIC
}
