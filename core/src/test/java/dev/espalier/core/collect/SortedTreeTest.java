// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sorted trees, compared with copies of a {@link TreeMap}. */
class SortedTreeTest {

    @RandomTrials(100)
    void olderTreesStayAsTheyWere(Random random) {
        List<@Nullable SortedTree<Integer, Integer>> trees = new ArrayList<>();
        List<TreeMap<Integer, Integer>> maps = new ArrayList<>();
        trees.add(null);
        maps.add(new TreeMap<>());
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(4) == 0 ? random.nextInt(trees.size()) : trees.size() - 1;
            int key = random.nextInt(60);
            TreeMap<Integer, Integer> map = new TreeMap<>(maps.get(from));
            map.put(key, i);
            maps.add(map);
            trees.add(SortedTree.with(trees.get(from), key, i));
        }
        for (int i = 0; i < trees.size(); i++) {
            SortedTree<Integer, Integer> tree = trees.get(i);
            assertEquals(maps.get(i).size(), SortedTree.size(tree));
            List<Map.Entry<Integer, Integer>> entries = new ArrayList<>();
            if (tree != null) {
                tree.forEach((key, value) -> entries.add(Map.entry(key, value)));
            }
            assertEquals(List.copyOf(maps.get(i).entrySet()), entries);
            for (int key = -1; key <= 60; key++) {
                assertEquals(maps.get(i).get(key), SortedTree.get(tree, key));
            }
            assertTrue(SortedTree.areAlike(tree, tree));
            int other = random.nextInt(trees.size());
            if (SortedTree.areAlike(tree, trees.get(other))) {
                assertEquals(maps.get(i), maps.get(other));
            }
        }
    }
}
