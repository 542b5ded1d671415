// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.automata.state.MemberView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object or array that is open, above those that it is in. Immutable: a snapshot of all that is open is one reference.
 *
 * @param below what it is in; null for the whole value
 * @param start the offset of its first byte
 * @param children what is known inside
 * @param key the key of the member that comes next or is under way; empty in arrays
 * @param views what is known of members to come, as of the last key
 */
record Frame(
        @Nullable Frame below,
        ValueKind kind,
        ValuePath path,
        int start,
        Node.Children children,
        String key,
        List<MemberView> views) {

    /** The path of the value that comes next. */
    ValuePath next() {
        return kind == ValueKind.OBJECT ? path.member(key) : path.item(children.size());
    }

    Frame withKey(String text, List<MemberView> known) {
        return new Frame(below, kind, path, start, children, text, known);
    }

    Frame with(Node child) {
        return new Frame(below, kind, path, start, children.with(child), key, views);
    }

    /** Whether a key that has not come can no longer come. */
    boolean isPassed(String name) {
        return isPassed(name, views);
    }

    /** Whether all ways to read the text have passed a key. */
    static boolean isPassed(String name, List<MemberView> views) {
        return !views.isEmpty() && views.stream().allMatch(view -> view.isPassed(name));
    }
}
