// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.Limits;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A demand on numbers, independent of the schema: equal demands have equal languages.
 *
 * @param tests what is looked at
 * @param nodes what follows: of each node of a diagram, the root first, the test and what comes next if it fails and if it
 * holds, by number; ends as {@link Diagrams} has them. The end alone if nothing is looked at
 * @param exponents whether every spelling is read
 * @param digits the bounds of digits
 * @param limits what the language may cost
 */
record NumberDemand(List<NumberTest> tests, List<Integer> nodes, boolean exponents, DigitBounds digits, Limits limits) {

    /** The demand of a diagram over {@link Atom.Number}s. */
    static NumberDemand of(Diagrams diagrams, Atoms atoms, int diagram, SchemaOptions options) {
        boolean exponents = options.numberSpelling() == NumberSpelling.ANY;
        GenerationBounds bounds = exponents ? GenerationBounds.NONE : options.bounds();
        if (diagram < 0) {
            DigitBounds digits = DigitBounds.of(bounds, List.of());
            return new NumberDemand(List.of(), List.of(diagram), exponents, digits, options.limits());
        }
        List<NumberTest> tests = new ArrayList<>();
        Map<Integer, Integer> index = new HashMap<>();
        diagrams.support(diagram).stream().forEach(variable -> {
            index.put(variable, tests.size());
            tests.add(((Atom.Number) atoms.get(variable)).test());
        });
        List<Integer> met = new ArrayList<>(List.of(diagram));
        Map<Integer, Integer> number = new HashMap<>(Map.of(diagram, 0));
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < met.size(); i++) {
            int node = met.get(i);
            nodes.add(index.getOrDefault(diagrams.top(node), -1));
            for (boolean value : new boolean[] {false, true}) {
                int next = diagrams.branch(node, value);
                if (next >= 0 && number.putIfAbsent(next, met.size()) == null) {
                    met.add(next);
                }
                nodes.add(next < 0 ? next : number.getOrDefault(next, -1));
            }
        }
        DigitBounds digits = DigitBounds.of(bounds, tests);
        return new NumberDemand(List.copyOf(tests), List.copyOf(nodes), exponents, digits, options.limits());
    }

    /** The result of the numbers that pass some tests; -1 for none. */
    int result(boolean[] holds) {
        int at = tests.isEmpty() ? nodes.get(0) : 0;
        while (at >= 0) {
            at = nodes.get(3 * at + (holds[nodes.get(3 * at)] ? 2 : 1));
        }
        return at == Diagrams.DEAD ? -1 : Diagrams.result(at);
    }

    /** Whether a test that only integers pass holds of all numbers that have a result. */
    boolean areIntegers() {
        BitSet met = new BitSet();
        BitSet open = new BitSet();
        open.set(0);
        boolean areIntegers = !tests.isEmpty();
        while (areIntegers && !open.isEmpty()) {
            int at = open.nextSetBit(0);
            open.clear(at);
            met.set(at);
            boolean isOfIntegers = tests.get(nodes.get(3 * at)).isOfIntegers();
            for (int branch = 1; branch <= (isOfIntegers ? 1 : 2); branch++) {
                int next = nodes.get(3 * at + branch);
                areIntegers &= next >= 0 || next == Diagrams.DEAD;
                if (next >= 0 && !met.get(next)) {
                    open.set(next);
                }
            }
        }
        return areIntegers;
    }

    /** True if this demands that one test holds, and nothing else. */
    boolean isOnly(NumberTest test) {
        return tests.equals(List.of(test)) && nodes.equals(List.of(0, Diagrams.DEAD, Diagrams.ZERO));
    }

    /** Estimated bytes of this. */
    long bytes() {
        long bytes = 100 + 24L * nodes.size();
        for (NumberTest test : tests) {
            bytes += 100
                    + (test instanceof NumberTest.OneOf constants
                            ? 80L * constants.values().size()
                            : 0);
        }
        return bytes;
    }
}
