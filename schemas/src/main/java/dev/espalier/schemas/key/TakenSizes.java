// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.work.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The number of keys of each class that are names or used, by the bytes that spell them. The last answer is updated incrementally,
 * since most questions differ by one key. Guarded by the language's lock.
 */
@FastPath(oracle = "TakenSizesTest")
public final class TakenSizes {

    /** Keys examined in about a microsecond. */
    private static final int KEYS_A_UNIT = 8;

    private static final int COMPARED_A_UNIT = 128;

    /** The number of keys up to which they are removed or added one by one. */
    private static final int MOST_CHANGES = 8;

    private final KeyClasses classes;
    private final Deadline deadline;
    private final KeyTree tree;
    private final int[] nameClass;
    /** By class and bytes the names. */
    private @Nullable Map<Integer, Map<Integer, Integer>> names;

    private UsedKeys last = UsedKeys.NONE;
    /** By class and bytes what {@link #last} takes beside the names. */
    private Map<Integer, Map<Integer, Integer>> sizes = new HashMap<>();

    /**
     * No key used yet.
     *
     * @param nameClass the class that each name would be of
     */
    public TakenSizes(KeyClasses classes, KeyTree tree, int[] nameClass, Deadline deadline) {
        this.classes = classes;
        this.tree = tree;
        this.nameClass = nameClass;
        this.deadline = deadline;
    }

    /** By bytes; not to be modified. */
    public Map<Integer, Integer> of(int keyClass, UsedKeys used) {
        Map<Integer, Integer> named = names().getOrDefault(keyClass, Map.of());
        if (used.others().isEmpty()) {
            return named;
        }
        goOnTo(used);
        Map<Integer, Integer> all = new HashMap<>(named);
        sizes.getOrDefault(keyClass, Map.of()).forEach((bytes, count) -> all.merge(bytes, count, Integer::sum));
        return all;
    }

    private Map<Integer, Map<Integer, Integer>> names() {
        Map<Integer, Map<Integer, Integer>> all = names;
        if (all == null) {
            all = new HashMap<>();
            for (int name = 0; name < nameClass.length; name++) {
                count(nameClass[name], tree.bytes(name), 1, all);
            }
            names = all;
        }
        return all;
    }

    /** Updates the counts by what differs if that is little; otherwise counts all. */
    private void goOnTo(UsedKeys used) {
        List<String> before = last.others();
        List<String> now = used.others();
        deadline.spend(now.size() / COMPARED_A_UNIT);
        last = used;
        int changes = 0;
        int i = 0;
        int j = 0;
        while ((i < before.size() || j < now.size()) && changes <= MOST_CHANGES) {
            int order = i == before.size() ? 1 : j == now.size() ? -1 : compare(before.get(i), now.get(j));
            if (order < 0) {
                count(before.get(i), -1);
            } else if (order > 0) {
                count(now.get(j), 1);
            }
            changes += order == 0 ? 0 : 1;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        if (changes > MOST_CHANGES) {
            sizes = new HashMap<>();
            last = UsedKeys.NONE; // if the work ends here
            deadline.spend(1 + now.size() / KEYS_A_UNIT);
            now.forEach(key -> count(key, 1));
            last = used;
        }
    }

    private static int compare(String one, String other) {
        return one.equals(other) ? 0 : one.compareTo(other);
    }

    private void count(String key, int times) {
        count(classes.automaton().run(key), JsonCharacters.bytes(key), times, sizes);
    }

    private static void count(int keyClass, int bytes, int times, Map<Integer, Map<Integer, Integer>> sizes) {
        sizes.computeIfAbsent(keyClass, unused -> new HashMap<>()).merge(bytes, times, Integer::sum);
    }
}
