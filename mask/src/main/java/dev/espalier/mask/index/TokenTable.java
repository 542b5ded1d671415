// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.ByteString;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of all tokens in one array, and the names of those that have one. {@link TokenIndex} has the search structures over them.
 * Immutable to its readers, thread-safe.
 */
public final class TokenTable implements Horizon.Texts {

    /** The greatest number of ids. */
    public static final int MAX_SIZE = 1 << 23;

    /** Hexadecimal digits of a fingerprint. */
    private static final int FINGERPRINT = 64;

    private final byte[] blob;
    private final int[] offsets;
    private final Map<Integer, String> specialNames;
    private final Map<String, Integer> names;
    private final int longest;
    private volatile @Nullable String fingerprint;

    /**
     * A table over arrays that it now owns.
     *
     * @param blob the bytes of all ordinary tokens, one after the other in the order of their ids
     * @param offsets where each token starts; one more entry than tokens
     * @param specialNames the special tokens, by id
     * @param names ids by name, for every token that a grammar may name
     */
    public TokenTable(byte[] blob, int[] offsets, Map<Integer, String> specialNames, Map<String, Integer> names) {
        this.blob = blob;
        this.offsets = offsets;
        this.specialNames = Map.copyOf(specialNames);
        this.names = Map.copyOf(names);
        this.longest = longest(offsets);
    }

    private TokenTable(TableReader in) {
        this.offsets = in.ints("tokens.offsets");
        this.blob = in.bytes("tokens.bytes");
        in.check(offsets.length > 0 && offsets.length <= MAX_SIZE + 1, "tokens.offsets");
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
    }

    private static int longest(int[] offsets) {
        int most = 0;
        for (int id = 0; id + 1 < offsets.length; id++) {
            most = Math.max(most, offsets[id + 1] - offsets[id]);
        }
        return most;
    }

    /** Adds its tables to a prepared file. */
    void write(TableWriter out) {
        out.ints("tokens.offsets", offsets);
        out.bytes("tokens.bytes", blob);
        writeNames(out, "tokens.special", specials());
        writeNames(out, "tokens.names", named());
        out.ints("tokens.longest", longest);
        out.texts("tokens.fingerprint", List.of(fingerprint()));
    }

    /** The table that {@link #write} wrote. Cost: a copy. */
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
            in.check(ids[i] >= 0 && ids[i] < MAX_SIZE, table, ".ids");
            all.add(new Named(ids[i], texts.get(i)));
        }
        return all;
    }

    /**
     * SHA-256 of the tokens' bytes, the special tokens and all names, in hexadecimal: equal for equal tokens and no others.
     * Cost of the first call: some 20 ms; nothing if the table was read from a prepared file.
     */
    public String fingerprint() {
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

    /** Whether each id spells the same bytes in both; ids past the end spell none. Cost: a comparison of arrays. */
    public boolean spellsLike(TokenTable other) {
        int common = Math.min(offsets.length, other.offsets.length);
        return this == other
                || (Arrays.equals(offsets, 0, common, other.offsets, 0, common) && Arrays.equals(blob, other.blob));
    }

    public ByteString bytes(int id) {
        byte[] copy = new byte[length(id)];
        System.arraycopy(blob, offsets[id], copy, 0, copy.length);
        return ByteString.of(copy);
    }

    public boolean isSpecial(int id) {
        return specialNames.containsKey(id);
    }

    public Map<Integer, String> specialNames() {
        return specialNames;
    }

    public Map<String, Integer> names() {
        return names;
    }

    public String text(int id) {
        String name = specialNames.get(id);
        return name != null ? name : new String(blob, offsets[id], length(id), StandardCharsets.UTF_8);
    }
}
