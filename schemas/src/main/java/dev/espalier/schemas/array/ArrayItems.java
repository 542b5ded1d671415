// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.InnerStepper;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items that an array may have: the questions that states inside it ask its frame. Guarded by the language's lock. */
public interface ArrayItems {

    ItemLanguage language();

    Core start();

    /** The part of the frame for arrays whose items must be compared. */
    DistinctItems distinct();

    /** The stepper for items that are read inside one state. */
    InnerStepper stepper();

    /** The lanes on which a core still depends. */
    BitSet lanes(Core core);

    boolean isFree();

    /** The index after an index, as far as indices are distinguished. */
    int next(int index);

    /**
     * The number of items from an index with the same demands, whose presence changes nothing: all of the stretch but its last; 0 if
     * the stretch has no end.
     */
    int alikeFrom(int index);

    /**
     * True if a core asks of later items everything that it asks of the one at an index, and nothing more except that there be none.
     */
    boolean isNoBetterLater(Core core, int index);

    /** The core once it is decided that no more items come before an index. */
    Core passed(Core core, int index);

    /** The result if the array ends now; -1 if it must not. */
    int result(Core core);

    /** The child of the item at an index, without looking at the rest of the array. */
    Child child(Core core, int index);

    /** The child of the item at an index after which the array can still be completed; null if there can be no such item. */
    @Nullable
    Child live(Core core, int index);

    /** A quick filter, for any thread without the lock: false only where it is known that no item begins with a byte. */
    boolean mayBeginItem(Core core, int index, int symbol);

    /**
     * The results reachable after an item, {@code index} being the next one, with the bytes up to and including the closing bracket.
     */
    Reach reach(Core core, int index);

    /** The results reachable from before the item at an index. */
    Reach reachItem(Core core, int index);

    /** The results reachable from before a value, {@code then} being the index after it. */
    Reach reachValue(Child child, int then);

    /**
     * The representative of an index for a number of further items: the first of a stretch represents all that are far from its end.
     */
    int within(int index, int items);

    /** The stretch of an index. */
    int stretchOf(int index);

    /** The index before which an atom is decided. */
    int end(int atom);

    /** An index of each stretch from that of an index on: the index itself, then where the others begin. */
    List<Integer> stretches(int index);
}
