// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.render;

import dev.espalier.chat.function.Arguments;
import dev.espalier.chat.function.Attributed;
import dev.espalier.chat.function.Builtin;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.function.Callable;
import dev.espalier.chat.function.Method;
import dev.espalier.chat.python.Comparison;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Sized;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}: where a loop is. It looks one element ahead only when it is asked for the next one. */
final class Loop implements Attributed, Callable {

    private static final int UNKNOWN = -1;

    private final int depth;
    private final @Nullable Function<Value, Value> recursion;
    private final Meter meter;
    private Iterator<Value> elements;
    private int length;
    private int index = -1;
    private @Nullable Value before;
    private @Nullable Value current;
    private @Nullable Value after;
    private @Nullable Value changed;

    /**
     * A loop before its first element.
     *
     * @param whole what is looped over, if its length is that of the loop
     * @param depth how many recursive loops are around it
     * @param recursion what a call of the loop does, if it is recursive
     */
    Loop(
            Iterator<Value> elements,
            @Nullable Value whole,
            int depth,
            @Nullable Function<Value, Value> recursion,
            Meter meter) {
        this.elements = elements;
        this.length = whole instanceof Sized sized ? sized.size() : UNKNOWN;
        this.depth = depth;
        this.recursion = recursion;
        this.meter = meter;
    }

    /** The next element, which the loop is at from now on; null at the end. */
    @Nullable
    Value advance() {
        Value next = peek();
        if (next != null) {
            after = null;
            index++;
            before = current;
            current = next;
        }
        return next;
    }

    private @Nullable Value peek() {
        if (after == null && elements.hasNext()) {
            after = elements.next();
        }
        return after;
    }

    private int length() {
        if (length == UNKNOWN) {
            List<Value> rest = new ArrayList<>();
            while (elements.hasNext()) {
                meter.spend(1);
                rest.add(elements.next());
            }
            length = rest.size() + index + 1 + (after == null ? 0 : 1);
            elements = rest.iterator();
        }
        return length;
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "index" -> Int.of(index + 1);
            case "index0" -> Int.of(index);
            case "revindex" -> Int.of(length() - index);
            case "revindex0" -> Int.of(length() - index - 1);
            case "first" -> Bool.of(index == 0);
            case "last" -> Bool.of(peek() == null);
            case "length" -> Int.of(length());
            case "depth" -> Int.of(depth + 1);
            case "depth0" -> Int.of(depth);
            case "previtem" -> orUndefined(before, "there is no previous item");
            case "nextitem" -> orUndefined(peek(), "there is no next item");
            case "cycle" ->
                new Method(
                        this, new Builtin(name, "*", (s, a, r) -> cycle(a.rest().positional())));
            case "changed" ->
                new Method(
                        this,
                        new Builtin(name, "*", (s, a, r) -> changed(a.rest().positional())));
            default -> null;
        };
    }

    private static Value orUndefined(@Nullable Value value, String message) {
        return value == null ? Undefined.of(message) : value;
    }

    private Value cycle(List<Value> values) {
        if (values.isEmpty()) {
            throw Fault.type("no items for cycling given");
        }
        return values.get(index % values.size());
    }

    private Value changed(List<Value> values) {
        Value now = new Tuple(values);
        boolean isChanged = changed == null || !Comparison.areEqual(now, changed, meter);
        changed = now;
        return Bool.of(isChanged);
    }

    @Override
    public Value call(Arguments arguments, CallContext context) {
        if (recursion == null) {
            throw Fault.type("The loop must have the 'recursive' marker to be called recursively.");
        }
        if (arguments.positional().size() != 1) {
            throw Fault.type("loop() takes one argument");
        }
        return recursion.apply(arguments.positional().get(0));
    }

    @Override
    public String type() {
        return "LoopContext";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("<LoopContext " + (index + 1) + "/" + length() + ">");
    }
}
