// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import dev.espalier.core.error.TemplateException.Reason;
import java.util.Collections;
import java.util.Iterator;

/** The value of what does not exist. It prints as nothing, is false and empty; any other use of it is a failure that says what is missing. */
public final class Undefined implements Sized {

    private final Reason reason;
    private final String message;

    private Undefined(Reason reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    /** What is missing, in a sentence. */
    public static Undefined of(String message) {
        return new Undefined(Reason.UNDEFINED, message);
    }

    /** A variable that has no value. */
    public static Undefined variable(String name) {
        return of("'" + name + "' is undefined");
    }

    /** An attribute or element that a value does not have. */
    public static Undefined member(Value owner, Value key) {
        String type = owner == None.NONE ? "None" : owner.type() + " object";
        String name = key instanceof Text text ? text.string() : key.type();
        String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        if (key instanceof Text) {
            return of("'" + type + "' has no attribute '" + shown + "'");
        }
        return of(type + " has no element "
                + (key instanceof Int index ? index.integer().toString() : shown));
    }

    /** An attribute that exists, but not for templates. */
    public static Undefined forbidden(Value owner, String name) {
        return new Undefined(
                Reason.FORBIDDEN, "the attribute '" + name + "' of '" + owner.type() + "' is not for templates");
    }

    /** What its use fails with. */
    public Fault fault() {
        return new Fault(reason, message);
    }

    @Override
    public String type() {
        return "Undefined";
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public Iterator<Value> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public void print(TextBuilder out) {}

    @Override
    public void represent(TextBuilder out) {
        out.append("Undefined");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
