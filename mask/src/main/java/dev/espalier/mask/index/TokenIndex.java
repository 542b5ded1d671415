// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import java.util.stream.IntStream;

/**
 * The search structures over the tokens of a {@link TokenTable}: tries, sets of plain text, characters by class. Shared by all vocabularies
 * that differ in size and end tokens only; none of them knows of another or of this one. Thread-safe; each is built on first use.
 */
public final class TokenIndex {

    /** A length in bytes that few tokens exceed. */
    public static final int SHORT = 16;

    private final TokenTable table;
    private final TokenHorizon horizon;
    private final ResidualTries residuals;
    private final Lazy<TokenTrie> trie = new Lazy<>(this::buildTrie);
    private final Lazy<PlainText> plainText;
    private final Lazy<BlankTokens> blanks;
    private final Lazy<TextOrder> textOrder;
    private final Lazy<TextAtoms> atoms = new Lazy<>(() -> TextAtoms.of(trie(), true));
    private final Lazy<TextAtoms> restAtoms =
            new Lazy<>(() -> TextAtoms.of(plainText().rest(), false));
    private final Lazy<AtomTokens> atomTokens;
    private final Lazy<TokenTrie> tails = new Lazy<>(this::buildTails);
    private final Lazy<int[]> longIds = new Lazy<>(this::findLong);
    private final Lazy<Boolean> everyByte = new Lazy<>(this::hasEveryByte);

    public TokenIndex(TokenTable table) {
        this.table = table;
        this.horizon = new TokenHorizon(table);
        this.residuals = new ResidualTries(table);
        this.plainText = new Lazy<>(() -> PlainText.of(table));
        this.blanks = new Lazy<>(() -> BlankTokens.of(table));
        this.textOrder = new Lazy<>(() -> TextOrder.of(table, trie()));
        this.atomTokens = new Lazy<>(() -> new AtomTokens(table, plainText()));
    }

    /** Adds the tokens and the search structures to a prepared file; those that are missing are built first. */
    public void write(TableWriter out) {
        table.write(out);
        trie().write("trie", out);
        plainText().write("plain", out);
        blanks().write("blanks", out);
        restAtoms().write("rest-atoms", out);
        atoms().write("atoms", out);
    }

    /**
     * The index that {@link #write} wrote. Structures that are not in the file are built on first use. Cost: a copy of some megabytes.
     */
    public static TokenIndex read(TableReader in) {
        TokenTable table = TokenTable.read(in);
        TokenIndex index = new TokenIndex(table);
        TokenTrie whole = TokenTrie.read("trie", in, table);
        PlainText plain = PlainText.read("plain", in, table);
        index.trie.set(whole);
        index.plainText.set(plain);
        index.atoms.set(TextAtoms.read("atoms", in, whole));
        index.restAtoms.set(TextAtoms.read("rest-atoms", in, plain.rest()));
        index.blanks.set(BlankTokens.read("blanks", in, table));
        return index;
    }

    /** The tokens' bytes. */
    public TokenTable table() {
        return table;
    }

    /** The horizon of the tokens. */
    public TokenHorizon horizon() {
        return horizon;
    }

    /** The table of residual tries. */
    public ResidualTries residuals() {
        return residuals;
    }

    /** The trie of all ordinary tokens. Cost of the first call: about 50 ms for 128,000 tokens. */
    public TokenTrie trie() {
        return trie.get();
    }

    private TokenTrie buildTrie() {
        TokenTrie.Builder builder = new TokenTrie.Builder(table.blob(), table.count());
        for (int id = 0; id < table.count(); id++) {
            if (table.length(id) > 0) {
                builder.add(table.offset(id), table.length(id), id);
            }
        }
        return builder.build();
    }

    /** The trie of some tokens. Cost: that of sorting them. */
    public TokenTrie trieOf(int[] ids) {
        TokenTrie.Builder builder = new TokenTrie.Builder(table.blob(), ids.length);
        for (int id : ids) {
            builder.add(table.offset(id), table.length(id), id);
        }
        return builder.build();
    }

    /** True if a trie is one of this index that was built so far. */
    public boolean isOwn(TokenTrie some) {
        PlainText plain = plainText.known();
        BlankTokens blank = blanks.known();
        return some == trie.known() || (plain != null && plain.has(some)) || (blank != null && some == blank.stems());
    }

    /** The tokens of plain text, and tries of the others. Cost of the first call: about 20 ms for 128,000 tokens. */
    public PlainText plainText() {
        return plainText.get();
    }

    /** The tokens that begin with white space. Cost of the first call: about a millisecond for 128,000 tokens. */
    public BlankTokens blanks() {
        return blanks.get();
    }

    /** The tokens of plain text in the order of the trie. Cost of the first call: about 20 ms for 128,000 tokens. */
    public TextOrder textOrder() {
        return textOrder.get();
    }

    /**
     * The character classes of the tokens of the trie, as far as they are plain text. Cost of the first call: about 10 ms for 128,000
     * tokens.
     */
    public TextAtoms atoms() {
        return atoms.get();
    }

    /** The character classes of the tokens that are not plain text, by the nodes of their trie. Cost of the first call: 1 ms. */
    public TextAtoms restAtoms() {
        return restAtoms.get();
    }

    /** The plain tokens by the characters they are made of. Cost of the first call: about 3 ms for 128,000 tokens. */
    public AtomTokens atomTokens() {
        return atomTokens.get();
    }

    /**
     * The trie of the tails of tokens that begin, after at least one byte, with an ASCII character that is neither letter nor digit:
     * what may be left of a token when a frame has ended. Cost of the first call: about 50 ms for 128,000 tokens.
     */
    public TokenTrie tails() {
        return tails.get();
    }

    private TokenTrie buildTails() {
        TokenTrie.Builder builder = new TokenTrie.Builder(table.blob(), table.count());
        for (int id = 0; id < table.count(); id++) {
            int end = table.offset(id) + table.length(id);
            for (int at = table.offset(id) + 1; at < end; at++) {
                if (isTail(table.blob()[at] & 0xff)) {
                    builder.add(at, end - at, id);
                }
            }
        }
        return builder.build();
    }

    /** True if {@link #tails} contain the tails that begin with a byte. */
    public static boolean isTail(int symbol) {
        return symbol < 0x80 && !Character.isLetterOrDigit(symbol);
    }

    /** The ids of the tokens of more than {@link #SHORT} bytes; not to be modified. Cost of the first call: a look at all. */
    public int[] longIds() {
        return longIds.get();
    }

    private int[] findLong() {
        return IntStream.range(0, table.count())
                .filter(id -> table.length(id) > SHORT)
                .toArray();
    }

    /** True if every byte is a token. */
    public boolean everyByte() {
        return everyByte.get();
    }

    private boolean hasEveryByte() {
        TokenTrie all = trie();
        int found = 0;
        for (int node = 0; node < all.nodeCount(); node = all.end(node)) {
            found += all.firstToken(node) < all.firstToken(node + 1) ? 1 : 0;
        }
        return found == 256;
    }
}
