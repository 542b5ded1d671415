// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.work.LimitShare;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of the values of an item: sets of values that neither its own schemas nor those of later items tell apart. Of each class it
 * only matters which values are left, not which were used.
 *
 * @param diagram over the lanes that tell values apart; its ends are classes
 * @param cores the core after an item of each class, if it is new
 * @param lanes the lanes that the values of each class are good for, of those that are still to be asked
 */
record ItemClasses(int diagram, List<Core> cores, List<AtomSet> lanes) {

    /** The weight, against a limit, of a set of schemas that distinguishes values besides those of the item itself. */
    private static final int WEIGHT = 48;

    /** The weight of such a set once the compilation is over. */
    private static final int LATE_WEIGHT = 6;

    /** The classes that are split in about a microsecond. */
    private static final int CLASSES_A_UNIT = 8;

    /** The number of classes up to which it is not checked which of them have values. */
    private static final int MANY = 64;

    /** The classes of the item at an index. */
    static ItemClasses of(ArrayItems frame, Core core, int index) {
        ItemLanguage language = frame.language();
        Diagrams diagrams = language.diagrams();
        Child child = frame.child(core, index);
        BitSet others = new BitSet();
        for (Core after : child.cores()) {
            others.or(frame.lanes(frame.passed(after, frame.next(index))));
        }
        List<Core> cores = new ArrayList<>();
        child.cores().forEach(after -> cores.add(frame.passed(after, frame.next(index))));
        List<AtomSet> lanes = new ArrayList<>(Collections.nCopies(cores.size(), AtomSet.NONE));
        ItemClasses all = new ItemClasses(child.goal().diagram(), cores, lanes);
        boolean isOpen = language.isOpen();
        if (isOpen) {
            // which of them have values is not known yet
            int weight = diagrams.isLate() ? LATE_WEIGHT : WEIGHT;
            new LimitShare("maxStepItems", language.limits().maxStepItems(), weight)
                    .check(1L << Math.min(others.cardinality(), Integer.SIZE));
        }
        for (int lane : others.stream().toArray()) {
            language.deadline().poll();
            language.deadline().spend(all.cores.size() / CLASSES_A_UNIT);
            ItemClasses told = all.told(diagrams, lane);
            all = isOpen || told.cores.size() <= MANY ? told : told.inhabited(language);
        }
        return all;
    }

    /** These classes, each split in two: the values that satisfy one more lane, and those that do not. */
    private ItemClasses told(Diagrams diagrams, int lane) {
        int whole = cores.size();
        int other = diagrams.mapEnds(
                diagram, end -> end == Diagrams.DEAD ? end : Diagrams.end(Diagrams.result(end) + whole));
        List<Core> twice = new ArrayList<>(cores);
        twice.addAll(cores);
        BitSet good = new BitSet();
        good.set(lane);
        List<AtomSet> more = new ArrayList<>(lanes);
        lanes.forEach(set -> more.add(set.with(AtomSet.of(good))));
        return new ItemClasses(diagrams.choose(diagrams.variable(lane), other, diagram), twice, more);
    }

    /** These classes without the empty ones: few sets of schemas are those that some value satisfies. */
    private ItemClasses inhabited(ItemLanguage language) {
        Reach values = language.reach(language.goal(diagram));
        Map<Integer, Integer> ends = new HashMap<>();
        List<Core> left = new ArrayList<>();
        List<AtomSet> good = new ArrayList<>();
        for (int each : values.results()) {
            ends.put(each, Diagrams.end(left.size()));
            left.add(cores.get(each));
            good.add(lanes.get(each));
        }
        int some = language.diagrams()
                .mapEnds(
                        diagram,
                        end -> end == Diagrams.DEAD ? end : ends.getOrDefault(Diagrams.result(end), Diagrams.DEAD));
        return new ItemClasses(some, left, good);
    }
}
