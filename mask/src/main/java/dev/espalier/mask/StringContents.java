package dev.espalier.mask;

import dev.espalier.mask.file.TableReader;
import dev.espalier.mask.file.TableWriter;

/**
 * The tokens that are contents of a JSON string, its last character possibly cut off, and what is left of all others behind
 * their longest beginning of whole characters that is. Contents here are well-formed UTF-8 without {@code "} and controls, and
 * escapes of two letters; those of hexadecimal digits are left out. Immutable, thread-safe.
 */
final class StringContents {

    /** No contents begin so. */
    static final int DEAD = Utf8.DEAD;

    /** Between two characters. */
    static final int START = Utf8.START;

    private static final int ESCAPED = Utf8.STATES;

    private final TokenMask all;
    private final TokenTrie stems;

    private StringContents(TokenMask all, TokenTrie stems) {
        this.all = all;
        this.stems = stems;
    }

    /** Where in a character contents are after a byte. */
    static int next(int state, int symbol) {
        if (state == ESCAPED) {
            return symbol < 0x80 && "\"\\/bfnrt".indexOf(symbol) >= 0 ? START : DEAD;
        }
        if (state != START || symbol >= 0x80) {
            return Utf8.next(state, symbol);
        }
        return symbol == '\\' ? ESCAPED : symbol == '"' || symbol < 0x20 ? DEAD : START;
    }

    static StringContents of(TokenTable table) {
        TokenSet all = new TokenSet(table.count());
        TokenTrie.Builder stems = new TokenTrie.Builder(table.blob(), 64);
        for (int id = 0; id < table.count(); id++) {
            int offset = table.offset(id);
            int length = table.length(id);
            int state = START;
            int whole = 0;
            int at = 0;
            while (at < length && state != DEAD) {
                state = next(state, table.blob()[offset + at++] & 0xff);
                whole = state == START ? at : whole;
            }
            if (state == DEAD) {
                stems.add(offset + whole, length - whole, id);
            } else if (length > 0) {
                all.add(id);
            }
        }
        return new StringContents(all.toMask(), stems.build());
    }

    /** Adds its tables to a prepared file. */
    void write(String name, TableWriter out) {
        all.write(name + ".all", out);
        stems.write(name + ".stems", out);
    }

    /** The tables that {@link #write} wrote under a name. Cost: a copy. */
    static StringContents read(String name, TableReader in, TokenTable table) {
        return new StringContents(
                TokenMask.read(name + ".all", in, table.count()), TokenTrie.read(name + ".stems", in, table));
    }

    /** All tokens that are contents. */
    TokenMask all() {
        return all;
    }

    /** What is left of the other tokens. */
    TokenTrie stems() {
        return stems;
    }
}
