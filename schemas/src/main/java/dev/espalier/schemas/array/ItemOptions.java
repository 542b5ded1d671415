// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.List;

/**
 * The classes of values of which the next item may be.
 *
 * @param goal what it is asked; the results are indices of {@code choices}
 * @param choices the classes that are possible
 * @param takesAnyNew whether new values of all of them are
 */
public record ItemOptions(Goal goal, List<Choice> choices, boolean takesAnyNew) {

    ItemOptions(Goal goal, List<Choice> choices) {
        this(goal, choices, choices.stream().allMatch(Choice::fresh));
    }

    /**
     * A possible class of values.
     *
     * @param after the core after it, if it is new
     * @param fresh whether a new value is possible
     * @param repeated whether one of the items before is possible again
     * @param lanes the lanes that it is good for, of those that are still to be asked
     * @param some its shortest value
     */
    record Choice(Core after, boolean fresh, boolean repeated, AtomSet lanes, ItemValue.Some some) {}
}
