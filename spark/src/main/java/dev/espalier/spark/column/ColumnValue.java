// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.stream.PartialValue;
import dev.espalier.stream.ValueKind;
import dev.espalier.stream.ValueListener;
import dev.espalier.stream.ValuePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the value of a column of the events of its text. For one text and thread. */
final class ColumnValue implements ValueListener {

    private final Column column;
    private final ScalarValues scalars;
    /** The containers that have begun and not ended. */
    private final Deque<ColumnParts> open = new ArrayDeque<>();

    /** The depth of a value that is kept as its text; -1 outside of such. */
    private int textDepth = -1;

    private boolean isWhole;
    private @Nullable Object whole;

    ColumnValue(Column column, ScalarValues scalars) {
        this.column = column;
        this.scalars = scalars;
    }

    /**
     * The value, of a text that has ended.
     *
     * @throws InvalidInputException if the value has not
     */
    @Nullable
    Object whole() {
        if (!isWhole) {
            throw new InvalidInputException("the text ends within the value");
        }
        return whole;
    }

    @Override
    public void begin(ValuePath path, ValueKind kind) {
        if (textDepth >= 0 || (kind != ValueKind.OBJECT && kind != ValueKind.ARRAY)) {
            return;
        }
        ColumnType type = wanted(path).type();
        if (type == ColumnType.Scalar.JSON) {
            textDepth = path.depth();
            return;
        }
        ColumnParts parts = ColumnParts.of(type, kind);
        if (parts == null) {
            throw ScalarValues.misfit(path, "it is an " + kind.name().toLowerCase(Locale.ROOT));
        }
        open.push(parts);
    }

    @Override
    public void end(ValuePath path, PartialValue value) {
        if (textDepth >= 0 && path.depth() > textDepth) {
            return;
        }
        ValueKind kind = value.kind().orElseThrow();
        boolean isText = textDepth >= 0;
        textDepth = -1;
        Object made;
        if (!isText && (kind == ValueKind.OBJECT || kind == ValueKind.ARRAY)) {
            made = open.pop().made();
        } else {
            made = isText ? value.json() : scalar(wanted(path), kind, value);
        }
        if (path.depth() == 0) {
            isWhole = true;
            whole = made;
        } else {
            open.element().add(path, made);
        }
    }

    private @Nullable Object scalar(Column wanted, ValueKind kind, PartialValue value) {
        if (kind == ValueKind.NULL && wanted.nullable()) {
            return null;
        }
        return wanted.type() == ColumnType.Scalar.JSON ? value.json() : scalars.value(wanted.type(), value);
    }

    private Column wanted(ValuePath path) {
        return path.depth() == 0 ? column : open.element().column(path);
    }
}
