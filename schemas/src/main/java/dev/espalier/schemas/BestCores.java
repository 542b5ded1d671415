package dev.espalier.schemas;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which cores are worth going on from where any number of the same members or items may come: none that costs no less than
 * one before it that allows as much. Counting up towards what must not be reached is then no reason to go on.
 */
final class BestCores {

    private final Map<Core, Map<Core, Integer>> known = new HashMap<>();

    /** Adds a core that costs so much; false if one is known that allows as much and costs no more. */
    boolean add(Core core, int cost) {
        Map<Core, Integer> alike = known.computeIfAbsent(core.unhit(), key -> new LinkedHashMap<>());
        for (Map.Entry<Core, Integer> other : alike.entrySet()) {
            if (other.getValue() <= cost && other.getKey().isHitNoMore(core)) {
                return false;
            }
        }
        alike.put(core, cost);
        return true;
    }
}
