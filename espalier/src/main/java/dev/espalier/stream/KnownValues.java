// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.automata.state.MemberView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value: the text that is written and the bytes that must follow it, as a tree that only grows. It runs ahead of {@link
 * WrittenValues}, which takes from it, in the order of the text, what has begun and what is known.
 */
final class KnownValues implements JsonScanner.Structure {

    private final ValueListener listener;
    private final Supplier<List<MemberView>> views;
    private final Deque<MissingMembers> missing = new ArrayDeque<>();
    private final Deque<ValuePath> begun = new ArrayDeque<>();
    private final Deque<Node> known = new ArrayDeque<>();
    private byte[] bytes = new byte[256];
    private int length;
    private int committed;
    private @Nullable Frame top;
    private PartialValue.@Nullable Scalar scalar;
    private @Nullable Node root;
    /** The end of the whole value, which is not to be told yet; -1 for none. */
    private int heldEnd = -1;

    private boolean holds;

    /**
     * Nothing so far.
     *
     * @param views what is known of the members of the innermost object, where the text is now
     * @param holds whether the whole value is known only when it is finished
     */
    KnownValues(ValueListener listener, Supplier<List<MemberView>> views, boolean holds) {
        this.listener = listener;
        this.views = views;
        this.holds = holds;
    }

    /** Adds a byte to the text. */
    void append(byte symbol) {
        if (length == bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = symbol;
    }

    /** The bytes that are known. */
    int length() {
        return length;
    }

    /** The bytes that are written. */
    int committed() {
        return committed;
    }

    /** One more byte is written, which was known. */
    byte commit() {
        return bytes[committed++];
    }

    JsonText text() {
        return new JsonText(bytes);
    }

    /** The next value that has begun, in the order of the text. */
    ValuePath takeBegun() {
        return begun.remove();
    }

    /** The next value that is known, in the order of their ends. */
    Node takeKnown() {
        return known.remove();
    }

    PartialValue view(Node node) {
        return PartialValue.of(text(), committed, node);
    }

    /** All that is known; the text of a string under way is whole up to an offset. */
    PartialValue snapshot(int cut) {
        if (root != null) {
            return view(root);
        }
        PartialValue.Scalar open = scalar;
        if (open != null && open.kind() == ValueKind.STRING) {
            open = new PartialValue.Scalar(open.path(), open.kind(), open.start(), cut);
        }
        return PartialValue.of(text(), committed, top, open);
    }

    /** The text is whole. */
    void finish() {
        holds = false;
        if (heldEnd >= 0) {
            end(heldEnd, heldEnd);
        }
    }

    @Override
    public void begin(ValueKind kind, int at) {
        ValuePath path = top == null ? ValuePath.ROOT : top.next();
        begun.add(path);
        if (kind == ValueKind.OBJECT || kind == ValueKind.ARRAY) {
            List<MemberView> known = kind == ValueKind.OBJECT ? views.get() : List.of();
            top = new Frame(top, kind, path, at, Node.Children.NONE, "", known);
            missing.push(new MissingMembers(known));
        } else {
            scalar = new PartialValue.Scalar(path, kind, at, at + 1);
        }
    }

    @Override
    public void key(int from, int to) {
        Frame object = Objects.requireNonNull(top);
        String key = text().string(from, to);
        List<MemberView> now = views.get();
        top = object.withKey(key, now);
        missing.element()
                .written(key, now, name -> listener.absent(object.path().member(name)));
    }

    @Override
    public void end(int end, int proof) {
        PartialValue.Scalar inner = scalar;
        Frame container = top;
        boolean isWhole = inner != null ? container == null : container != null && container.below() == null;
        if (holds && isWhole) {
            heldEnd = end;
            return;
        }
        Node node;
        if (inner != null) {
            node = new Node(inner.path(), inner.kind(), inner.start(), end, proof, Node.Children.NONE);
            scalar = null;
        } else {
            Frame ended = Objects.requireNonNull(container);
            missing.pop().closed(name -> listener.absent(ended.path().member(name)));
            node = new Node(ended.path(), ended.kind(), ended.start(), end, proof, ended.children());
            top = ended.below();
        }
        add(node);
    }

    private void add(Node node) {
        if (top == null) {
            root = node;
        } else {
            top = top.with(node);
        }
        known.add(node);
        PartialValue view = view(node);
        listener.known(node.path(), view);
        if (node.proof() > committed) {
            listener.forced(node.path(), view);
        }
    }
}
