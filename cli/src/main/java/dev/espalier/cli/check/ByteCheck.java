// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.check;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.cli.console.ByteText;
import dev.espalier.core.Limits;
import dev.espalier.source.CompiledSource;
import java.util.List;
import java.util.Optional;

/** Reads texts byte by byte and says where one leaves the source. One thread at a time. */
public final class ByteCheck {

    private final CompiledSource source;
    private final Stepper stepper;

    public ByteCheck(CompiledSource source, Limits limits) {
        this.source = source;
        this.stepper = new Stepper(limits);
    }

    /**
     * What was found.
     *
     * @param valid whether the text is a whole sentence
     * @param problem what is wrong in a few words; empty if valid
     * @param offset bytes before the one that failed; all bytes if the text ended too early
     * @param token the token that failed, if it was looked at token by token
     * @param expected what was allowed there
     */
    public record Verdict(boolean valid, String problem, int offset, Optional<Token> token, List<String> expected) {

        /** A token of the text: which one, its id, what it spells, and how many bytes stand before it. */
        public record Token(int index, int id, String text, int offset) {}
    }

    /** Reads a whole text. Cost: one step a byte. */
    public Verdict check(byte[] text) {
        StackSet stacks = StackSet.of(source.automaton().start());
        for (int i = 0; i < text.length; i++) {
            StackSet next = stepper.step(stacks, text[i] & 0xff);
            if (next.isEmpty()) {
                String problem = "unexpected " + ByteText.quoted(character(text, i));
                return new Verdict(false, problem, i, Optional.empty(), Expected.after(stepper, stacks));
            }
            stacks = next;
        }
        if (stepper.results(stacks).length > 0) {
            return new Verdict(true, "", text.length, Optional.empty(), List.of());
        }
        List<String> expected = Expected.after(stepper, stacks);
        return new Verdict(false, "the text ends too early", text.length, Optional.empty(), expected);
    }

    /** The bytes of the character that starts at an offset, or the one byte there if none starts. */
    private static byte[] character(byte[] text, int offset) {
        int first = text[offset] & 0xff;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        return java.util.Arrays.copyOfRange(text, offset, Math.min(text.length, offset + length));
    }
}
