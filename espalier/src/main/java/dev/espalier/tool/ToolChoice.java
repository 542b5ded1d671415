// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import java.util.Optional;
import java.util.Set;

/**
 * Which tools may be called, and whether one must.
 *
 * @param isRequired whether at least one is called, and nothing said beside
 * @param allowed the names of those that may be; empty for all
 * @param most the most calls
 */
public record ToolChoice(boolean isRequired, Optional<Set<String>> allowed, int most) {

    /** The most calls unless another number is set. */
    public static final int USUAL = 16;

    /** Text, calls, or both. */
    public static final ToolChoice AUTO = new ToolChoice(false, Optional.empty(), USUAL);

    /** Text alone. */
    public static final ToolChoice NONE = new ToolChoice(false, Optional.empty(), 0);

    /** Calls alone, one or more. */
    public static final ToolChoice REQUIRED = new ToolChoice(true, Optional.empty(), USUAL);

    /** Copies the set. */
    public ToolChoice {
        allowed = allowed.map(Set::copyOf);
    }

    /** One call of one tool. */
    public static ToolChoice named(String name) {
        return new ToolChoice(true, Optional.of(Set.of(name)), 1);
    }

    /** The same of some tools alone. */
    public ToolChoice among(String... names) {
        return new ToolChoice(isRequired, Optional.of(Set.of(names)), most);
    }

    /** The same with at most so many calls. */
    public ToolChoice atMost(int calls) {
        return new ToolChoice(isRequired, allowed, calls);
    }
}
