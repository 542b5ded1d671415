// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.List;

/** A list, which templates cannot change. */
public final class ListValue extends Row {

    /** A list of values, which must not change any more. */
    public ListValue(List<Value> items) {
        super(items);
    }

    @Override
    public String type() {
        return "list";
    }

    @Override
    public void represent(TextBuilder out) {
        represent(out, "[", "]");
    }
}
