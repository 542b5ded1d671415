// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import dev.espalier.core.error.LimitExceededException;

/** How deeply containers may be nested. */
public final class Depth {

    private static final int DEEPEST = 400;

    private Depth() {}

    /** Fails if containers are nested too deeply. */
    public static void check(int depth) {
        if (depth > DEEPEST) {
            throw new LimitExceededException(
                    "containerDepth", DEEPEST, depth, "nest lists and dicts of a template less deeply");
        }
    }
}
