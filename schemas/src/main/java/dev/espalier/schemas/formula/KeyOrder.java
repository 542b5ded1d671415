// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A merger of several orders of keys into one that keeps each of them unless they contradict. Keys that no order relates come in the
 * order of first mention.
 */
final class KeyOrder {

    private final List<List<String>> orders = new ArrayList<>();

    /** One more order to keep. */
    void add(List<String> keys) {
        if (!keys.isEmpty() && !orders.contains(keys)) {
            orders.add(keys);
        }
    }

    /** All keys, each once. */
    List<String> merged() {
        if (orders.size() <= 1) {
            return orders.isEmpty() ? List.of() : orders.get(0);
        }
        Map<String, Set<String>> before = new LinkedHashMap<>();
        for (List<String> order : orders) {
            for (int i = 0; i < order.size(); i++) {
                Set<String> earlier = before.computeIfAbsent(order.get(i), k -> new LinkedHashSet<>());
                if (i > 0) {
                    earlier.add(order.get(i - 1));
                }
            }
        }
        List<String> merged = new ArrayList<>();
        Set<String> done = new HashSet<>();
        Map<String, Boolean> entered = new HashMap<>();
        for (String key : before.keySet()) {
            visit(key, before, done, entered, merged);
        }
        return merged;
    }

    /** Puts a key after all that come before it; a key that is met again on the way is where orders contradict. */
    private static void visit(
            String start,
            Map<String, Set<String>> before,
            Set<String> done,
            Map<String, Boolean> entered,
            List<String> merged) {
        List<String> stack = new ArrayList<>(List.of(start));
        while (!stack.isEmpty()) {
            String key = stack.get(stack.size() - 1);
            boolean first = entered.put(key, true) == null;
            List<String> open = new ArrayList<>();
            if (first) {
                for (String earlier : before.getOrDefault(key, Set.of())) {
                    if (!entered.containsKey(earlier)) {
                        open.add(0, earlier);
                    }
                }
            }
            if (open.isEmpty()) {
                stack.remove(stack.size() - 1);
                if (done.add(key)) {
                    merged.add(key);
                }
            } else {
                stack.addAll(open);
            }
        }
    }
}
