// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;

/**
 * The tokens of plain text of whole characters ({@link PlainText}) in the order of the trie of all tokens, and a trie of all others.
 * The plain tokens below a node are adjacent, so that they are taken at once if the node leads to a state to which plain text leads
 * back. Immutable, thread-safe.
 */
@FastPath(oracle = "TextOrderTest")
public final class TextOrder {

    private final int[] plain;
    private final int[] before;
    private final TokenTrie rest;

    private TextOrder(int[] plain, int[] before, TokenTrie rest) {
        this.plain = plain;
        this.before = before;
        this.rest = rest;
    }

    static TextOrder of(TokenTable table, TokenTrie trie) {
        int[] tokens = trie.tokens();
        int[] before = new int[tokens.length + 1];
        TokenSet whole = new TokenSet(table.count());
        for (int i = 0; i < tokens.length; i++) {
            boolean isWhole = isWholeText(table, tokens[i]);
            before[i + 1] = before[i] + (isWhole ? 1 : 0);
            if (isWhole) {
                whole.add(tokens[i]);
            }
        }
        int[] plain = new int[before[tokens.length]];
        TokenTrie.Builder rest = new TokenTrie.Builder(table.blob(), tokens.length - plain.length);
        TokenMask isPlain = whole.toMask();
        for (int i = 0; i < tokens.length; i++) {
            if (isPlain.allows(tokens[i])) {
                plain[before[i]] = tokens[i];
            } else {
                rest.add(table.offset(tokens[i]), table.length(tokens[i]), tokens[i]);
            }
        }
        return new TextOrder(plain, before, rest.buildSorted());
    }

    private static boolean isWholeText(TokenTable table, int id) {
        int state = Utf8.START;
        for (int at = table.offset(id); at < table.offset(id) + table.length(id); at++) {
            int symbol = table.blob()[at] & 0xff;
            if (state == Utf8.START && symbol < 0x80 && !Utf8.isPlain(symbol)) {
                return false;
            }
            state = Utf8.next(state, symbol);
            if (state == Utf8.DEAD) {
                return false;
            }
        }
        return state == Utf8.START;
    }

    /** The plain tokens in the order of the trie; never modified. */
    public int[] plain() {
        return plain;
    }

    /**
     * The number of plain tokens among the first {@code index} tokens of the trie of all tokens. It gives the range of a node in
     * {@link #plain}.
     */
    public int before(int index) {
        return before[index];
    }

    /** The trie of all other tokens, whole. */
    public TokenTrie rest() {
        return rest;
    }
}
