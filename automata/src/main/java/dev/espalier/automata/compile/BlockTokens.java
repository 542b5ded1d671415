// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.grammar.LexedGrammar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The kinds of tokens that indentation is about, by number. Those from {@link #first} on have no text: an even and an odd one around each kind of block.
 *
 * @param newlines newline tokens
 * @param made by name, what opens or ends a block, as grammars have it
 * @param indents what opens one, with the lexer's mode behind it
 * @param dedents what ends one, with the lexer's mode behind it
 * @param opening tokens such as opening brackets
 * @param closing by the kind of a closing bracket between others, its kind where it is the last one
 * @param first the number from which on there are blocks
 */
record BlockTokens(
        Set<Integer> newlines,
        Map<String, Integer> made,
        Map<Integer, Integer> indents,
        Map<Integer, Integer> dedents,
        Set<Integer> opening,
        Map<Integer, Integer> closing,
        int first) {

    /** The kinds of a grammar whose other kinds are known. */
    static BlockTokens of(LexedGrammar.Indentation indentation, Map<String, Integer> kinds) {
        Set<Integer> newlines = new HashSet<>();
        Set<Integer> opening = new HashSet<>();
        Map<Integer, Integer> closing = new HashMap<>();
        int free = kinds.size() + 1;
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            if (indentation.newlines().contains(kind.getKey())) {
                newlines.add(kind.getValue());
            } else if (indentation.opening().contains(kind.getKey())) {
                opening.add(kind.getValue());
            } else if (indentation.closing().contains(kind.getKey())) {
                closing.put(kind.getValue(), free++);
            }
        }
        Map<String, Integer> made = new HashMap<>();
        Map<Integer, Integer> indents = new HashMap<>();
        Map<Integer, Integer> dedents = new HashMap<>();
        for (Map.Entry<String, Integer> token : new TreeMap<>(indentation.made()).entrySet()) {
            boolean isIndent = indentation.indents().containsKey(token.getKey());
            (isIndent ? indents : dedents).put(free, token.getValue());
            made.put(token.getKey(), free++);
        }
        return new BlockTokens(newlines, made, indents, dedents, opening, closing, free);
    }

    /**
     * The modes of the lexer in a kind of block.
     *
     * @param inside behind its beginning
     * @param behind behind its end
     */
    record Modes(int inside, int behind) {}

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
