// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value whose attributes a template may set: the way to hand something out of a loop. */
public final class Namespace implements Value {

    private final Map<Text, Value> attributes = new LinkedHashMap<>();
    private boolean isShown;

    /** The value of an attribute, if it has one. */
    public @Nullable Value get(String name) {
        return attributes.get(Text.trusted(name));
    }

    /** Sets an attribute. */
    public void set(Text name, Value value) {
        attributes.put(name, value);
    }

    @Override
    public String type() {
        return "Namespace";
    }

    /** Its attributes; a namespace that contains itself is not shown twice. */
    @Override
    public void represent(TextBuilder out) {
        if (isShown) {
            out.append("<Namespace ...>");
            return;
        }
        isShown = true;
        out.enter();
        String separator = "<Namespace {";
        for (Map.Entry<Text, Value> entry : attributes.entrySet()) {
            out.append(separator);
            entry.getKey().represent(out);
            out.append(": ");
            entry.getValue().represent(out);
            separator = ", ";
        }
        out.append(attributes.isEmpty() ? "<Namespace {}>" : "}>");
        out.leave();
        isShown = false;
    }
}
