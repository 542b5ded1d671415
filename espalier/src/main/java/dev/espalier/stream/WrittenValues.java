// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a listener of what is written: where values begin and end, and the text of strings between. */
final class WrittenValues implements JsonScanner.Structure {

    private final KnownValues values;
    private final ValueListener listener;
    private int depth;
    private @Nullable ValuePath string;
    private int told;
    private boolean holds;
    private boolean isHeld;

    WrittenValues(KnownValues values, ValueListener listener, boolean holds) {
        this.values = values;
        this.listener = listener;
        this.holds = holds;
    }

    @Override
    public void begin(ValueKind kind, int at) {
        ValuePath path = values.takeBegun();
        listener.begin(path, kind);
        depth++;
        if (kind == ValueKind.STRING) {
            string = path;
            told = at + 1;
        }
    }

    @Override
    public void key(int from, int to) {}

    @Override
    public void end(int end, int proof) {
        if (string != null) {
            grow(end - 1);
            string = null;
        }
        depth--;
        if (depth == 0 && holds) {
            isHeld = true;
            return;
        }
        Node node = values.takeKnown();
        listener.end(node.path(), values.view(node));
    }

    /** The text of the string under way is whole up to an offset. */
    void grow(int cut) {
        if (cut > told) {
            String delta = values.text().string(told, cut);
            told = cut;
            listener.text(Objects.requireNonNull(string), delta);
        }
    }

    /** The text is whole. */
    void finish() {
        holds = false;
        if (isHeld) {
            Node node = values.takeKnown();
            listener.end(node.path(), values.view(node));
        }
    }
}
