// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.PreparedFileException;
import dev.espalier.mask.file.TokenizerFile;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.index.TokenTrie;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a language model: which bytes each spells, which are special, which end a text.
 *
 * <p>Ids run from 0 to {@link #size()}{@code - 1}, the width of the model's logits. An id may be <em>ordinary</em> (it
 * spells one or more bytes), <em>special</em> (it spells nothing; only grammars that name it allow it), or a
 * <em>hole</em> (padding; never allowed). Several ids may spell the same bytes. End tokens are special.
 *
 * <p>Immutable and thread-safe. The search structures over the tokens (a few megabytes) are built once, on first
 * use, and shared with the vocabularies made by {@link #withSize} and {@link #withEndIds}.
 */
public final class Vocabulary {

    private static final int MAX_SIZE = TokenTable.MAX_SIZE;

    private final TokenIndex index;
    private final TokenTable tokens;
    private final int size;
    private final int[] endIds;

    Vocabulary(TokenIndex index, int size, int[] endIds) {
        this.index = index;
        this.tokens = index.table();
        this.size = size;
        this.endIds = endIds;
    }

    /** A builder without tokens. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a {@code tokenizer.json} as Hugging Face's tokenizers write it, plain or gzipped: byte-level BPE,
     * SentencePiece BPE and unigram with or without byte fallback, WordPiece, word-level. End tokens are found by their
     * customary names; {@link #withEndIds} replaces them. A file that {@link #save} wrote is read, too.
     *
     * <p>A token has the bytes that the file's decoder makes of it behind other tokens, without clean-up. {@code ▁} is a space also at the
     * beginning of a text. A token of WordPiece that does not begin with {@code ##} begins a word, and has a space before it, also at the
     * beginning of a text.
     *
     * @throws InvalidInputException if the file cannot be read or is not such a file
     * @throws LimitExceededException past {@link Limits#maxTokenizerBytes} or {@link Limits#maxTokenizerTokens}
     * @throws PreparedFileException as {@link #load}, for files that {@link #save} wrote
     */
    public static Vocabulary read(Path file) {
        return read(file, Limits.DEFAULT);
    }

    /** {@link #read(Path)} under other limits. */
    public static Vocabulary read(Path file, Limits limits) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(limits, "limits");
        return VocabularyFile.isOne(file) ? load(file) : of(TokenizerFile.read(file, limits));
    }

    /**
     * Reads a {@code tokenizer.json}, plain or gzipped, as {@link #read(Path)} does, from a stream; closes it.
     *
     * @param name what the file is called in messages
     * @throws InvalidInputException if the stream cannot be read or is no such file
     * @throws LimitExceededException past {@link Limits#maxTokenizerBytes} or {@link Limits#maxTokenizerTokens}
     */
    public static Vocabulary read(InputStream tokenizerJson, String name) {
        return read(tokenizerJson, name, Limits.DEFAULT);
    }

    /** {@link #read(InputStream, String)} under other limits. */
    public static Vocabulary read(InputStream tokenizerJson, String name, Limits limits) {
        Objects.requireNonNull(tokenizerJson, "tokenizerJson");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(limits, "limits");
        return of(TokenizerFile.read(tokenizerJson, name, limits));
    }

    /** The vocabulary of a {@code tokenizer.json} that was read, which the encoder is made of, too. */
    public static Vocabulary of(TokenizerFile file) {
        return TokenizerVocabulary.of(file);
    }

    /**
     * Reads what {@link #save} wrote, search structures and all: milliseconds instead of half a second. Checked with
     * checksums against accidents; files of other versions of the format are refused, not guessed at. See
     * {@code docs/reference/files.md}.
     *
     * @throws PreparedFileException if the file is cut, damaged, of another version, or no such file
     * @throws InvalidInputException if it cannot be read
     */
    public static Vocabulary load(Path prepared) {
        Objects.requireNonNull(prepared, "prepared");
        return VocabularyFile.load(prepared);
    }

    /**
     * Writes the tokens with all that is prepared from them, for {@link #load}; some 60 bytes a token. A file that is there
     * is replaced at once, never half written.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public void save(Path prepared) {
        VocabularyFile.save(this, prepared);
    }

    /**
     * 64 hexadecimal digits that stand for the tokens, their bytes and names (SHA-256): equal for equal tokens in equal
     * order and no others. The width and the end tokens are not part of it. Cost of the first call: some 20 ms, or nothing
     * if it was read from a prepared file.
     */
    public String fingerprint() {
        return tokens.fingerprint();
    }

    /**
     * Whether ids mean the same in both: equal sizes, equal end tokens, and for each id equal bytes. Names are not compared: they say which
     * ids a grammar means, and it has been compiled. Cost: nothing for the same object, else a comparison of arrays.
     */
    public boolean isSameAs(Vocabulary other) {
        return this == other
                || (size == other.size && Arrays.equals(endIds, other.endIds) && tokens.spellsLike(other.tokens));
    }

    /**
     * Whether both have the very same search structures and size, as those made by {@link #withEndIds} have: then what is kept of walks over
     * one serves the other. Cost: constant.
     */
    public boolean sharesTokens(Vocabulary other) {
        return tokens == other.tokens && size == other.size;
    }

    /**
     * Refuses a grammar that was compiled for another vocabulary than this one, which is that of a model.
     *
     * @param compiled the vocabulary of the grammar
     * @param model the name of the model, for the message
     * @throws InvalidInputException unless {@link #isSameAs} holds
     */
    public void requireSame(Vocabulary compiled, String model) {
        if (!isSameAs(compiled)) {
            throw new InvalidInputException("the grammar was compiled for another vocabulary than that of the model "
                    + model + "; compile it for the model's vocabulary()");
        }
    }

    /** The number of ids, padding and holes included: the width of the logits. */
    public int size() {
        return size;
    }

    /**
     * The bytes of an id; empty for special tokens and holes.
     *
     * @throws InvalidTokenException if there is no such id
     */
    public ByteString bytes(int id) {
        return id < tokens.count() && check(id) ? tokens.bytes(id) : ByteString.EMPTY;
    }

    /**
     * Whether an id is a special token.
     *
     * @throws InvalidTokenException if there is no such id
     */
    public boolean isSpecial(int id) {
        return check(id) && tokens.isSpecial(id);
    }

    /** The ids that end a text, sorted; a copy. Possibly none. */
    public int[] endIds() {
        return endIds.clone();
    }

    /** Whether an id is one of {@link #endIds()}. */
    public boolean isEnd(int id) {
        return Arrays.binarySearch(endIds, id) >= 0;
    }

    /** The id of the special or added token that is called so in the tokenizer, such as {@code <|tool|>}. */
    public OptionalInt specialId(String name) {
        Integer id = tokens.names().get(name);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The number of bytes of the longest token. */
    public int longestToken() {
        return tokens.longest();
    }

    /**
     * This vocabulary for a model whose logits are {@code logitsWidth} wide. Ids past the tokens are holes; a narrower
     * width cuts off special tokens that the model does not have.
     *
     * @throws InvalidInputException if an ordinary or end token would be cut off, or the width is not in 1 to 2^23
     */
    public Vocabulary withSize(int logitsWidth) {
        if (logitsWidth <= 0 || logitsWidth > MAX_SIZE) {
            throw new InvalidInputException("a vocabulary has 1 to " + MAX_SIZE + " ids, not " + logitsWidth);
        }
        for (int id = logitsWidth; id < tokens.count(); id++) {
            if (tokens.length(id) > 0 || isEnd(id)) {
                throw new InvalidInputException("the logits are " + logitsWidth + " wide, but token " + id + " ("
                        + shown(tokens.text(id)) + ") is in use; the tokenizer belongs to another model");
            }
        }
        if (logitsWidth >= tokens.count()) {
            return new Vocabulary(index, logitsWidth, endIds);
        }
        return rebuilt(new int[0], logitsWidth).size(logitsWidth).endIds(endIds).build();
    }

    /**
     * This vocabulary with other end tokens. An ordinary token among them becomes special: it no longer spells text.
     *
     * @throws InvalidInputException if an id is not in 0 to {@code size() - 1}
     */
    public Vocabulary withEndIds(int... ids) {
        int[] sorted = Arrays.stream(ids).sorted().distinct().toArray();
        boolean known = Arrays.stream(sorted).allMatch(id -> id >= 0 && id < tokens.count() && tokens.isSpecial(id));
        return known
                ? new Vocabulary(index, size, sorted)
                : rebuilt(sorted, tokens.count()).size(size).endIds(sorted).build();
    }

    /**
     * This vocabulary where some special tokens spell their names: then they are ordinary tokens, allowed wherever a text may have such a name.
     *
     * @throws InvalidInputException if a token is not special, has no name, or ends a text
     */
    public Vocabulary withSpelled(int... ids) {
        for (int id : ids) {
            if (!isSpecial(id) || isEnd(id) || text(id).isEmpty()) {
                throw new InvalidInputException("token " + id + " is no special token with a name, or ends a text");
            }
        }
        Builder builder = rebuilt(new int[0], tokens.count());
        for (int id : ids) {
            builder.token(id, ByteString.utf8(tokens.text(id))).name(id, tokens.text(id));
        }
        return builder.size(size).endIds(endIds).build();
    }

    private Builder rebuilt(int[] nowSpecial, int count) {
        Builder builder = new Builder();
        for (int id = 0; id < Math.min(count, tokens.count()); id++) {
            if (tokens.isSpecial(id)) {
                builder.special(id, tokens.text(id));
            } else if (Arrays.binarySearch(nowSpecial, id) < 0 && tokens.length(id) > 0) {
                builder.token(id, tokens.bytes(id));
            }
        }
        tokens.names().forEach((name, id) -> {
            if (id < count) {
                builder.names.put(name, id);
            }
        });
        for (int id : nowSpecial) {
            if (id >= 0 && id < tokens.count()) {
                builder.special(id, tokens.text(id));
            }
        }
        return builder;
    }

    /**
     * A token for people to read: its text, with U+FFFD where its bytes are no UTF-8; the name of a special token;
     * empty for holes.
     *
     * @throws InvalidTokenException if there is no such id
     */
    public String text(int id) {
        return check(id) && id < tokens.count() ? tokens.text(id) : "";
    }

    /**
     * The bytes that some tokens spell together; special tokens spell nothing.
     *
     * @throws InvalidTokenException if there is no such id
     */
    public byte[] decode(int... ids) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4 * ids.length);
        for (int id : ids) {
            if (check(id) && id < tokens.count()) {
                out.write(tokens.blob(), tokens.offset(id), tokens.length(id));
            }
        }
        return out.toByteArray();
    }

    /** The trie of all ordinary tokens: shared, built on first use. Cost of the first call: about 50 ms for 128,000 tokens. */
    public TokenTrie trie() {
        return index.trie();
    }

    /** The search structures over the tokens. */
    public TokenIndex index() {
        return index;
    }

    /** The tokens' bytes. */
    public TokenTable tokens() {
        return tokens;
    }

    private boolean check(int id) {
        if (id < 0 || id >= size) {
            throw new InvalidTokenException("token id " + id + " is outside the vocabulary of " + size + " ids");
        }
        return true;
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** Collects tokens in any order; a later call for the same id replaces the earlier one. Not thread-safe. */
    public static final class Builder {

        private @Nullable ByteString[] ordinary = new ByteString[256];
        private final TreeMap<Integer, String> special = new TreeMap<>();
        private final Map<String, Integer> names = new HashMap<>();
        private int[] endIds = {};
        private int size = -1;
        private int count;

        private Builder() {}

        /**
         * An ordinary token. Empty bytes make the id a hole.
         *
         * @throws InvalidInputException if the id is negative or over 2^23
         */
        public Builder token(int id, ByteString bytes) {
            Objects.requireNonNull(bytes, "bytes");
            reach(id);
            special.remove(id);
            ordinary[id] = bytes;
            return this;
        }

        /** An ordinary token that spells a text in UTF-8; throws as {@link #token(int, ByteString)}. */
        public Builder token(int id, String text) {
            return token(id, ByteString.utf8(text));
        }

        /** An id that is never allowed; throws as {@link #token(int, ByteString)}. */
        public Builder hole(int id) {
            return token(id, ByteString.EMPTY);
        }

        /**
         * A special token, which no text spells and which grammars may name.
         *
         * @throws InvalidInputException if the id is negative or over 2^23
         */
        public Builder special(int id, String name) {
            Objects.requireNonNull(name, "name");
            reach(id);
            ordinary[id] = null;
            special.put(id, name);
            return name(id, name);
        }

        /** Lets grammars name an ordinary token, such as one that was added to a tokenizer. Of two tokens of one name, the first has it. */
        public Builder name(int id, String name) {
            if (!name.isEmpty()) {
                names.putIfAbsent(name, id);
            }
            return this;
        }

        /** The tokens that end a text. They are special, whatever else was said of them. */
        public Builder endIds(int... ids) {
            endIds = Arrays.stream(ids).sorted().distinct().toArray();
            return this;
        }

        /** The width of the logits, if it is more than the highest id + 1. */
        public Builder size(int logitsWidth) {
            size = logitsWidth;
            return this;
        }

        /**
         * The vocabulary.
         *
         * @throws InvalidInputException if it has no tokens, an end id is outside it, or the size is too small
         */
        public Vocabulary build() {
            int width = size < 0 ? count : size;
            if (special.isEmpty() && spelled() == 0) {
                throw new InvalidInputException("the vocabulary has no tokens");
            }
            if (width < count || width > MAX_SIZE) {
                throw new InvalidInputException("the vocabulary has " + count + " ids, so its size cannot be " + width);
            }
            for (int id : endIds) {
                if (id < 0 || id >= width) {
                    throw new InvalidInputException(
                            "end token " + id + " is outside the vocabulary of " + width + " ids");
                }
                if (!special.containsKey(id)) {
                    ByteString bytes = id < count ? ordinary[id] : null;
                    special(id, bytes == null ? "" : bytes.toUtf8());
                }
            }
            return new Vocabulary(new TokenIndex(table()), width, endIds);
        }

        /** The bytes of all ordinary tokens together. */
        private long spelled() {
            long total = 0;
            for (int id = 0; id < count; id++) {
                ByteString bytes = ordinary[id];
                total += bytes == null ? 0 : bytes.length();
            }
            return total;
        }

        private TokenTable table() {
            long total = spelled();
            if (total > Integer.MAX_VALUE - 16) {
                throw new InvalidInputException("the tokens have " + total + " bytes together, more than 2 GiB");
            }
            int[] offsets = new int[count + 1];
            byte[] blob = new byte[(int) total];
            int at = 0;
            for (int id = 0; id < count; id++) {
                offsets[id] = at;
                ByteString bytes = ordinary[id];
                if (bytes != null) {
                    bytes.copyTo(blob, at);
                    at += bytes.length();
                }
            }
            offsets[count] = at;
            return new TokenTable(blob, offsets, special, names);
        }

        private void reach(int id) {
            if (id < 0 || id >= MAX_SIZE) {
                throw new InvalidInputException("token id " + id + " is not in 0 to " + (MAX_SIZE - 1));
            }
            count = Math.max(count, id + 1);
            if (id >= ordinary.length) {
                ordinary = Arrays.copyOf(ordinary, Math.max(count, Math.min(MAX_SIZE, 2 * ordinary.length)));
            }
        }
    }
}
