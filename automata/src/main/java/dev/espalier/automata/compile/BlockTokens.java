// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.grammar.LexedGrammar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of tokens that indentation is about, by number. Those from {@link #first} on have no text: an even and an odd one around each kind of block.
 *
 * @param newline newline tokens
 * @param indent what opens a block, as grammars have it
 * @param dedent what ends one
 * @param opening tokens such as opening brackets
 * @param closing by the kind of a closing bracket between others, its kind where it is the last one
 * @param first the number from which on there are blocks
 */
record BlockTokens(
        int newline, int indent, int dedent, Set<Integer> opening, Map<Integer, Integer> closing, int first) {

    /** The kinds of a grammar whose other kinds are known. */
    static BlockTokens of(LexedGrammar.Indentation made, Map<String, Integer> kinds) {
        Set<Integer> opening = new HashSet<>();
        Map<Integer, Integer> closing = new HashMap<>();
        int free = kinds.size() + 3;
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            if (made.opening().contains(kind.getKey())) {
                opening.add(kind.getValue());
            } else if (made.closing().contains(kind.getKey())) {
                closing.put(kind.getValue(), free++);
            }
        }
        return new BlockTokens(
                kinds.getOrDefault(made.newline(), kinds.size() + 1),
                kinds.size() + 1,
                kinds.size() + 2,
                opening,
                closing,
                free);
    }

    /** The token before a kind of block. */
    int begin(int block) {
        return first + 2 * block;
    }

    /** The token behind a kind of block. */
    int end(int block) {
        return first + 2 * block + 1;
    }

    /** The kind of block that begins with a token; -1 if none does. */
    int begun(int token) {
        return token >= first && (token - first) % 2 == 0 ? (token - first) / 2 : -1;
    }

    /** The kind of block that ends with a token; -1 if none does. */
    int ended(int token) {
        return token >= first && (token - first) % 2 == 1 ? (token - first) / 2 : -1;
    }
}
