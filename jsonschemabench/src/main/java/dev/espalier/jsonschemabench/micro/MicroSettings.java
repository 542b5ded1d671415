// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

/**
 * How long each benchmark runs.
 *
 * @param forks Java machines of its own for each benchmark; 0 for none
 * @param warmups iterations that are not counted
 * @param iterations iterations that are
 * @param millis milliseconds of an iteration
 */
public record MicroSettings(int forks, int warmups, int iterations, int millis) {

    /** Some ten minutes for all benchmarks. */
    public static final MicroSettings USUAL = new MicroSettings(0, 4, 5, 800);

    /** Less than two minutes for all benchmarks: enough to see what is off. */
    public static final MicroSettings QUICK = new MicroSettings(0, 2, 2, 200);

    /** The same in so many Java machines of their own. */
    public MicroSettings withForks(int count) {
        return new MicroSettings(count, warmups, iterations, millis);
    }
}
