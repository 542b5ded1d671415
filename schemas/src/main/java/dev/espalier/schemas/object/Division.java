// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A division of the objects of a goal into alternatives.
 *
 * @param parts the alternatives; one if they are not divided
 * @param key the name of the first discriminating key; empty if there is none
 * @param values what is asked of that key's value, and no more, by all alternatives; null if there is no such key, or more
 * is asked of it by a demand on other keys too
 */
record Division(List<Part> parts, String key, @Nullable Goal values) {

    /** The result of objects without the discriminating key. */
    static final int NONE = -1;

    /**
     * One alternative.
     *
     * @param core what is left to decide in it
     * @param result the result of the key's value in it, or {@link #NONE}
     */
    record Part(Core core, int result) {}
}
