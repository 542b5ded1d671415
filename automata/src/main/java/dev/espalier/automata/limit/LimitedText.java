// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.limit;

import dev.espalier.automata.state.State;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free text with an end behind it, of which no character is begun once so many tokens have ended in it. What is left then is the rest of a character, and one of the ends, of which a
 * part may have been written. Beside the frame of the text without the limit, a state knows what of the ends has just been written, as Knuth, Morris and Pratt have it. Immutable and
 * thread-safe.
 */
@FastPath(oracle = "mask:TokenLimitTest")
public final class LimitedText {

    /** A part of an end: its number, and how many of its bytes have been written. */
    record Part(int end, int written) {}

    private final List<byte[]> ends;
    /** By number, the parts of ends that a text may end with: the empty parts among them. */
    private final List<List<Part>> nodes = new ArrayList<>();

    private final List<Map<Byte, Integer>> next = new ArrayList<>();

    private LimitedText(List<byte[]> ends) {
        this.ends = ends;
        Map<List<Part>, Integer> numbers = new HashMap<>();
        number(empty(), numbers);
        for (int node = 0; node < nodes.size(); node++) {
            for (Part part : nodes.get(node)) {
                byte symbol = ends.get(part.end)[part.written];
                if (!next.get(node).containsKey(symbol)) {
                    next.get(node).put(symbol, number(after(nodes.get(node), symbol), numbers));
                }
            }
        }
    }

    /**
     * A text that ends with one of some marks, which its frame reads, too.
     *
     * @param text reads the text and its end; it calls no other frame, ends with result 0 alone, and wherever a character is whole, each of the marks may come, or none where there are none
     * @param ends the marks, none of them empty; none if the text ends by itself
     * @param tokens how many tokens may end in the text before no character of it is begun
     * @throws InvalidInputException if the number is negative, or 0 where no end has to be written
     */
    public static State of(State text, List<String> ends, int tokens) {
        if (tokens < (ends.isEmpty() ? 1 : 0)) {
            throw new InvalidInputException("a text cannot have " + tokens + " tokens");
        }
        LimitedText limited = new LimitedText(
                ends.stream().map(end -> end.getBytes(StandardCharsets.UTF_8)).toList());
        return tokens == 0 ? limited.closing(text, 0) : new OpenTextState(limited, text, 0, 0, tokens);
    }

    private List<Part> empty() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            parts.add(new Part(i, 0));
        }
        return parts;
    }

    private int number(List<Part> parts, Map<List<Part>, Integer> numbers) {
        return numbers.computeIfAbsent(parts, none -> {
            nodes.add(parts);
            next.add(new HashMap<>());
            return nodes.size() - 1;
        });
    }

    private List<Part> after(List<Part> parts, byte symbol) {
        List<Part> after = empty();
        for (Part part : parts) {
            byte[] end = ends.get(part.end);
            if (end[part.written] == symbol && part.written + 1 < end.length) {
                after.add(new Part(part.end, part.written + 1));
            }
        }
        return after;
    }

    /** The node after a byte. */
    int next(int node, int symbol) {
        return next.get(node).getOrDefault((byte) symbol, 0);
    }

    /** The state in which a text has all its characters, and only ends may follow, if none is there. */
    State closing(State text, int node) {
        if (text.results().length > 0) {
            return new ClosingTextState(this, text, List.of(), true);
        }
        List<Part> alive =
                nodes.get(node).stream().filter(part -> isEnd(text, part)).toList();
        return new ClosingTextState(this, text, alive, false);
    }

    private boolean isEnd(State text, Part part) {
        State at = text;
        byte[] end = ends.get(part.end);
        for (int i = part.written; i < end.length; i++) {
            State after = step(at, end[i] & 0xff);
            if (after == null) {
                return false;
            }
            at = after;
        }
        return at.results().length > 0;
    }

    /** How many bytes of an end are left. */
    int left(Part part) {
        return ends.get(part.end).length - part.written;
    }

    /** The parts that a byte goes on with, by one more byte each; those that are whole have nothing left. */
    List<Part> goingOn(List<Part> parts, int symbol) {
        return parts.stream()
                .filter(part -> left(part) > 0 && (ends.get(part.end)[part.written] & 0xff) == symbol)
                .map(part -> new Part(part.end, part.written + 1))
                .toList();
    }

    /** The state of a text after a byte; null if it may not come. */
    static @Nullable State step(State text, int symbol) {
        State[] found = new State[1];
        text.moves(symbol, new State.Moves() {
            @Override
            public void stay(State next) {
                found[0] = next;
            }

            @Override
            public void push(State callee, State returnState) {
                throw new IllegalStateException("a text of so many tokens calls others");
            }
        });
        return found[0];
    }

    @Override
    public String toString() {
        return "up to " + ends.stream().map(Arrays::toString).toList();
    }
}
