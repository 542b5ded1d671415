// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trie, over code points, of the names that an object frame distinguishes. Immutable. Node 0 is the root. */
public final class KeyTree {

    /** No such node. */
    public static final int NONE = -1;

    /** Characters of texts that are kept. */
    private static final int MAX_KEPT = 128;

    private final int[] sorted;
    private int[] parent = new int[16];
    private int[] symbol = new int[16];
    private int[] firstChild = new int[16];
    private int[] nextSibling = new int[16];
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int[] name = new int[16];
    private int[] bytesTo = new int[16];
    private int[] length = new int[16];
    private final int[] nameBytes;
    private final int[] ends;
    private int size;
    /** By node; found by any thread, and by all alike. */
    private final @Nullable String[] texts;

    /** The tree of some distinct names. */
    public KeyTree(List<String> names) {
        Integer[] order = new Integer[names.size()];
        Arrays.setAll(order, i -> i);
        int[][] points = new int[names.size()][];
        Arrays.setAll(points, i -> names.get(i).codePoints().toArray());
        Arrays.sort(order, (a, b) -> Arrays.compare(points[a], points[b]));
        this.sorted = Arrays.stream(order).mapToInt(i -> i).toArray();
        this.nameBytes = new int[names.size()];
        this.ends = new int[names.size()];
        add(NONE, 0, 0);
        for (int rank = 0; rank < sorted.length; rank++) {
            insert(points[sorted[rank]], rank);
        }
        this.texts = new String[size];
    }

    private int add(int above, int codePoint, int rank) {
        if (size == parent.length) {
            parent = Arrays.copyOf(parent, 2 * size);
            symbol = Arrays.copyOf(symbol, 2 * size);
            firstChild = Arrays.copyOf(firstChild, 2 * size);
            nextSibling = Arrays.copyOf(nextSibling, 2 * size);
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
            name = Arrays.copyOf(name, 2 * size);
            bytesTo = Arrays.copyOf(bytesTo, 2 * size);
            length = Arrays.copyOf(length, 2 * size);
        }
        parent[size] = above;
        symbol[size] = codePoint;
        firstChild[size] = NONE;
        nextSibling[size] = above < 0 ? NONE : firstChild[above];
        from[size] = rank;
        to[size] = rank;
        name[size] = NONE;
        bytesTo[size] = above < 0 ? 0 : bytesTo[above] + JsonCharacters.bytes(codePoint, codePoint);
        length[size] = above < 0 ? 0 : length[above] + 1;
        if (above >= 0) {
            firstChild[above] = size;
        }
        return size++;
    }

    private void insert(int[] points, int rank) {
        int node = 0;
        to[0] = rank + 1;
        for (int point : points) {
            int next = lastChild(node, point);
            node = next < 0 ? add(node, point, rank) : next;
            to[node] = rank + 1;
        }
        name[node] = sorted[rank];
        ends[sorted[rank]] = node;
        nameBytes[sorted[rank]] = bytesTo[node];
    }

    /** {@link #child} while names are added in order: the child that was added last, or none. */
    private int lastChild(int node, int codePoint) {
        int last = firstChild[node];
        return last >= 0 && symbol[last] == codePoint ? last : NONE;
    }

    /** The node below a node by a code point, or {@link #NONE}. */
    public int child(int node, int codePoint) {
        int child = node < 0 ? NONE : firstChild[node];
        while (child >= 0 && symbol[child] != codePoint) {
            child = nextSibling[child];
        }
        return child;
    }

    /** Whether some character that a spelling can become leads on from a node. */
    public boolean hasChild(int node, Completion completion) {
        for (int child = firstChild(node); child >= 0; child = nextSibling(child)) {
            if (completion.has(symbol(child))) {
                return true;
            }
        }
        return false;
    }

    /** The nodes from which at most {@code most[name]} characters lead to the end of a name. */
    public BitSet near(int[] most) {
        BitSet near = new BitSet(size);
        for (int i = 0; i < ends.length; i++) {
            int left = most[i];
            for (int at = ends[i]; at >= 0 && left >= 0; at = parent[at]) {
                near.set(at);
                left--;
            }
        }
        return near;
    }

    /** The node of the end of a name. */
    public int end(int nameIndex) {
        return ends[nameIndex];
    }

    /** The characters to a node. */
    public int length(int node) {
        return length[node];
    }

    /** The number of nodes. */
    public int size() {
        return size;
    }

    /** The node above a node; {@link #NONE} above the root. */
    public int parent(int node) {
        return parent[node];
    }

    /** A node's first child, or {@link #NONE}; its siblings follow by {@link #nextSibling}. */
    public int firstChild(int node) {
        return node < 0 ? NONE : firstChild[node];
    }

    /** The next node with the same parent, or {@link #NONE}. */
    public int nextSibling(int node) {
        return nextSibling[node];
    }

    /** The code point that leads to a node. */
    public int symbol(int node) {
        return symbol[node];
    }

    /** The name that ends at a node, or {@link #NONE}. */
    public int name(int node) {
        return node < 0 ? NONE : name[node];
    }

    /** The rank of the first name at or below a node. */
    public int from(int node) {
        return from[node];
    }

    /** One past the rank of the last name at or below a node. */
    public int to(int node) {
        return to[node];
    }

    /** The name of a rank in code point order. */
    public int byRank(int rank) {
        return sorted[rank];
    }

    /** The bytes that spell the text to a node, at least. */
    public int bytesTo(int node) {
        return bytesTo[node];
    }

    /** The bytes that spell a name, at least. */
    public int bytes(int nameIndex) {
        return nameBytes[nameIndex];
    }

    /** Whether some character beyond ASCII leads on from a node. */
    public boolean hasChildBeyondAscii(int node) {
        for (int child = firstChild(node); child >= 0; child = nextSibling(child)) {
            if (symbol(child) >= 0x80) {
                return true;
            }
        }
        return false;
    }

    /** The bytes with which names go on from a node; all beyond ASCII if one of them is. */
    ByteSet firstBytes(int node) {
        long[] words = new long[4];
        for (int child = firstChild(node); child >= 0; child = nextSibling(child)) {
            int symbol = symbol(child);
            if (symbol < 0x80) {
                words[symbol >> 6] |= 1L << symbol;
            } else {
                words[2] = -1;
                words[3] = -1;
            }
        }
        return ByteSet.of(words);
    }

    /** Whether some character that a spelling can become leads on from a node to one of some nodes. */
    public boolean hasChild(int node, Completion completion, BitSet among) {
        for (int child = firstChild(node); child >= 0; child = nextSibling(child)) {
            if (among.get(child) && completion.has(symbol(child))) {
                return true;
            }
        }
        return false;
    }

    /** The text that leads to a node. Short ones are written once: states inside of keys ask again and again. */
    public String text(int node) {
        String known = texts[node];
        if (known == null) {
            known = written(node);
            if (known.length() <= MAX_KEPT) {
                texts[node] = known;
            }
        }
        return known;
    }

    private String written(int node) {
        int length = 0;
        for (int at = node; at > 0; at = parent[at]) {
            length++;
        }
        int[] points = new int[length];
        for (int at = node; at > 0; at = parent[at]) {
            points[--length] = symbol[at];
        }
        return new String(points, 0, points.length);
    }

    /** The node of a text, or {@link #NONE}. */
    public int find(String text) {
        int node = 0;
        for (int i = 0; i < text.length() && node >= 0; i += Character.charCount(text.codePointAt(i))) {
            node = child(node, text.codePointAt(i));
        }
        return node;
    }
}
