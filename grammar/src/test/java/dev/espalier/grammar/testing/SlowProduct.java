// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

/**
 * What is on the left and, as wanted, on the right too or not on the right. Its sentences are exact; that a prefix can
 * be continued is believed as long as each side alone can be.
 */
final class SlowProduct extends SlowNode {

    /** How far the two sides have come. */
    private record Pair(Column left, Column right) {}

    private final SlowNode left;
    private final SlowNode right;
    private final boolean both;

    SlowProduct(SlowNode left, SlowNode right, boolean both) {
        this.left = left;
        this.right = right;
        this.both = both;
    }

    @Override
    boolean hasSentence() {
        return left.isProductive() && (right.isProductive() || !both);
    }

    @Override
    Object begin() {
        return new Pair(Column.first(left), Column.first(right));
    }

    @Override
    Object scan(Object progress, int symbol) {
        Pair pair = (Pair) progress;
        Column nextLeft = pair.left().advance(symbol);
        Column nextRight = pair.right().advance(symbol);
        boolean dead = !nextLeft.isLive() || (both && !nextRight.isLive());
        return dead ? null : new Pair(nextLeft, nextRight);
    }

    @Override
    boolean mayEnd(Object progress) {
        Pair pair = (Pair) progress;
        return pair.left().isAccepting() && pair.right().isAccepting() == both;
    }
}
