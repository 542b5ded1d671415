// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.TokenSteps;

/**
 * Nodes of tries that masks visited: those of the vocabulary, and those of what is left of tokens.
 *
 * @param all of all masks together
 * @param most of the mask that visited the most
 * @param many masks that visited more than {@value #MANY}
 */
public record TrieNodes(
        @JsonProperty("trie_nodes") long all,
        @JsonProperty("most_trie_nodes") long most,
        @JsonProperty("masks_over_200000_trie_nodes") int many) {

    /** So many visited nodes are a mask's target. */
    public static final int MANY = 200_000;

    static final TrieNodes NONE = new TrieNodes(0, 0, 0);

    /** Those of a schema's first mask, and of the masks of some tokens. */
    static TrieNodes of(long first, TokenSteps steps) {
        TrieNodes nodes = new TrieNodes(first, first, first > MANY ? 1 : 0);
        for (int i = 0; i < steps.size(); i++) {
            long visited = steps.visited(i);
            nodes = nodes.plus(new TrieNodes(visited, visited, visited > MANY ? 1 : 0));
        }
        return nodes;
    }

    TrieNodes plus(TrieNodes other) {
        return new TrieNodes(all + other.all, Math.max(most, other.most), many + other.many);
    }
}
