package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.schemas.json.ReadNumber;
import java.util.List;

/** A state that reads an item with stacks of its own. */
public interface NestedItem {

    /** The stacks within the item. */
    StackSet item();

    /** The numbers that the one at the end of the text, if it is in one, becomes where the item becomes equal to one before. */
    List<ReadNumber> numbers();
}
