// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The cores worth expanding when any number of the same members or items may come: a core is dropped if an earlier one allows as much
 * and costs no more. So counting up towards a bound that must not be reached is no reason to go on.
 *
 * <p>What is asked is only ever decided, and hits only grow. So whoever comes back to a core, but for such counting, was there one
 * step before: of many cores only those of the last step are kept.
 */
public final class BestCores {

    private static final int MAX_KEPT = 1 << 15;

    private final Map<Core, Map<Core, Integer>> known = new HashMap<>();
    private int size;

    /** A filter that starts with some cores and their costs in bytes. */
    public BestCores(Map<Core, Integer> start) {
        start.forEach(this::add);
    }

    /** Removes from the cores of the next step those that are not worth expanding. */
    public void keepBest(Map<Core, Integer> next) {
        next.entrySet().removeIf(entry -> !add(entry.getKey(), entry.getValue()));
        if (size > MAX_KEPT) {
            known.clear();
            size = 0;
            next.forEach(this::add);
        }
    }

    /** Adds a core with its cost; false if a known one allows as much and costs no more. */
    private boolean add(Core core, int cost) {
        Map<Core, Integer> alike = known.computeIfAbsent(core.unhit(), key -> new LinkedHashMap<>());
        for (Map.Entry<Core, Integer> other : alike.entrySet()) {
            if (other.getValue() <= cost && other.getKey().isHitNoMore(core)) {
                return false;
            }
        }
        size += alike.put(core, cost) == null ? 1 : 0;
        return true;
    }
}
