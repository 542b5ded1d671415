// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent map sorted by its keys (an AVL tree): a changed copy shares all nodes with the original except those on the path to the change.
 * Not empty: null stands for the empty map. Immutable.
 *
 * @param <K> of keys
 * @param <V> of values
 */
@FastPath(oracle = "SortedTreeTest")
public final class SortedTree<K extends Comparable<K>, V> {

    private final @Nullable SortedTree<K, V> left;
    private final K key;
    private final V value;
    private final @Nullable SortedTree<K, V> right;
    private final int height;
    private final int size;

    private SortedTree(@Nullable SortedTree<K, V> left, K key, V value, @Nullable SortedTree<K, V> right) {
        this.left = left;
        this.key = key;
        this.value = value;
        this.right = right;
        this.height = 1 + Math.max(height(left), height(right));
        this.size = 1 + size(left) + size(right);
    }

    private static int height(@Nullable SortedTree<?, ?> tree) {
        return tree == null ? 0 : tree.height;
    }

    /** The number of keys. */
    public static int size(@Nullable SortedTree<?, ?> tree) {
        return tree == null ? 0 : tree.size;
    }

    /** The value of a key; null if there is none. Takes time logarithmic in the size. */
    public static <K extends Comparable<K>, V> @Nullable V get(@Nullable SortedTree<K, V> tree, K key) {
        SortedTree<K, V> at = tree;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order == 0) {
                return at.value;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    /** The tree with a value for a key, in place of any earlier one. Takes time logarithmic in the size. */
    public static <K extends Comparable<K>, V> SortedTree<K, V> with(@Nullable SortedTree<K, V> tree, K key, V value) {
        if (tree == null) {
            return new SortedTree<>(null, key, value, null);
        }
        int order = key.compareTo(tree.key);
        if (order == 0) {
            return new SortedTree<>(tree.left, key, value, tree.right);
        }
        return order < 0
                ? balanced(with(tree.left, key, value), tree.key, tree.value, tree.right)
                : balanced(tree.left, tree.key, tree.value, with(tree.right, key, value));
    }

    private static <K extends Comparable<K>, V> SortedTree<K, V> balanced(
            @Nullable SortedTree<K, V> left, K key, V value, @Nullable SortedTree<K, V> right) {
        int lean = height(left) - height(right);
        if (left != null && lean > 1) {
            SortedTree<K, V> inner = left.right;
            return inner != null && height(inner) > height(left.left)
                    ? new SortedTree<>(
                            new SortedTree<>(left.left, left.key, left.value, inner.left),
                            inner.key,
                            inner.value,
                            new SortedTree<>(inner.right, key, value, right))
                    : new SortedTree<>(
                            left.left, left.key, left.value, new SortedTree<>(left.right, key, value, right));
        }
        if (right != null && lean < -1) {
            SortedTree<K, V> inner = right.left;
            return inner != null && height(inner) > height(right.right)
                    ? new SortedTree<>(
                            new SortedTree<>(left, key, value, inner.left),
                            inner.key,
                            inner.value,
                            new SortedTree<>(inner.right, right.key, right.value, right.right))
                    : new SortedTree<>(
                            new SortedTree<>(left, key, value, right.left), right.key, right.value, right.right);
        }
        return new SortedTree<>(left, key, value, right);
    }

    /** Passes each key with its value to an action, in order. */
    public void forEach(BiConsumer<K, V> action) {
        if (left != null) {
            left.forEach(action);
        }
        action.accept(key, value);
        if (right != null) {
            right.forEach(action);
        }
    }

    /** Whether both trees have the same pairs and the same shape; shared nodes are not compared. */
    @SuppressWarnings("ReferenceEquality") // what is shared is one object
    public static boolean areAlike(@Nullable SortedTree<?, ?> one, @Nullable SortedTree<?, ?> other) {
        return one == other
                || (one != null
                        && other != null
                        && one.size == other.size
                        && one.key.equals(other.key)
                        && Objects.equals(one.value, other.value)
                        && areAlike(one.left, other.left)
                        && areAlike(one.right, other.right));
    }
}
