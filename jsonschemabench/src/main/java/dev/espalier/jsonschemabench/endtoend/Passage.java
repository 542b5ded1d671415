// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import java.util.List;

/**
 * One or several texts, written together once.
 *
 * @param steps the time of each step after the one that read the prompts, in nanoseconds: a forward pass and all until the next
 * @param total from the first forward pass to the end of the last text
 * @param forward all forward passes but the first
 * @param mask computing masks, on whatever thread; of all texts
 * @param waiting waiting for masks after the forward pass; of all texts
 * @param choosing drawing and accepting tokens; of all texts
 * @param cpu the time of all processors for this process, from the first forward pass on
 * @param tokens tokens of all texts, their ends not among them
 * @param forced how many of them were committed without a draw
 */
record Passage(
        List<Long> steps,
        long total,
        long forward,
        long mask,
        long waiting,
        long choosing,
        long cpu,
        int tokens,
        int forced) {

    Passage(PassClock clock, long end, long mask, long waiting, long choosing, long cpu, int tokens, int forced) {
        this(clock.steps(end), end - clock.begin(), clock.forward(), mask, waiting, choosing, cpu, tokens, forced);
    }

    /** The time of all steps. */
    long stepped() {
        return steps.stream().mapToLong(Long::longValue).sum();
    }
}
