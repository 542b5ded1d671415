// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import dev.espalier.grammar.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Items in any order, each some number of times, a separator between neighbours. */
final class SlowPermutation extends SlowNode {

    /** How many of each item were read, and whether an item must come next. */
    private record Counts(List<Integer> each, boolean itemIsNext) {

        int total() {
            return each.stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final Expression.Permutation written;
    private final List<SlowNode> items;
    private final SlowNode separator;

    SlowPermutation(Expression.Permutation written, List<SlowNode> items, SlowNode separator) {
        this.written = written;
        this.items = items;
        this.separator = separator;
    }

    @Override
    boolean hasSentence() {
        return canEnd(Collections.nCopies(items.size(), 0));
    }

    /** Whether enough items can still come, and not too many must. */
    private boolean canEnd(List<Integer> each) {
        long total = new Counts(each, false).total();
        long needed = 0;
        long possible = 0;
        for (int i = 0; i < items.size(); i++) {
            Expression.Permutation.Item item = written.items().get(i);
            long missing = Math.max(0, item.min() - each.get(i));
            long room =
                    !items.get(i).isProductive() ? 0 : item.max() < 0 ? Integer.MAX_VALUE : item.max() - each.get(i);
            if (missing > room) {
                return false;
            }
            needed += missing;
            possible += room;
        }
        long most = written.maxTotal() < 0 ? Long.MAX_VALUE : written.maxTotal();
        if (!separator.isProductive()) {
            most = Math.min(most, 1);
        }
        long fewest = Math.max(needed, written.minTotal() - total);
        return fewest <= possible && total + fewest <= most;
    }

    @Override
    Object begin() {
        return new Counts(Collections.nCopies(items.size(), 0), false);
    }

    @Override
    List<SlowNode> awaited(Object progress) {
        Counts counts = (Counts) progress;
        boolean more = counts.total() > 0 && !counts.itemIsNext();
        if (more) {
            return separator.isProductive() && hasNext(counts) ? List.of(separator) : List.of();
        }
        List<SlowNode> allowed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (mayCome(counts.each(), i)) {
                allowed.add(items.get(i));
            }
        }
        return allowed;
    }

    private boolean hasNext(Counts counts) {
        for (int i = 0; i < items.size(); i++) {
            if (mayCome(counts.each(), i)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayCome(List<Integer> each, int index) {
        Expression.Permutation.Item item = written.items().get(index);
        boolean room = item.max() < 0 || each.get(index) < item.max();
        int total = each.stream().mapToInt(Integer::intValue).sum();
        boolean roomInAll = written.maxTotal() < 0 || total < written.maxTotal();
        return room && roomInAll && items.get(index).isProductive() && canEnd(plusOne(each, index));
    }

    /** Counts without any bound stop where they no longer matter, so that empty items cannot be counted for ever. */
    private List<Integer> plusOne(List<Integer> each, int index) {
        Expression.Permutation.Item item = written.items().get(index);
        boolean endless = item.max() < 0 && written.maxTotal() < 0;
        int most = Math.max(1, Math.max(item.min(), written.minTotal()));
        List<Integer> more = new ArrayList<>(each);
        more.set(index, endless ? Math.min(each.get(index) + 1, most) : each.get(index) + 1);
        return List.copyOf(more);
    }

    @Override
    Object afterChild(Object progress, SlowNode child, boolean empty) {
        Counts counts = (Counts) progress;
        if (child == separator && counts.total() > 0 && !counts.itemIsNext()) {
            return new Counts(counts.each(), true);
        }
        return new Counts(plusOne(counts.each(), items.indexOf(child)), false);
    }

    @Override
    boolean mayEnd(Object progress) {
        Counts counts = (Counts) progress;
        if (counts.itemIsNext() || counts.total() < written.minTotal()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (counts.each().get(i) < written.items().get(i).min()) {
                return false;
            }
        }
        return true;
    }
}
