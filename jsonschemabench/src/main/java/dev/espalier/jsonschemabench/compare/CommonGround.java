// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which schemas several runs can be compared on: an engine that compiles only easy ones has flattering times.
 *
 * @param tried schemas that all runs have results of
 * @param otherInstances of these, those whose instances are not the same in all: another number, or of another length in tokens
 * @param compiled schemas with the same instances that all compiled, and found values for
 * @param samePath of these, those whose instances were all read as far by all: their masks are the same masks
 */
record CommonGround(Set<String> tried, Set<String> otherInstances, Set<String> compiled, Set<String> samePath) {

    /** That of some runs, at least one. */
    static CommonGround of(List<EngineResults> all) {
        Set<String> tried = new LinkedHashSet<>(all.get(0).byId().keySet());
        all.forEach(one -> tried.retainAll(one.byId().keySet()));
        Set<String> otherInstances = new LinkedHashSet<>();
        Set<String> compiled = new LinkedHashSet<>();
        Set<String> samePath = new LinkedHashSet<>();
        for (String id : tried) {
            List<SchemaResult> ran = all.stream()
                    .map(one -> one.of(id))
                    .filter(EngineResults::ran)
                    .toList();
            if (!alike(ran, test -> List.of(test.valid(), test.tokens()))) {
                otherInstances.add(id);
            } else if (ran.size() == all.size()) {
                compiled.add(id);
                if (alike(ran, TestResult::rejectedAt)) {
                    samePath.add(id);
                }
            }
        }
        return new CommonGround(tried, otherInstances, compiled, samePath);
    }

    /** Whether all results have as many instances, and each of them the same figure. */
    private static boolean alike(List<SchemaResult> results, Function<TestResult, Object> figure) {
        return results.stream()
                        .map(result -> result.tests().stream().map(figure).toList())
                        .distinct()
                        .count()
                < 2;
    }
}
