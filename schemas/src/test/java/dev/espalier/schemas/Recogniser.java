// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;

/** Reads whole texts by a frame, byte by byte. */
public final class Recogniser {

    private final State start;
    private final Stepper stepper = new Stepper(Limits.DEFAULT);

    public Recogniser(State start) {
        this.start = start;
    }

    public static Recogniser of(String schema) {
        return of(schema, SchemaOptions.DEFAULT);
    }

    public static Recogniser of(String schema, SchemaOptions options) {
        return new Recogniser(
                new SchemaCompiler().compile(schema, options).automaton().start());
    }

    /** The stacks after a text. */
    public StackSet after(String text) {
        return after(text.getBytes(StandardCharsets.UTF_8));
    }

    public StackSet after(byte[] text) {
        StackSet set = StackSet.of(start);
        for (byte b : text) {
            set = stepper.step(set, b & 0xff);
        }
        return set;
    }

    /** Whether a whole text is good. */
    public boolean accepts(String text) {
        return accepts(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean accepts(byte[] text) {
        StackSet set = after(text);
        return !set.isEmpty() && stepper.results(set).length > 0;
    }

    public State start() {
        return start;
    }

    public Stepper stepper() {
        return stepper;
    }
}
