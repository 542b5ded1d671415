// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.check;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.cli.console.ByteText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What may come next, for people: whole words where only one text goes on, ranges of characters where many do. */
final class Expected {

    private static final int FEW = 8;
    private static final int LONGEST = 40;
    private static final List<Integer> WHITE_SPACE = List.of((int) '\t', (int) '\n', (int) '\r', (int) ' ');

    private Expected() {}

    /**
     * Everything that may come after some stacks, in the order of bytes.
     *
     * @return texts in quotes, ranges such as {@code "0" to "9"}, and {@code the end}; empty if nothing may come
     */
    static List<String> after(Stepper stepper, StackSet stacks) {
        List<String> expected = new ArrayList<>();
        List<Integer> live = live(stepper, stacks);
        if (live.containsAll(WHITE_SPACE)) {
            live.removeAll(WHITE_SPACE);
            expected.add("white space");
        }
        if (live.size() <= FEW) {
            for (int symbol : live) {
                expected.add(ByteText.quoted(word(stepper, stacks, symbol)));
            }
        } else {
            ranges(live, expected);
        }
        if (stepper.results(stacks).length > 0) {
            expected.add("the end");
        }
        return expected;
    }

    private static List<Integer> live(Stepper stepper, StackSet stacks) {
        List<Integer> live = new ArrayList<>();
        for (int symbol = 0; symbol < 256; symbol++) {
            if (!stepper.step(stacks, symbol).isEmpty()) {
                live.add(symbol);
            }
        }
        return live;
    }

    /** The first byte, and all that must follow it. */
    private static byte[] word(Stepper stepper, StackSet stacks, int first) {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        StackSet next = stepper.step(stacks, first);
        word.write(first);
        while (word.size() < LONGEST && stepper.results(next).length == 0) {
            List<Integer> live = live(stepper, next);
            if (live.size() != 1) {
                break;
            }
            word.write(live.get(0));
            next = stepper.step(next, live.get(0));
        }
        return word.toByteArray();
    }

    private static void ranges(List<Integer> live, List<String> expected) {
        for (int i = 0; i < live.size(); ) {
            int first = live.get(i);
            int last = first;
            for (i++; i < live.size() && live.get(i) == last + 1; i++) {
                last = live.get(i);
            }
            expected.add(first >= 0x80 ? "other characters" : range(first, Math.min(last, 0x7f)));
            if (first < 0x80 && last >= 0x80) {
                expected.add("other characters");
            }
        }
        List<String> once = expected.stream().distinct().toList();
        expected.clear();
        expected.addAll(once);
    }

    private static String range(int first, int last) {
        String from = ByteText.quoted(new byte[] {(byte) first});
        return first == last ? from : from + " to " + ByteText.quoted(new byte[] {(byte) last});
    }
}
