// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

/**
 * The keys to exclude from classes: names, and other keys that were used.
 *
 * @param names the names, as a tree
 * @param used the keys that were used
 */
public record TakenKeys(KeyTree names, UsedKeys used) {

    /** Whether a whole key is taken. */
    public boolean contains(String key) {
        return names.name(names.find(key)) >= 0 || used.has(key);
    }

    /** An upper bound on the taken keys with a prefix. */
    int startingWith(String prefix) {
        int node = names.find(prefix);
        int count = node < 0 ? 0 : names.to(node) - names.from(node);
        for (String other : used.others()) {
            count += other.startsWith(prefix) ? 1 : 0;
        }
        return count;
    }
}
