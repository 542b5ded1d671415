package dev.espalier.schemas.array;

import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.InnerStepper;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items that an array may have: what the states within it ask of its frame. Guarded by the language's lock. */
public interface ArrayItems {

    ItemLanguage language();

    Core start();

    /** What is known where it is open whether all items differ. */
    DistinctItems distinct();

    /** For the items that are read inside one state. */
    InnerStepper stepper();

    /** The lanes on which a core still depends. */
    BitSet lanes(Core core);

    boolean isFree();

    /** The index after an index, as far as indices are told apart. */
    int next(int index);

    /** How many items from an index on are asked alike, and change nothing by coming: all of the stretch but its last; 0 if it has no end. */
    int alikeFrom(int index);

    /** Whether a core asks of later items all that it asks of the one at an index, and of none more than that it must not be. */
    boolean isNoBetterLater(Core core, int index);

    /** The core once it is settled that no item comes before an index any more. */
    Core passed(Core core, int index);

    /** The result if the array ends now; -1 if it must not. */
    int result(Core core);

    /** What the item at an index asks, looking no further than the item. */
    Child child(Core core, int index);

    /** What the item at an index asks so that the array can still be completed; null where there is no such item. */
    @Nullable
    Child live(Core core, int index);

    /** A quick filter, for any thread without the lock: false only where it is known that no item begins with a byte. */
    boolean mayBeginItem(Core core, int index, int symbol);

    /** What can be reached behind an item, {@code index} being the next one: bytes to and with the closing bracket. */
    Reach reach(Core core, int index);

    /** What can be reached from before the item at an index on. */
    Reach reachItem(Core core, int index);

    /** What can be reached from before a value on, {@code then} being the index after it. */
    Reach reachValue(Child child, int then);

    /**
     * An index at which the array behaves as at this one for some items more: the first of a stretch stands for all that
     * are far from its end.
     */
    int within(int index, int items);

    /** The stretch of an index. */
    int stretchOf(int index);

    /** The index before which an atom is decided. */
    int end(int atom);

    /** An index of each stretch from that of an index on: the index itself, then where the others begin. */
    List<Integer> stretches(int index);
}
