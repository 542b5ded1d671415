// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A JSON pointer, as a chain to its root. Thread-safe. */
public final class Pointer {

    /**
     * The most levels that are written at once and all keep their texts. Of more levels only the last keeps its text, since the texts would be
     * long.
     */
    private static final int MAX_REMEMBERED = 16;

    /** The whole document. */
    public static final Pointer ROOT = new Pointer(null, "");

    private final @Nullable Pointer parent;
    private final String token;
    /** The pointer as a fragment, once it has been computed. A race is harmless: all threads write equal texts. */
    private @Nullable String text;

    private Pointer(@Nullable Pointer parent, String token) {
        this.parent = parent;
        this.token = token;
    }

    /** The pointer to the enclosing value; null for the whole document. */
    @Nullable
    public Pointer parent() {
        return parent;
    }

    /** The pointer to a member or item. */
    public Pointer then(String name) {
        return new Pointer(this, name);
    }

    /** The names and indices on the way, outermost first. */
    public Deque<String> tokens() {
        Deque<String> tokens = new ArrayDeque<>();
        for (Pointer at = this; at.parent != null; at = at.parent) {
            tokens.push(at.token);
        }
        return tokens;
    }

    /** The pointer as a URI fragment: {@code #/properties/a~1b}. The texts of its ancestors are kept, too: many pointers begin with them. */
    @Override
    public String toString() {
        String known = text;
        if (known != null) {
            return known;
        }
        Deque<Pointer> unwritten = new ArrayDeque<>();
        Pointer at = this;
        while (at.parent != null && at.text == null) {
            unwritten.push(at);
            at = at.parent;
        }
        String written = at.text == null ? "#" : at.text;
        for (Pointer next : unwritten) {
            written = written + "/" + escaped(next.token);
            next.text = next == this || unwritten.size() <= MAX_REMEMBERED ? written : null;
        }
        return written;
    }

    private static String escaped(String token) {
        return token.indexOf('~') < 0 && token.indexOf('/') < 0
                ? token
                : token.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pointer that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
