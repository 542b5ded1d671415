// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairMap;

/** Texts by their common beginnings, over the characters of UTF-16. Built once, then read only. */
public final class TextTrie {

    public static final int ROOT = 0;
    public static final int NONE = -1;

    private final PairMap edges = new PairMap();
    private final IntList values = new IntList();

    public TextTrie() {
        values.add(NONE);
    }

    /** Gives a text a value; a later one replaces it. */
    public void put(String text, int value) {
        int node = ROOT;
        for (int i = 0; i < text.length(); i++) {
            int next = edges.get(node, text.charAt(i));
            if (next < 0) {
                next = values.size();
                values.add(NONE);
                edges.put(node, text.charAt(i), next);
            }
            node = next;
        }
        values.set(node, value);
    }

    /** The node behind a character, or {@link #NONE}. */
    public int step(int node, char c) {
        return edges.get(node, c);
    }

    /** The value of the text that ends at a node, or {@link #NONE}. */
    public int value(int node) {
        return values.get(node);
    }
}
