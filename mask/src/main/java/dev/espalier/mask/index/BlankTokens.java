// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;

/**
 * The tokens of white space only, and a trie of the other tokens that begin with white space, without it. If a state loops on white
 * space, it reads a token as it reads the token without its leading white space. A single space followed by text begins half of a
 * vocabulary: those tokens are found below the space in the trie of all. Immutable, thread-safe.
 */
@FastPath(oracle = "WordsApartTest")
public final class BlankTokens {

    /** Space, tab, line feed, carriage return. */
    public static final ByteSet BLANKS = ByteSet.of(BlankTokens::isBlank);

    private final TokenMask all;
    private final TokenTrie stems;

    private BlankTokens(TokenMask all, TokenTrie stems) {
        this.all = all;
        this.stems = stems;
    }

    private static boolean isBlank(int symbol) {
        return symbol == ' ' || symbol == '\t' || symbol == '\n' || symbol == '\r';
    }

    static BlankTokens of(TokenTable table) {
        TokenSet all = new TokenSet(table.count());
        TokenTrie.Builder stems = new TokenTrie.Builder(table.blob(), 64);
        for (int id = 0; id < table.count(); id++) {
            int offset = table.offset(id);
            int length = table.length(id);
            int blanks = 0;
            while (blanks < length && isBlank(table.blob()[offset + blanks])) {
                blanks++;
            }
            if (blanks == length && length > 0) {
                all.add(id);
            } else if (blanks > 1 || (blanks == 1 && table.blob()[offset] != ' ')) {
                stems.add(offset + blanks, length - blanks, id);
            }
        }
        return new BlankTokens(all.toMask(), stems.build());
    }

    /** Adds its tables to a prepared file. */
    void write(String name, TableWriter out) {
        MaskTables.write(all, name + ".all", out);
        stems.write(name + ".stems", out);
    }

    /** The tables that {@link #write} wrote under a name. Cost: a copy. */
    static BlankTokens read(String name, TableReader in, TokenTable table) {
        return new BlankTokens(
                MaskTables.read(name + ".all", in, table.count()), TokenTrie.read(name + ".stems", in, table));
    }

    /** All tokens that are white space. */
    public TokenMask all() {
        return all;
    }

    /** The trie of the tokens that begin with other white space than a single space, without that white space. */
    public TokenTrie stems() {
        return stems;
    }
}
