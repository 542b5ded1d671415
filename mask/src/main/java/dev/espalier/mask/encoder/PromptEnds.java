// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The special tokens that a model expects around a prompt.
 *
 * @param before ids of tokens before the prompt, such as that of {@code <s>}
 * @param after ids of tokens behind it
 */
public record PromptEnds(List<Integer> before, List<Integer> after) {

    /** No tokens. */
    public static final PromptEnds NONE = new PromptEnds(List.of(), List.of());

    public PromptEnds {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The ids of a prompt with those around it. */
    public int[] around(int[] prompt) {
        IntStream first = before.stream().mapToInt(Integer::intValue);
        IntStream last = after.stream().mapToInt(Integer::intValue);
        return IntStream.concat(IntStream.concat(first, IntStream.of(prompt)), last)
                .toArray();
    }

    /** These tokens, and others around them. */
    PromptEnds within(PromptEnds outer) {
        List<Integer> first = new ArrayList<>(outer.before);
        first.addAll(before);
        List<Integer> last = new ArrayList<>(after);
        last.addAll(outer.after);
        return new PromptEnds(first, last);
    }
}
