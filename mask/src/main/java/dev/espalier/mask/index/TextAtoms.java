// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Character classes, and for each node of a trie the classes and lengths of the tokens below it. A subtree need not be walked if all
 * its characters are live wherever they stand. An <em>atom</em> is such a class: a-f, g-z, their capitals, the digits, each other ASCII
 * character that is printed, three kinds of line white space, all other controls, white space beyond ASCII, and all other characters.
 * Immutable, thread-safe.
 *
 * <p>The atoms are those that patterns tell apart most often; any partition would be as right.
 */
@FastPath(oracle = "AtomTokensTest")
public final class TextAtoms {

    /** A bit that is in no set of live atoms: the text is not well-formed. */
    static final long NEVER = Long.MIN_VALUE;

    /** Set on nodes whose subtree has tokens that are not {@link PlainText}; the atoms of these are not recorded. */
    public static final long NOT_PLAIN = 1L << 62;

    /** Set on nodes inside a character: the atoms recorded are those that follow its end. */
    private static final long INSIDE = 1L << 61;

    private static final int[] OF_ASCII = ofAscii();

    /** The atom of white space beyond ASCII. */
    public static final int SPACE = Arrays.stream(OF_ASCII).max().orElseThrow() + 1;

    /** The atom of all other characters beyond ASCII. */
    public static final int OTHER = SPACE + 1;

    /** All atoms. */
    public static final long ALL = (1L << OTHER + 1) - 1;

    /** The atoms beyond ASCII. */
    public static final long BEYOND_ASCII = 1L << SPACE | 1L << OTHER;

    /** The atoms of plain text, as {@link PlainText} has it. */
    public static final long PLAIN = plain();

    /** UTF-8 of white space beyond ASCII, and its beginnings, as numbers. */
    private static final int[] SPACES = {
        0xc285, 0xc2a0, 0xe19a80, 0xe28080, 0xe28081, 0xe28082, 0xe28083, 0xe28084, 0xe28085, 0xe28086, 0xe28087,
        0xe28088, 0xe28089, 0xe2808a, 0xe280a8, 0xe280a9, 0xe280af, 0xe2819f, 0xe38080, 0xefbbbf
    };

    /** White space beyond ASCII as code points, ascending. */
    private static final int[] SPACE_CHARACTERS = {
        0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
        0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff
    };

    private final long[] below;
    private final byte[] heights;
    private final int[] weights;

    private TextAtoms(long[] below, byte[] heights, int[] weights) {
        this.below = below;
        this.heights = heights;
        this.weights = weights;
    }

    /** Adds its tables to a prepared file. */
    void write(String name, TableWriter out) {
        out.longs(name + ".below", below);
        out.bytes(name + ".heights", heights);
        out.ints(name + ".weights", weights);
    }

    /** The atoms that {@link #write} wrote under a name. Cost: a copy. */
    static TextAtoms read(String name, TableReader in, TokenTrie trie) {
        long[] below = in.longs(name + ".below");
        byte[] heights = in.bytes(name + ".heights");
        in.check(below.length == trie.nodeCount(), name, ".below");
        in.check(heights.length == trie.nodeCount(), name, ".heights");
        return new TextAtoms(below, heights, in.ints(name + ".weights", OTHER + 1));
    }

    private static int[] ofAscii() {
        int[] atoms = new int[128];
        int next = 5;
        for (int c = 0; c < 128; c++) {
            if (c >= '0' && c <= '9') {
                atoms[c] = 0;
            } else if (c >= 'a' && c <= 'z') {
                atoms[c] = c <= 'f' ? 1 : 2;
            } else if (c >= 'A' && c <= 'Z') {
                atoms[c] = c <= 'F' ? 3 : 4;
            } else if ((c >= 0x20 && c != 0x7f) || c == '\t' || c == '\n' || c == '\r') {
                atoms[c] = next++;
            } else {
                atoms[c] = -1;
            }
        }
        for (int c = 0; c < 128; c++) {
            atoms[c] = atoms[c] < 0 ? next : atoms[c];
        }
        return atoms;
    }

    private static long plain() {
        long atoms = BEYOND_ASCII;
        for (int c = 0; c < 0x80; c++) {
            atoms |= Utf8.isPlain(c) ? 1L << OF_ASCII[c] : 0;
        }
        return atoms;
    }

    /** The atom of an ASCII character. */
    public static int ofAscii(int c) {
        return OF_ASCII[c];
    }

    /** The atoms all of whose characters are among some, as {@link dev.espalier.automata.state.TextView#steadyText} spells these. */
    public static long within(ByteSet characters) {
        long others = characters.contains(0x80) ? 0 : BEYOND_ASCII;
        for (int c = 0; c < 128; c++) {
            others |= characters.contains(c) ? 0 : 1L << OF_ASCII[c];
        }
        return ALL & ~others;
    }

    /**
     * The state of recognising white space beyond ASCII ({@link #SPACE}) byte by byte.
     *
     * @param before the state without the last byte; 0 at the beginning of the character
     * @return a number for each beginning of such a character; -1 if it cannot become one
     */
    public static int spelling(int before, int symbol) {
        int bytes = before << 8 | symbol;
        for (int space : SPACES) {
            if (bytes == space || bytes == space >> 8 || bytes == space >> 16) {
                return bytes;
            }
        }
        return -1;
    }

    /** The atom of a character beyond ASCII, from the state after its last byte. */
    public static int ofSpelling(int spelling) {
        return spelling > 0 ? SPACE : OTHER;
    }

    /**
     * The atoms of a trie's tokens. Cost: linear in its nodes, about 10 ms for 270,000.
     *
     * @param onlyPlain true if only the presence of tokens that are not plain text is recorded
     */
    static TextAtoms of(TokenTrie trie, boolean onlyPlain) {
        int count = trie.nodeCount();
        int[] parents = new int[count];
        byte[] utf8 = new byte[count];
        int[] spellings = new int[count];
        int[] path = new int[trie.depth() + 1];
        long[] edges = new long[count];
        for (int node = 0; node < count; node++) {
            int depth = trie.label(node) >>> 8;
            int symbol = trie.label(node) & 0xff;
            path[depth] = node;
            int parent = depth == 1 ? -1 : path[depth - 1];
            parents[node] = parent;
            int before = parent < 0 ? Utf8.START : utf8[parent];
            int state = before == Utf8.DEAD ? Utf8.DEAD : Utf8.next(before, symbol);
            utf8[node] = (byte) state;
            if (state == Utf8.DEAD) {
                edges[node] = NEVER;
            } else if (symbol < 0x80) {
                edges[node] = 1L << OF_ASCII[symbol];
            } else {
                int started = before == Utf8.START || parent < 0 ? 0 : spellings[parent];
                spellings[node] = started < 0 ? -1 : spelling(started, symbol);
                edges[node] = state == Utf8.START ? 1L << ofSpelling(spellings[node]) : 0;
            }
        }
        return gathered(trie, onlyPlain, parents, utf8, edges);
    }

    private static TextAtoms gathered(TokenTrie trie, boolean onlyPlain, int[] parents, byte[] utf8, long[] edges) {
        int count = trie.nodeCount();
        long[] below = new long[count];
        TextAtoms atoms = new TextAtoms(below, new byte[count], new int[OTHER + 1]);
        for (int node = count - 1; node >= 0; node--) {
            boolean isEnd = trie.firstToken(node) < trie.firstToken(node + 1);
            int symbol = trie.label(node) & 0xff;
            if (parents[node] >= 0) {
                long here = edges[node] | (isEnd && utf8[node] != Utf8.START ? BEYOND_ASCII : 0);
                boolean isTold = !onlyPlain || (utf8[node] != Utf8.DEAD && Utf8.isPlain(symbol));
                boolean leads = isEnd || (below[node] & ~NOT_PLAIN) != 0;
                below[parents[node]] |= isTold ? below[node] | (leads ? here : 0) : NOT_PLAIN;
                int height = Math.min(Byte.MAX_VALUE, atoms.heights[node] + 1);
                atoms.heights[parents[node]] = (byte) Math.max(atoms.heights[parents[node]], height);
            }
            below[node] |= utf8[node] == Utf8.DEAD ? NEVER : 0;
            below[node] |= utf8[node] > Utf8.START ? INSIDE : 0;
            int tokens = trie.firstToken(trie.end(node)) - trie.firstToken(node);
            for (long left = edges[node] & ~NEVER; left != 0; left &= left - 1) {
                atoms.weights[Long.numberOfTrailingZeros(left)] += tokens;
            }
        }
        return atoms;
    }

    /**
     * The atoms of the text below a node, or of its plain text, with {@link #NOT_PLAIN} if there is other text; negative if unknown.
     * Inside a character, the result has a bit that is in no set of atoms.
     */
    public long below(int node) {
        return below[node];
    }

    /** As {@link #below}, for the characters that begin after a node. */
    public long following(int node) {
        return below[node] & ~INSIDE;
    }

    /** For a node of the first of several bytes of a character: the atoms of the text from that character on. */
    public long ofCharacters(int node) {
        return below[node] & ~INSIDE | BEYOND_ASCII;
    }

    /** The length in bytes of the longest text below a node, at most 127. */
    public int height(int node) {
        return heights[node];
    }

    /**
     * Adds the tokens at a node, and those below it whose text from there on is made of some atoms. A character that is cut off counts
     * if one of the atoms has a character that begins so. Tokens whose atoms are not recorded may or may not be added.
     *
     * @param trie whose atoms these are
     * @return the number of nodes below it that were visited one by one
     */
    public int addMadeOf(long some, TokenTrie trie, int node, TokenSet accepted) {
        Spellings spellings = new Spellings(some, trie);
        int[] tokens = trie.tokens();
        int end = trie.end(node);
        int looked = 0;
        int at = node;
        while (at < end) {
            int symbol = trie.label(at) & 0xff;
            boolean isIn = symbol < 0x80 ? (some >>> OF_ASCII[symbol] & 1) != 0 : spellings.add(trie.label(at));
            boolean isDead = !isIn && at > node;
            int next = isDead || (below[at] & ~(some | NOT_PLAIN | INSIDE)) == 0 ? trie.end(at) : at + 1;
            if (!isDead) {
                accepted.addAll(tokens, trie.firstToken(at), trie.firstToken(next));
            }
            looked += at > node ? 1 : 0;
            at = next;
        }
        return looked;
    }

    /** A recogniser of the characters beyond ASCII on the path, if their atom matters. */
    private static final class Spellings {

        private final boolean areAll;
        private final boolean areSpaces;
        private final int @Nullable [] spellings;
        private final byte @Nullable [] places;

        Spellings(long some, TokenTrie trie) {
            areAll = (some & BEYOND_ASCII) == BEYOND_ASCII;
            areSpaces = (some >>> SPACE & 1) != 0;
            boolean areTold = !areAll && (some & BEYOND_ASCII) != 0;
            spellings = areTold ? new int[trie.depth() + 1] : null;
            places = areTold ? new byte[trie.depth() + 1] : null;
        }

        /** Adds the next byte of a character. True if some character of the atoms begins with the bytes so far. */
        boolean add(int label) {
            if (spellings == null || places == null) {
                return areAll;
            }
            int depth = label >>> 8;
            int symbol = label & 0xff;
            boolean isFirst = symbol >= Utf8.LEAST_LEAD;
            int before = isFirst ? 0 : spellings[depth - 1];
            spellings[depth] = before < 0 ? -1 : spelling(before, symbol);
            places[depth] = (byte) Utf8.next(isFirst ? Utf8.START : places[depth - 1], symbol);
            boolean isWhole = places[depth] == Utf8.START;
            return areSpaces ? spellings[depth] > 0 : !isWhole || spellings[depth] < 0;
        }
    }

    /** Whether a whole character beyond ASCII is white space, its UTF-8 taken as a number. */
    static boolean isSpace(int utf8) {
        for (int space : SPACES) {
            if (utf8 == space) {
                return true;
            }
        }
        return false;
    }

    /** The atoms of the characters from one to another, surrogates apart. */
    public static long ofRange(int first, int last) {
        long atoms = 0;
        for (int c = first; c <= Math.min(last, 0x7f); c++) {
            atoms |= 1L << OF_ASCII[c];
        }
        int from = Math.max(first, 0x80);
        int spaces = 0;
        for (int space : SPACE_CHARACTERS) {
            spaces += from <= space && space <= last ? 1 : 0;
        }
        int surrogates = Math.max(0, Math.min(last, 0xdfff) - Math.max(from, 0xd800) + 1);
        boolean hasOther = last - from + 1 - surrogates > spaces;
        return atoms | (spaces > 0 ? 1L << SPACE : 0) | (hasOther ? 1L << OTHER : 0);
    }

    /** The approximate number of characters in tokens that belong to some atoms. */
    public long weight(long atoms) {
        long sum = 0;
        for (long left = atoms & ~NEVER; left != 0; left &= left - 1) {
            sum += weights[Long.numberOfTrailingZeros(left)];
        }
        return sum;
    }
}
