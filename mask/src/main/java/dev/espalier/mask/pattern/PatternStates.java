// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.pattern.PatternSyntax.Choice;
import dev.espalier.mask.pattern.PatternSyntax.Greed;
import dev.espalier.mask.pattern.PatternSyntax.Look;
import dev.espalier.mask.pattern.PatternSyntax.One;
import dev.espalier.mask.pattern.PatternSyntax.Repeat;
import dev.espalier.mask.pattern.PatternSyntax.Sequence;
import java.util.ArrayList;
import java.util.List;

/** The states of a pattern (Thompson's construction); of two ways to go on, the first is preferred. Built once, then read only. */
final class PatternStates {

    /** The state behind a match. */
    static final int MATCH = 0;

    /** What a state does: end, read a code point, choose a way, or look at what follows. */
    enum Kind {
        MATCH,
        READ,
        CHOOSE,
        FOLLOWED,
        NOT_FOLLOWED
    }

    private static final int MOST = 5000;

    private final List<Kind> kinds = new ArrayList<>();
    private final IntList nexts = new IntList();
    private final IntList others = new IntList();
    private final int start;

    PatternStates(PatternSyntax syntax) {
        add(Kind.MATCH, 0, 0);
        start = before(syntax, MATCH);
    }

    /** Whether the pattern was too large, and the states are not all of it. */
    boolean isTooLarge() {
        return size() >= MOST;
    }

    int size() {
        return kinds.size();
    }

    int start() {
        return start;
    }

    Kind kind(int state) {
        return kinds.get(state);
    }

    /** The state behind, or the first of two ways. */
    int next(int state) {
        return nexts.get(state);
    }

    /** The second way, the number of the set that is read, or the first state of what follows. */
    int other(int state) {
        return others.get(state);
    }

    private int add(Kind kind, int next, int other) {
        kinds.add(kind);
        nexts.add(next);
        others.add(other);
        return kinds.size() - 1;
    }

    /** The first state of what reads a tree and goes on in a state. */
    private int before(PatternSyntax syntax, int next) {
        if (isTooLarge()) {
            return next;
        } else if (syntax instanceof One one) {
            return add(Kind.READ, next, one.set());
        } else if (syntax instanceof Sequence sequence) {
            List<PatternSyntax> parts = sequence.parts();
            int first = next;
            for (int i = parts.size() - 1; i >= 0; i--) {
                first = before(parts.get(i), first);
            }
            return first;
        } else if (syntax instanceof Choice choice) {
            List<PatternSyntax> alternatives = choice.alternatives();
            int first = before(alternatives.get(alternatives.size() - 1), next);
            for (int i = alternatives.size() - 2; i >= 0; i--) {
                first = add(Kind.CHOOSE, before(alternatives.get(i), next), first);
            }
            return first;
        } else if (syntax instanceof Look look) {
            int body = before(look.body(), MATCH);
            return add(look.negative() ? Kind.NOT_FOLLOWED : Kind.FOLLOWED, next, body);
        }
        return beforeRepeat((Repeat) syntax, next);
    }

    private int beforeRepeat(Repeat repeat, int next) {
        // a possessive repetition of a set ends before its most only where no member of the set follows
        boolean possessive = repeat.greed() == Greed.POSSESSIVE;
        int out = possessive ? add(Kind.NOT_FOLLOWED, next, before(repeat.body(), MATCH)) : next;
        int first = next;
        if (repeat.most() < 0) {
            first = add(Kind.CHOOSE, 0, 0);
            ways(first, before(repeat.body(), first), out, repeat.greed());
        }
        for (int i = repeat.most() - repeat.least(); i > 0; i--) {
            int body = before(repeat.body(), first);
            first = add(Kind.CHOOSE, 0, 0);
            ways(first, body, out, repeat.greed());
        }
        for (int i = 0; i < repeat.least(); i++) {
            first = before(repeat.body(), first);
        }
        return first;
    }

    private void ways(int state, int again, int out, Greed greed) {
        nexts.set(state, greed == Greed.LAZY ? out : again);
        others.set(state, greed == Greed.LAZY ? again : out);
    }
}
