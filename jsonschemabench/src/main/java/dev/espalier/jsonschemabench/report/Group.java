// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Results that are shown together.
 *
 * @param <K> what they have in common
 * @param <R> a result
 * @param key what these have in common
 * @param results in their order
 */
public record Group<K, R>(K key, List<R> results) {

    /** Results by what they have in common, in the order of the first of each group. */
    public static <K, R> List<Group<K, R>> by(Function<? super R, K> key, List<R> results) {
        return results.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> new Group<>(group.getKey(), group.getValue()))
                .toList();
    }

    /** How many there are. */
    public int size() {
        return results.size();
    }

    /** Those of some kind. */
    public Group<K, R> only(Predicate<? super R> which) {
        return new Group<>(key, results.stream().filter(which).toList());
    }

    /** How many are of some kind. */
    public long count(Predicate<? super R> which) {
        return results.stream().filter(which).count();
    }

    /** The sum of a figure. */
    public long sum(ToLongFunction<? super R> figure) {
        return results.stream().mapToLong(figure).sum();
    }

    /** The greatest of a figure; 0 of none. */
    public long most(ToLongFunction<? super R> figure) {
        return results.stream().mapToLong(figure).max().orElse(0);
    }

    /** The distribution of a time in nanoseconds; those that are 0 were not taken. */
    public LatencyHistogram times(ToLongFunction<? super R> nanos) {
        LatencyHistogram all = new LatencyHistogram();
        results.stream().mapToLong(nanos).filter(time -> time > 0).forEach(all::add);
        return all;
    }

    /** All times of some distributions. */
    public LatencyHistogram histogram(Function<? super R, LatencyHistogram> times) {
        LatencyHistogram all = new LatencyHistogram();
        results.forEach(result -> all.add(times.apply(result)));
        return all;
    }
}
