// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.Place;
import dev.espalier.schemas.diagram.Diagrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Demands on objects that must all hold, before they are one diagram. */
final class ObjectDemands {

    /**
     * The demand that each key of an object is evaluated, or its value good. What is known of an object may settle which keys are
     * evaluated: then the others are one class of keys, and not a class for each name.
     */
    interface Unevaluated {

        /** The demand once some atoms are true, and others false. */
        Unevaluated decided(BitSet yes, BitSet no);

        /** The atoms that decide which keys are evaluated. */
        BitSet support();

        /** The demand as truths, one for each class of keys. */
        List<Integer> truths();

        /** Where the keyword stands. */
        Place place();
    }

    private final Diagrams diagrams;
    private final int[] truths;
    private final List<Unevaluated> unevaluated;

    /**
     * @param truths the demands that are diagrams
     * @param unevaluated the demands that become diagrams once more is known
     */
    ObjectDemands(Diagrams diagrams, int[] truths, List<Unevaluated> unevaluated) {
        this.diagrams = diagrams;
        this.truths = truths;
        this.unevaluated = unevaluated;
    }

    List<Unevaluated> unevaluated() {
        return unevaluated;
    }

    /** All demands as truths. */
    int[] all() {
        List<Integer> all = new ArrayList<>();
        Arrays.stream(truths).forEach(all::add);
        unevaluated.forEach(some -> all.addAll(some.truths()));
        return all.stream().mapToInt(truth -> truth).toArray();
    }

    /** Whether some demand cannot be met. */
    boolean isDead() {
        return Arrays.stream(truths).anyMatch(truth -> truth == Diagrams.DEAD);
    }

    /** The demands once some atoms are true, and others false. */
    ObjectDemands decided(BitSet yes, BitSet no) {
        return new ObjectDemands(
                diagrams,
                Arrays.stream(truths)
                        .map(truth -> diagrams.restrictAll(truth, yes, no))
                        .toArray(),
                unevaluated.stream().map(some -> some.decided(yes, no)).toList());
    }

    /** The atoms that the demands depend on, but for those of the presence of keys that are not evaluated. */
    BitSet support() {
        BitSet all = new BitSet();
        Arrays.stream(truths).forEach(truth -> all.or(diagrams.support(truth)));
        unevaluated.forEach(some -> all.or(some.support()));
        return all;
    }

    /** The atoms that the demands say must be true, or must be false. */
    BitSet units(boolean value) {
        BitSet units = new BitSet();
        for (int truth : truths) {
            units.or((value
                            ? diagrams.units(truth).wanted()
                            : diagrams.units(truth).barred())
                    .bits());
        }
        return units;
    }
}
