// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.Learned;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A factory and cache of {@link NumberLanguage}s of diagrams over tests, shared by schemas with equal demands. Thread-safe. */
public final class NumberLanguages {

    /** All numbers whose text is that of an integer, with result 0. */
    private static final NumberAutomaton INTEGER_TEXTS =
            NumberTable.build(List.of(new NumberTest.Integral(true)), holds -> holds[0] ? 0 : -1);

    private static final DigitBounds USUAL = DigitBounds.of(GenerationBounds.NUMBERS, List.of());

    /** All plain numbers within the usual bounds, with result 0. */
    private static final NumberLanguage PLAIN = bounded(NumberTable.free(0, false));

    /** All integers within the usual bounds, with result 0. */
    private static final NumberLanguage INTEGERS = bounded(INTEGER_TEXTS);

    /** Estimated bytes of the languages that are kept for other schemas. */
    private static final long MOST = 4L << 20;

    /** The weight of a language without a table, which caches states while it is used. */
    private static final long ARITHMETIC = 1 << 18;

    private final Learned<NumberDemand, NumberLanguage> learned = new Learned<>(MOST);

    /** The numbers of a diagram over {@link Atom.Number}s. */
    public NumberLanguage of(Diagrams diagrams, Atoms atoms, int diagram, SchemaOptions options, Deadline deadline) {
        NumberDemand demand = NumberDemand.of(diagrams, atoms, diagram, options);
        if (demand.exponents() && diagram == Diagrams.ZERO) {
            return NumberTable.ANY;
        }
        if (demand.exponents() && demand.isOnly(new NumberTest.Integral(true))) {
            return INTEGER_TEXTS;
        }
        if (demand.digits().equals(USUAL)) {
            if (diagram == Diagrams.ZERO) {
                return PLAIN;
            }
            if (demand.isOnly(new NumberTest.Integral(false))) {
                return INTEGERS;
            }
        }
        NumberLanguage known = learned.get(demand);
        if (known == null) {
            known = made(demand, deadline);
            long bytes = known instanceof NumberAutomaton table ? table.bytes() : ARITHMETIC;
            learned.put(demand, known, bytes + demand.bytes());
        }
        return known;
    }

    /** Estimated bytes of the languages that are kept. */
    public long cacheBytes() {
        return learned.bytes();
    }

    private static NumberLanguage bounded(NumberAutomaton all) {
        return Objects.requireNonNull(DigitCount.bounded(all, USUAL), "the usual digits are few");
    }

    private static NumberLanguage made(NumberDemand demand, Deadline deadline) {
        NumberAutomaton table = demand.exponents() ? null : NumberTable.small(demand.tests(), demand::result);
        NumberLanguage all = table == null ? arithmetic(demand, DigitBounds.NONE, deadline) : table;
        for (DigitBounds bounds = demand.digits(); !bounds.areNone(); bounds = bounds.doubled()) {
            NumberLanguage some = table == null ? null : DigitCount.bounded(table, bounds);
            some = some == null ? arithmetic(demand, bounds, deadline) : some;
            if (Arrays.equals(some.reach().results(), all.reach().results())) {
                return some;
            }
        }
        return all;
    }

    private static NumberLanguage arithmetic(NumberDemand demand, DigitBounds bounds, Deadline deadline) {
        DigitBounds needed =
                demand.areIntegers() ? new DigitBounds(bounds.greatest(), GenerationBounds.UNBOUNDED) : bounds;
        return DecimalLanguage.of(
                demand.tests(), demand::result, demand.exponents(), needed, demand.limits(), deadline);
    }
}
