// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fewest bytes to the end of an array whose demands do not depend on each other, such as several {@code contains} with counts. What
 * single items can contribute is computed once, by {@link ArrayItems#child}; then only numbers are left: how often each demand must
 * still be served, and how often each limit may still be used ({@link ItemProgram}). The slow oracle is the search of
 * {@link ArrayItems}, item by item.
 */
@FastPath(oracle = "CountedItemsTest")
final class CountedItems {

    /** Demands and limits have a bit each. */
    private static final int MAX_ATOMS = Long.SIZE;

    /** The number of stretches that are examined, and where the last of them begins. */
    private static final int MAX_STRETCHES = 16;

    private static final int MAX_INDEX = 1 << 12;
    private static final int MAX_REMEMBERED = 1 << 8;

    private final ArrayItems frame;
    private final Memo<List<Object>, List<ItemProgram.Option>> known = new Memo<>(MAX_REMEMBERED);

    CountedItems(ArrayItems frame) {
        this.frame = frame;
    }

    /**
     * The bytes of the items, each with its comma, that serve all demands.
     *
     * @return no result, or result 0; null where the demands are simple, too many, or of indices too far away
     */
    @Nullable
    Reach reach(Core core, int index) {
        ItemProgram program = program(core, index);
        return program == null ? null : program.reach();
    }

    /** True if it is easy to see that items exist that serve all demands. */
    boolean isEasy(Core core, int index) {
        ItemProgram program = program(core, index);
        return program != null && program.isEasy();
    }

    private @Nullable ItemProgram program(Core core, int index) {
        if (!Diagrams.isEnd(core.rest()) || core.isDead() || core.wanted().isEmpty()) {
            return null;
        }
        Atoms atoms = frame.language().atoms();
        int[] demands = core.wanted().bits().stream().toArray();
        int[] limits = core.barred().bits().stream()
                .filter(atom -> atoms.hitsWanted(atom) > 1)
                .toArray();
        List<Integer> stretches = frame.stretches(index);
        boolean isSimple = limits.length == 0 && demands.length == 1 && atoms.hitsWanted(demands[0]) == 1;
        boolean isMuch = demands.length > MAX_ATOMS
                || limits.length > MAX_ATOMS
                || stretches.size() > MAX_STRETCHES
                || stretches.get(stretches.size() - 1) > MAX_INDEX;
        if (isSimple || isMuch) {
            return null;
        }
        ItemProgram program = new ItemProgram(frame, index);
        for (int demand : demands) {
            program.demand(atoms.hitsWanted(demand) - core.hits(demand), frame.end(demand));
        }
        for (int limit : limits) {
            program.limit(atoms.hitsWanted(limit) - 1 - core.hits(limit));
        }
        for (int first : stretches) {
            program.stretch(first, options(core, first, demands, limits));
        }
        return program;
    }

    private List<ItemProgram.Option> options(Core core, int first, int[] demands, int[] limits) {
        List<Object> key = List.of(core.wanted(), core.barred(), core.rest(), frame.stretchOf(first));
        List<ItemProgram.Option> found = known.get(key);
        if (found == null) {
            Core fresh = new Core(core.wanted(), core.barred(), core.rest(), List.of());
            Child child = frame.child(fresh, first);
            found = options(child, demands, limits);
            if (child.goal().isFinal()) {
                known.put(key, found);
            }
        }
        return found;
    }

    /** The options of one item before any hit, without those that another one covers at no more bytes and limits. */
    private List<ItemProgram.Option> options(Child child, int[] demands, int[] limits) {
        Reach values = frame.language().reach(child.goal());
        List<ItemProgram.Option> all = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Core after = child.cores().get(values.result(i));
            long serves = 0;
            for (int demand = 0; demand < demands.length; demand++) {
                boolean served = !after.wanted().has(demands[demand]) || after.hits(demands[demand]) > 0;
                serves |= served ? 1L << demand : 0;
            }
            long uses = 0;
            for (int limit = 0; limit < limits.length; limit++) {
                uses |= after.hits(limits[limit]) > 0 ? 1L << limit : 0;
            }
            int bytes = Reach.add(values.cost(i), 1 + frame.language().layout().line(1));
            all.add(new ItemProgram.Option(serves, uses, bytes));
        }
        all.sort(ItemProgram.Option.CHEAPEST_FIRST);
        List<ItemProgram.Option> kept = new ArrayList<>();
        for (ItemProgram.Option option : all) {
            frame.language().deadline().tick();
            if (kept.stream().noneMatch(other -> other.isAsGoodAs(option))) {
                kept.add(option);
            }
        }
        return kept;
    }
}
