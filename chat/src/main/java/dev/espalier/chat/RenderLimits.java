// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import dev.espalier.core.error.InvalidInputException;

/**
 * Bounds on the work of one rendering. Past one of them it ends with a {@link dev.espalier.core.error.LimitExceededException} that names the
 * component below.
 *
 * @param maxSteps expressions, statements, elements of loops, and 32 characters written each
 * @param maxCharacters UTF-16 characters of the prompt, and of any text on the way to it
 * @param maxDepth levels of nested expressions, blocks and calls of macros
 */
public record RenderLimits(long maxSteps, long maxCharacters, int maxDepth) {

    /** The limits that serve real templates and keep hostile ones harmless: 50 million steps, 16 million characters, 2,000 levels. */
    public static final RenderLimits DEFAULT = new RenderLimits(50_000_000, 16_000_000, 2000);

    /** Checks that every limit is positive. */
    public RenderLimits {
        if (maxSteps <= 0 || maxCharacters <= 0 || maxDepth <= 0) {
            throw new InvalidInputException("every limit of a rendering must be positive");
        }
    }

    /** These limits with another {@link #maxSteps}. */
    public RenderLimits withMaxSteps(long value) {
        return new RenderLimits(value, maxCharacters, maxDepth);
    }

    /** These limits with another {@link #maxCharacters}. */
    public RenderLimits withMaxCharacters(long value) {
        return new RenderLimits(maxSteps, value, maxDepth);
    }

    /** These limits with another {@link #maxDepth}. */
    public RenderLimits withMaxDepth(int value) {
        return new RenderLimits(maxSteps, maxCharacters, value);
    }
}
