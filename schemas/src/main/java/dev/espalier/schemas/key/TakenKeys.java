package dev.espalier.schemas.key;

/**
 * The keys that no class counts: names, and other keys that were used.
 *
 * @param names the names, as a tree
 * @param used the keys that were used
 */
public record TakenKeys(KeyTree names, UsedKeys used) {

    /** Whether a whole key is taken. */
    public boolean contains(String key) {
        return names.name(names.find(key)) >= 0 || used.has(key);
    }

    /** How many keys with a prefix are taken, at most. */
    int startingWith(String prefix) {
        int node = names.find(prefix);
        int count = node < 0 ? 0 : names.to(node) - names.from(node);
        for (String other : used.others()) {
            count += other.startsWith(prefix) ? 1 : 0;
        }
        return count;
    }
}
