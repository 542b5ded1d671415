package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes the {@link NumberLanguage} of a diagram over tests. */
final class NumberLanguages {

    /** All numbers whose text is that of an integer, with result 0. */
    private static final NumberLanguage INTEGER_TEXTS =
            NumberTable.build(List.of(new NumberTest.Integral(true)), holds -> holds[0] ? 0 : -1);

    private NumberLanguages() {}

    /** The numbers of a diagram over {@link Atom.Number}s. */
    static NumberLanguage of(Diagrams diagrams, Atoms atoms, int diagram, SchemaOptions options, Deadline deadline) {
        if (diagram == Diagrams.ZERO) {
            return NumberTable.ANY;
        }
        boolean any = options.numberSpelling() == NumberSpelling.ANY;
        int[] variables = diagrams.support(diagram).stream().toArray();
        List<NumberTest> tests = new ArrayList<>();
        for (int variable : variables) {
            tests.add(((Atom.Number) atoms.get(variable)).test());
        }
        Predicate<NumberTest> alone =
                test -> tests.size() == 1 && tests.get(0).equals(test) && diagram == diagrams.variable(variables[0]);
        if (!any && alone.test(new NumberTest.Integral(false))) {
            return NumberTable.INTEGERS;
        }
        if (alone.test(new NumberTest.Integral(true))) {
            return INTEGER_TEXTS;
        }
        Function<boolean[], Integer> result = holds -> {
            int at = diagram;
            while (at >= 0) {
                at = diagrams.branch(at, holds[java.util.Arrays.binarySearch(variables, diagrams.top(at))]);
            }
            return at == Diagrams.DEAD ? -1 : Diagrams.result(at);
        };
        NumberAutomaton table = any ? null : NumberTable.small(tests, result);
        return table == null ? DecimalLanguage.of(tests, result, any, options.limits(), deadline) : table;
    }
}
