// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is a number of trials, each from a seed of its own: 0, 1, 2 and so on, on every machine and in every run. The method
 * takes the seed as a {@code long}, a {@link java.util.Random} of that seed, or both; all trials run on one instance of the class,
 * so that {@link CountedTrials} can say what they came to.
 *
 * <p>{@code -Despalier.test.scale=10} runs ten times as many trials; {@code -Despalier.test.seed=7} runs that of seed 7 alone, which
 * is what a failure names.
 */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RandomTrialsExtension.class)
public @interface RandomTrials {

    /** The number of trials: some seconds' worth. */
    int value();
}
