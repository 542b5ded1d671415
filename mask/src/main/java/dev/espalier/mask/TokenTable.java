package dev.espalier.mask;

import dev.espalier.grammar.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all tokens in one array, and what is derived from them: the tries. Shared by all vocabularies that
 * differ in size and end tokens only. Immutable to its readers, thread-safe; the tries are built on first use.
 */
final class TokenTable {

    private final byte[] blob;
    private final int[] offsets;
    private final Map<Integer, String> specialNames;
    private final Map<String, Integer> names;
    private final int longest;
    private volatile @Nullable TokenTrie trie;
    private volatile @Nullable PlainText plainText;

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
        int most = 0;
        for (int id = 0; id < count(); id++) {
            most = Math.max(most, length(id));
        }
        this.longest = most;
    }

    /** One more than the highest id. */
    int count() {
        return offsets.length - 1;
    }

    /** All tokens' bytes; never modified. */
    byte[] blob() {
        return blob;
    }

    int offset(int id) {
        return offsets[id];
    }

    /** The bytes of a token; 0 for holes and special tokens. */
    int length(int id) {
        return offsets[id + 1] - offsets[id];
    }

    /** The length of the longest token in bytes. */
    int longest() {
        return longest;
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
    TokenTrie trie() {
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

    private TokenTrie buildTrie() {
        TokenTrie.Builder builder = new TokenTrie.Builder(blob, count());
        for (int id = 0; id < count(); id++) {
            if (length(id) > 0) {
                builder.add(offsets[id], length(id), id);
            }
        }
        return builder.build();
    }

    /** The tokens of plain text and what is left without them. Cost of the first call: about 20 ms for 128,000 tokens. */
    PlainText plainText() {
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
