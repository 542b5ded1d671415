// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The keys that cannot come any more: a bit for each name that the frame distinguishes, and the texts of all other keys. Immutable. */
public final class UsedKeys {

    /** None. */
    public static final UsedKeys NONE = new UsedKeys(new long[0], new String[0]);

    private final long[] names;
    private final String[] others;
    private final int hash;

    private UsedKeys(long[] names, String[] others) {
        this.names = names;
        this.others = others;
        this.hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(others);
    }

    /** Whether a name cannot come any more. */
    public boolean has(int name) {
        return name >> 6 < names.length && (names[name >> 6] >>> name & 1) != 0;
    }

    /** With one more name. */
    public UsedKeys with(int name) {
        return has(name) ? this : new UsedKeys(set(names, name), others);
    }

    private static long[] set(long[] names, int name) {
        long[] more = Arrays.copyOf(names, Math.max(names.length, (name >> 6) + 1));
        more[name >> 6] |= 1L << name;
        return more;
    }

    /** With all names below a bound. */
    public UsedKeys withBelow(int bound) {
        if (bound == 0) {
            return this;
        }
        long[] more = Arrays.copyOf(names, Math.max(names.length, (bound - 1 >> 6) + 1));
        for (int word = 0; word < bound >> 6; word++) {
            more[word] = -1L;
        }
        if ((bound & 63) != 0) {
            more[bound >> 6] |= (1L << bound) - 1;
        }
        return Arrays.equals(more, names) ? this : new UsedKeys(more, others);
    }

    /** With one more key that is no name. */
    public UsedKeys with(String other) {
        String[] more = Arrays.copyOf(others, others.length + 1);
        int at = -Arrays.binarySearch(others, other) - 1;
        System.arraycopy(others, at, more, at + 1, others.length - at);
        more[at] = other;
        return new UsedKeys(names, more);
    }

    /** Without the texts that are no names. */
    public UsedKeys onlyNames() {
        return others.length == 0 ? this : new UsedKeys(names, new String[0]);
    }

    /** With only those keys that are no names which pass a test; the very same if all do. */
    public UsedKeys filtered(Predicate<String> isKept) {
        String[] kept = Arrays.stream(others).filter(isKept).toArray(String[]::new);
        return kept.length == others.length ? this : new UsedKeys(names, kept);
    }

    /** Whether some key that is no name and was used begins with a text. */
    public boolean hasOthersWith(String beginning) {
        int at = Arrays.binarySearch(others, beginning);
        int from = at < 0 ? -at - 1 : at;
        return from < others.length && others[from].startsWith(beginning);
    }

    /** Whether a key that is no name was used. */
    public boolean has(String other) {
        return Arrays.binarySearch(others, other) >= 0;
    }

    /** Whether a key that is no name was used that begins with a text. */
    public boolean beginsWith(String text) {
        int at = Arrays.binarySearch(others, text);
        return at >= 0 || (-at - 1 < others.length && others[-at - 1].startsWith(text));
    }

    /** The used keys that are no names, sorted. */
    public List<String> others() {
        return Arrays.asList(others);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof UsedKeys that
                        && hash == that.hash
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(others, that.others));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
