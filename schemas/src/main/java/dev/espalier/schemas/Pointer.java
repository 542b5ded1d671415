package dev.espalier.schemas;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A JSON pointer, as a chain to its root. */
record Pointer(@Nullable Pointer parent, String token) {

    /** The whole document. */
    static final Pointer ROOT = new Pointer(null, "");

    /** The pointer to a member or item. */
    Pointer then(String name) {
        return new Pointer(this, name);
    }

    /** The names and indices on the way, outermost first. */
    Deque<String> tokens() {
        Deque<String> tokens = new ArrayDeque<>();
        for (Pointer at = this; at.parent != null; at = at.parent) {
            tokens.push(at.token);
        }
        return tokens;
    }

    /** As a URI fragment: {@code #/properties/a~1b}. */
    @Override
    public String toString() {
        Deque<String> tokens = new ArrayDeque<>();
        tokens().forEach(name -> tokens.add(name.replace("~", "~0").replace("/", "~1")));
        return tokens.isEmpty() ? "#" : "#/" + String.join("/", tokens);
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
