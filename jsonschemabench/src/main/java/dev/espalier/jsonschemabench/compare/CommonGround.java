package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

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
            List<SchemaResult> ran = new ArrayList<>();
            for (EngineResults one : all) {
                SchemaResult result = one.byId().get(id);
                if (result != null && result.schema().isCompiled() && !result.allowsNothing()) {
                    ran.add(result);
                }
            }
            if (!alike(ran, CommonGround::sameInstance)) {
                otherInstances.add(id);
            } else if (ran.size() == all.size()) {
                compiled.add(id);
                if (alike(ran, (first, other) -> first.rejectedAt().equals(other.rejectedAt()))) {
                    samePath.add(id);
                }
            }
        }
        return new CommonGround(tried, otherInstances, compiled, samePath);
    }

    private static boolean sameInstance(TestResult first, TestResult other) {
        return first.valid() == other.valid() && first.tokens() == other.tokens();
    }

    private static boolean alike(List<SchemaResult> results, BiPredicate<TestResult, TestResult> same) {
        return results.stream().allMatch(result -> alike(results.get(0).tests(), result.tests(), same));
    }

    private static boolean alike(
            List<TestResult> first, List<TestResult> other, BiPredicate<TestResult, TestResult> same) {
        if (first.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            if (!same.test(first.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
