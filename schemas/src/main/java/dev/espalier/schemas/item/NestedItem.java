// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.schemas.json.ReadNumber;
import java.util.List;

/** A state that reads an item with stacks of its own. */
public interface NestedItem {

    /** The stacks within the item. */
    StackSet item();

    /** The numbers that the unfinished number at the end of the text, if any, can become so that the item equals an earlier one. */
    List<ReadNumber> numbers();
}
