// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.CodePoints;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A node of a grammar as the slow recogniser sees it. Compared by identity. Progress is a value of the node's own kind;
 * null means that there is no way on.
 */
abstract class SlowNode {

    private boolean productive;

    /** Whether it has a sentence, as far as is known. */
    final boolean isProductive() {
        return productive;
    }

    /** Learns from its children whether it has a sentence; true if that is news. */
    final boolean learn() {
        boolean news = !productive && hasSentence();
        productive |= news;
        return news;
    }

    abstract boolean hasSentence();

    Object begin() {
        return 0;
    }

    /** The progress after reading a symbol oneself. */
    Object scan(Object progress, int symbol) {
        return null;
    }

    /** The children that may begin now. */
    List<SlowNode> awaited(Object progress) {
        return List.of();
    }

    /** The progress after a child that was awaited, which was empty or not. */
    Object afterChild(Object progress, SlowNode child, boolean empty) {
        return null;
    }

    abstract boolean mayEnd(Object progress);

    /** Exactly these symbols. */
    static final class Text extends SlowNode {
        private final int[] symbols;

        Text(int... symbols) {
            this.symbols = symbols;
        }

        @Override
        boolean hasSentence() {
            return true;
        }

        @Override
        Object scan(Object progress, int symbol) {
            int at = (Integer) progress;
            return at < symbols.length && symbols[at] == symbol ? at + 1 : null;
        }

        @Override
        boolean mayEnd(Object progress) {
            return (Integer) progress == symbols.length;
        }
    }

    /** One character of a set; the progress is the bytes read. */
    static final class OneOf extends SlowNode {
        private final CodePoints members;

        OneOf(CodePoints members) {
            this.members = members;
        }

        @Override
        boolean hasSentence() {
            return !members.isEmpty();
        }

        @Override
        Object begin() {
            return ByteString.EMPTY;
        }

        @Override
        Object scan(Object progress, int symbol) {
            byte[] read = ((ByteString) progress).toByteArray();
            byte[] longer = java.util.Arrays.copyOf(read, read.length + 1);
            longer[read.length] = (byte) symbol;
            return symbol < 256 && !isWhole(read) && begins(longer) ? ByteString.of(longer) : null;
        }

        /** Every lead byte has one range of code points, narrowed by each further byte. */
        private boolean begins(byte[] bytes) {
            int lead = bytes[0] & 0xff;
            int length = length(lead);
            if (length == 0) {
                return false;
            }
            int low = length == 1 ? lead : lead & (0x7f >> length);
            for (int i = 1; i < bytes.length; i++) {
                if ((bytes[i] & 0xc0) != 0x80) {
                    return false;
                }
                low = low << 6 | (bytes[i] & 0x3f);
            }
            int bits = 6 * (length - bytes.length);
            int smallest = length == 1 ? 0 : length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
            int from = Math.max(smallest, low << bits);
            int to = (low << bits) + (1 << bits) - 1;
            return from <= to && !members.intersect(CodePoints.range(from, to)).isEmpty();
        }

        private static int length(int lead) {
            return lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
        }

        private static boolean isWhole(byte[] bytes) {
            return bytes.length > 0 && bytes.length == length(bytes[0] & 0xff);
        }

        @Override
        boolean mayEnd(Object progress) {
            byte[] read = ((ByteString) progress).toByteArray();
            return isWhole(read) && members.contains(new String(read, StandardCharsets.UTF_8).codePointAt(0));
        }
    }

    /** All children in turn; the progress counts them. */
    static final class All extends SlowNode {
        private final List<SlowNode> children;

        All(List<SlowNode> children) {
            this.children = children;
        }

        @Override
        boolean hasSentence() {
            return children.stream().allMatch(SlowNode::isProductive);
        }

        @Override
        List<SlowNode> awaited(Object progress) {
            int at = (Integer) progress;
            return at < children.size() ? List.of(children.get(at)) : List.of();
        }

        @Override
        Object afterChild(Object progress, SlowNode child, boolean empty) {
            return (Integer) progress + 1;
        }

        @Override
        boolean mayEnd(Object progress) {
            return (Integer) progress == children.size();
        }
    }

    /** Any one child: a choice, or a reference to a rule once it is bound. */
    static final class Any extends SlowNode {
        private List<SlowNode> children = List.of();

        void bind(List<SlowNode> alternatives) {
            children = alternatives;
        }

        @Override
        boolean hasSentence() {
            return children.stream().anyMatch(SlowNode::isProductive);
        }

        @Override
        List<SlowNode> awaited(Object progress) {
            return (Integer) progress == 0 ? children : List.of();
        }

        @Override
        Object afterChild(Object progress, SlowNode child, boolean empty) {
            return 1;
        }

        @Override
        boolean mayEnd(Object progress) {
            return (Integer) progress == 1;
        }
    }

    /** A child some number of times. */
    static final class Times extends SlowNode {

        /** Iterations so far that were not empty; padded: one was empty, so any number of empty ones can follow. */
        private record Count(int iterations, boolean padded) {}

        private final SlowNode child;
        private final int min;
        private final int max;

        Times(SlowNode child, int min, int max) {
            this.child = child;
            this.min = min;
            this.max = max;
        }

        @Override
        boolean hasSentence() {
            return min == 0 || child.isProductive();
        }

        @Override
        Object begin() {
            return new Count(0, false);
        }

        @Override
        List<SlowNode> awaited(Object progress) {
            return max < 0 || ((Count) progress).iterations() < max ? List.of(child) : List.of();
        }

        @Override
        Object afterChild(Object progress, SlowNode ended, boolean empty) {
            Count count = (Count) progress;
            if (empty) {
                return new Count(count.iterations(), true);
            }
            int more = count.iterations() + 1;
            return new Count(max < 0 ? Math.min(more, min) : more, count.padded());
        }

        @Override
        boolean mayEnd(Object progress) {
            Count count = (Count) progress;
            return count.padded() || count.iterations() >= min;
        }
    }
}
