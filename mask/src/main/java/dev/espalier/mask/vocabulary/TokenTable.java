package dev.espalier.mask.vocabulary;

import dev.espalier.automata.Horizon;
import dev.espalier.core.ByteString;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all tokens in one array, and what is derived from them: the tries. Shared by all vocabularies that
 * differ in size and end tokens only. Immutable to its readers, thread-safe; the tries are built on first use.
 */
public final class TokenTable implements Horizon.Texts {

    /** Bytes that few tokens have more of. */
    public static final int SHORT = 16;

    /** Hexadecimal digits of a fingerprint. */
    private static final int FINGERPRINT = 64;

    private final byte[] blob;
    private final int[] offsets;
    private final Map<Integer, String> specialNames;
    private final Map<String, Integer> names;
    private final int longest;
    private final TokenHorizon horizon = new TokenHorizon(this);
    private final ResidualTries residuals = new ResidualTries(this);
    private volatile @Nullable TokenTrie trie;
    private volatile @Nullable PlainText plainText;
    private volatile @Nullable TextAtoms atoms;
    private volatile @Nullable TextAtoms restAtoms;
    private volatile @Nullable AtomTokens atomTokens;
    private volatile int @Nullable [] longIds;
    private volatile @Nullable BlankTokens blanks;
    private volatile @Nullable TextOrder textOrder;
    private volatile @Nullable Boolean everyByte;
    private volatile @Nullable TokenTrie tails;
    private volatile @Nullable String fingerprint;

    /**
     * A table over arrays that it now owns.
     *
     * @param blob the bytes of all ordinary tokens, one after the other in the order of their ids
     * @param offsets where each token starts; one more entry than tokens
     * @param specialNames the special tokens, by id
     * @param names ids by name, for every token that a grammar may name
     */
    TokenTable(byte[] blob, int[] offsets, Map<Integer, String> specialNames, Map<String, Integer> names) {
        this.blob = blob;
        this.offsets = offsets;
        this.specialNames = Map.copyOf(specialNames);
        this.names = Map.copyOf(names);
        this.longest = longest(offsets);
    }

    private TokenTable(TableReader in) {
        this.offsets = in.ints("tokens.offsets");
        this.blob = in.bytes("tokens.bytes");
        in.check(offsets.length > 0 && offsets.length <= Vocabulary.MAX_SIZE + 1, "tokens.offsets");
        for (int i = 0; i < offsets.length; i++) {
            in.check(offsets[i] >= (i == 0 ? 0 : offsets[i - 1]), "tokens.offsets");
        }
        in.check(offsets[0] == 0 && offsets[offsets.length - 1] == blob.length, "tokens.offsets");
        Map<Integer, String> byId = new HashMap<>();
        readNames(in, "tokens.special").forEach(named -> byId.put(named.id, named.name));
        this.specialNames = Map.copyOf(byId);
        Map<String, Integer> byName = new HashMap<>();
        readNames(in, "tokens.names").forEach(named -> byName.put(named.name, named.id));
        this.names = Map.copyOf(byName);
        this.longest = in.ints("tokens.longest", 1)[0];
        in.check(longest == longest(offsets), "tokens.longest");
        List<String> prints = in.texts("tokens.fingerprint");
        in.check(prints.size() == 1 && prints.get(0).length() == FINGERPRINT, "tokens.fingerprint");
        this.fingerprint = prints.get(0);
        TokenTrie whole = TokenTrie.read("trie", in, this);
        PlainText plain = PlainText.read("plain", in, this);
        this.trie = whole;
        this.plainText = plain;
        this.atoms = TextAtoms.read("atoms", in, whole);
        this.restAtoms = TextAtoms.read("rest-atoms", in, plain.rest());
        this.blanks = BlankTokens.read("blanks", in, this);
    }

    private static int longest(int[] offsets) {
        int most = 0;
        for (int id = 0; id + 1 < offsets.length; id++) {
            most = Math.max(most, offsets[id + 1] - offsets[id]);
        }
        return most;
    }

    /** Adds everything to a prepared file, the search structures included; those that are missing are built first. */
    void write(TableWriter out) {
        out.ints("tokens.offsets", offsets);
        out.bytes("tokens.bytes", blob);
        writeNames(out, "tokens.special", specials());
        writeNames(out, "tokens.names", named());
        out.ints("tokens.longest", longest);
        out.texts("tokens.fingerprint", List.of(fingerprint()));
        trie().write("trie", out);
        plainText().write("plain", out);
        blanks().write("blanks", out);
        restAtoms().write("rest-atoms", out);
        atoms().write("atoms", out);
    }

    /** The table that {@link #write} wrote; all but what patterns and keys ask of tokens is built. Cost: a copy of some megabytes. */
    static TokenTable read(TableReader in) {
        return new TokenTable(in);
    }

    /** An id with a name. */
    private record Named(int id, String name) {}

    private List<Named> specials() {
        return specialNames.entrySet().stream()
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Named::id))
                .toList();
    }

    private List<Named> named() {
        return names.entrySet().stream()
                .map(entry -> new Named(entry.getValue(), entry.getKey()))
                .sorted(Comparator.comparing(Named::name))
                .toList();
    }

    private static void writeNames(TableWriter out, String table, List<Named> all) {
        out.ints(table + ".ids", all.stream().mapToInt(Named::id).toArray());
        out.texts(table + ".texts", all.stream().map(Named::name).toList());
    }

    private static List<Named> readNames(TableReader in, String table) {
        List<String> texts = in.texts(table + ".texts");
        int[] ids = in.ints(table + ".ids", texts.size());
        List<Named> all = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            in.check(ids[i] >= 0 && ids[i] < Vocabulary.MAX_SIZE, table, ".ids");
            all.add(new Named(ids[i], texts.get(i)));
        }
        return all;
    }

    /**
     * SHA-256 of the tokens' bytes, the special tokens and all names, in hexadecimal: equal for equal tokens and no others.
     * Cost of the first call: some 20 ms; nothing if the table was read from a prepared file.
     */
    String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = new Fingerprint()
                    .add(offsets)
                    .add(blob)
                    .add(specials().stream()
                            .map(named -> named.id + " " + named.name)
                            .toList())
                    .add(named().stream()
                            .map(named -> named.id + " " + named.name)
                            .toList())
                    .hexadecimal();
            fingerprint = known;
        }
        return known;
    }

    /** One more than the highest id. */
    @Override
    public int count() {
        return offsets.length - 1;
    }

    /** All tokens' bytes; never modified. */
    @Override
    public byte[] blob() {
        return blob;
    }

    @Override
    public int offset(int id) {
        return offsets[id];
    }

    /** The bytes of a token; 0 for holes and special tokens. */
    @Override
    public int length(int id) {
        return offsets[id + 1] - offsets[id];
    }

    /** The length of the longest token in bytes. */
    public int longest() {
        return longest;
    }

    /** Tries of what is left of tokens. */
    public ResidualTries residuals() {
        return residuals;
    }

    /** What can be told apart by single tokens. */
    public TokenHorizon horizon() {
        return horizon;
    }

    ByteString bytes(int id) {
        byte[] copy = new byte[length(id)];
        System.arraycopy(blob, offsets[id], copy, 0, copy.length);
        return ByteString.of(copy);
    }

    boolean isSpecial(int id) {
        return specialNames.containsKey(id);
    }

    Map<Integer, String> specialNames() {
        return specialNames;
    }

    Map<String, Integer> names() {
        return names;
    }

    String text(int id) {
        String name = specialNames.get(id);
        return name != null ? name : new String(blob, offsets[id], length(id), StandardCharsets.UTF_8);
    }

    /** The trie of all ordinary tokens. Cost of the first call: about 50 ms for 128,000 tokens. */
    public TokenTrie trie() {
        TokenTrie built = trie;
        if (built == null) {
            synchronized (this) {
                built = trie;
                if (built == null) {
                    built = buildTrie();
                    trie = built;
                }
            }
        }
        return built;
    }

    /** Whether a trie is one of those of all tokens that were built so far. */
    public boolean isOwn(TokenTrie some) {
        return some == trie || (plainText != null && plainText.has(some)) || (blanks != null && some == blanks.stems());
    }

    /** The trie of some tokens. Cost: that of sorting them. */
    public TokenTrie trieOf(int[] ids) {
        TokenTrie.Builder builder = new TokenTrie.Builder(blob, ids.length);
        for (int id : ids) {
            builder.add(offset(id), length(id), id);
        }
        return builder.build();
    }

    private TokenTrie buildTrie() {
        TokenTrie.Builder builder = new TokenTrie.Builder(blob, count());
        for (int id = 0; id < count(); id++) {
            if (length(id) > 0) {
                builder.add(offsets[id], length(id), id);
            }
        }
        return builder.build();
    }

    /** Whether every byte is a token. */
    public boolean everyByte() {
        Boolean known = everyByte;
        if (known == null) {
            TokenTrie all = trie();
            int found = 0;
            for (int node = 0; node < all.nodeCount(); node = all.end(node)) {
                found += all.firstToken(node) < all.firstToken(node + 1) ? 1 : 0;
            }
            known = found == 256;
            everyByte = known;
        }
        return known;
    }

    /** The tokens of plain text in the order of the trie. Cost of the first call: about 20 ms for 128,000 tokens. */
    public TextOrder textOrder() {
        TextOrder built = textOrder;
        if (built == null) {
            synchronized (this) {
                built = textOrder;
                if (built == null) {
                    built = TextOrder.of(this);
                    textOrder = built;
                }
            }
        }
        return built;
    }

    /**
     * What tokens have behind their first bytes, where that begins with an ASCII character that is neither letter nor digit: what
     * may be left of a token when a frame has ended. Cost of the first call: about 50 ms for 128,000 tokens.
     */
    public TokenTrie tails() {
        TokenTrie built = tails;
        if (built == null) {
            TokenTrie.Builder builder = new TokenTrie.Builder(blob, count());
            for (int id = 0; id < count(); id++) {
                for (int at = offsets[id] + 1; at < offsets[id + 1]; at++) {
                    if (isTail(blob[at] & 0xff)) {
                        builder.add(at, offsets[id + 1] - at, id);
                    }
                }
            }
            built = builder.build();
            tails = built;
        }
        return built;
    }

    /** Whether {@link #tails} have what begins with a byte. */
    public static boolean isTail(int symbol) {
        return symbol < 0x80 && !Character.isLetterOrDigit(symbol);
    }

    /** The ids of the tokens of more than {@link #SHORT} bytes; not to be modified. Cost of the first call: a look at all. */
    public int[] longIds() {
        int[] built = longIds;
        if (built == null) {
            built = IntStream.range(0, count()).filter(id -> length(id) > SHORT).toArray();
            longIds = built;
        }
        return built;
    }

    /** What characters the tokens are made of that are not plain text, by the nodes of their trie. Cost of the first call: 1 ms. */
    public TextAtoms restAtoms() {
        TextAtoms built = restAtoms;
        if (built == null) {
            TokenTrie rest = plainText().rest();
            synchronized (this) {
                built = restAtoms;
                if (built == null) {
                    built = TextAtoms.of(rest, false);
                    restAtoms = built;
                }
            }
        }
        return built;
    }

    /** What characters the tokens of the trie are made of, as far as they are plain text. Cost of the first call: about 10 ms for 128,000 tokens. */
    public TextAtoms atoms() {
        TextAtoms built = atoms;
        if (built == null) {
            synchronized (this) {
                built = atoms;
                if (built == null) {
                    built = TextAtoms.of(trie(), true);
                    atoms = built;
                }
            }
        }
        return built;
    }

    /** The plain tokens by the characters they are made of. Cost of the first call: about 3 ms for 128,000 tokens. */
    public AtomTokens atomTokens() {
        AtomTokens built = atomTokens;
        if (built == null) {
            synchronized (this) {
                built = atomTokens;
                if (built == null) {
                    built = new AtomTokens(this);
                    atomTokens = built;
                }
            }
        }
        return built;
    }

    /** The tokens that begin with white space. Cost of the first call: about a millisecond for 128,000 tokens. */
    public BlankTokens blanks() {
        BlankTokens built = blanks;
        if (built == null) {
            synchronized (this) {
                built = blanks;
                if (built == null) {
                    built = BlankTokens.of(this);
                    blanks = built;
                }
            }
        }
        return built;
    }

    /** The tokens of plain text and what is left without them. Cost of the first call: about 20 ms for 128,000 tokens. */
    public PlainText plainText() {
        PlainText built = plainText;
        if (built == null) {
            synchronized (this) {
                built = plainText;
                if (built == null) {
                    built = PlainText.of(this);
                    plainText = built;
                }
            }
        }
        return built;
    }
}
