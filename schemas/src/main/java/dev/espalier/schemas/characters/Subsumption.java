// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.schemas.characters.Derivatives.Kind;
import dev.espalier.schemas.characters.Derivatives.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reduction of choices of terms that differ in the bounds of repetitions only. Of {@code x{2,5}t} and {@code x{4,9}t} it makes {@code
 * x{2,9}t}; a term all of whose texts are among another's is dropped, as {@code .{0,3};g{0,2}} beside {@code .{0,7};g{0,4}}. So a
 * choice holds the configurations of counters that none of the others dominates, and the states of {@code (.{1,63}\.)+} are some 130
 * instead of exponentially many.
 *
 * <p>Inclusion is decided by the shape of terms alone: what it finds is true, and it does not find all. Source: Holík and others,
 * "Counting in Regexes Considered Harmful" (2022), whose counting sets are the intervals here; De Wulf, Doyen, Henzinger, Raskin,
 * "Antichains" (2006).
 */
@FastPath(oracle = "SubsumptionTest")
final class Subsumption {

    private static final int CHARACTERS = -1;
    private static final int INTERSECTIONS = -2;

    /** Pairs compared before that are looked up, both ways, in about a microsecond. */
    private static final int PAIRS_A_UNIT = 4;

    /** Terms sorted and joined in about a microsecond. */
    private static final int TERMS_A_UNIT = 2;

    private final Derivatives derivatives;
    /** Pairs of terms that were compared, the first in the upper half. */
    private final Map<Long, Boolean> known = new HashMap<>();

    private final Map<Integer, Counted> repetitions = new HashMap<>();

    Subsumption(Derivatives derivatives) {
        this.derivatives = derivatives;
    }

    /** Sorted terms of a choice without those that add nothing, and with those joined that are one with other bounds. */
    int[] reduced(int[] parts) {
        int[] kept = new int[parts.length];
        int size = 0;
        List<Counted> sorted = new ArrayList<>();
        for (int part : parts) {
            if (derivatives.isCounted(part)) {
                sorted.add(counted(part));
            } else {
                kept[size++] = part;
            }
        }
        if (sorted.size() < 2) {
            return parts;
        }
        derivatives.spend(sorted.size() / TERMS_A_UNIT);
        sorted.sort(Subsumption::compare);
        for (int from = 0, to = 0; from < sorted.size(); from = to) {
            while (to < sorted.size() && sorted.get(to).head == sorted.get(from).head) {
                to++;
            }
            for (Counted one : undominated(joined(sorted.subList(from, to)))) {
                kept[size++] = one.term;
            }
        }
        return Derivatives.sorted(kept, size);
    }

    private static int compare(Counted one, Counted other) {
        return one.head != other.head
                ? Integer.compare(one.head, other.head)
                : one.item != other.item
                        ? Integer.compare(one.item, other.item)
                        : one.rest != other.rest
                                ? Integer.compare(one.rest, other.rest)
                                : Integer.compare(one.min, other.min);
    }

    /** What a term begins with, the item where that is a repetition; one for all characters, one for all intersections. Others are not compared. */
    private int head(int term) {
        int head = term;
        Kind kind = derivatives.term(head).kind();
        while (kind == Kind.SEQUENCE || kind == Kind.REPEAT) {
            head = derivatives.term(head).parts().get(0);
            if (kind == Kind.REPEAT) {
                break;
            }
            kind = derivatives.term(head).kind();
        }
        return switch (derivatives.term(head).kind()) {
            case CLASS -> CHARACTERS;
            case BOTH -> INTERSECTIONS;
            default -> head;
        };
    }

    /** A term as a repetition in front of a rest. */
    private record Counted(int term, int head, int item, int rest, int min, int max) {

        /** Whether the numbers of repetitions of this one and of a later one have no gap between them. */
        boolean touches(Counted next) {
            return max == Expression.UNBOUNDED || next.min <= (long) max + 1;
        }

        /** Whether these are of one item and rest, so that a gap is between them where {@link #joined} has left both. */
        boolean isApart(Counted other) {
            return item == other.item && rest == other.rest && other.min > 0;
        }
    }

    private Counted union(Counted one, Counted next) {
        boolean endless = one.max == Expression.UNBOUNDED || next.max == Expression.UNBOUNDED;
        int max = endless ? Expression.UNBOUNDED : Math.max(one.max, next.max);
        return counted(derivatives.repeated(one.item, one.min, max, one.rest));
    }

    private Counted counted(int term) {
        return repetitions.computeIfAbsent(term, this::split);
    }

    private Counted split(int term) {
        Term whole = derivatives.term(term);
        boolean isSequence = whole.kind() == Kind.SEQUENCE;
        int first = isSequence ? whole.parts().get(0) : term;
        int rest = isSequence ? whole.parts().get(1) : Derivatives.EMPTY;
        Term repeat = derivatives.term(first);
        return repeat.kind() == Kind.REPEAT
                ? new Counted(term, head(term), repeat.parts().get(0), rest, repeat.min(), repeat.max())
                : new Counted(term, head(term), first, rest, 1, 1);
    }

    /** Sorted repetitions of one head with those joined that have the same rest and numbers of repetitions without a gap. */
    private List<Counted> joined(List<Counted> sorted) {
        List<Counted> joined = new ArrayList<>();
        Counted open = sorted.get(0);
        for (Counted next : sorted.subList(1, sorted.size())) {
            if (next.item == open.item && next.rest == open.rest && open.touches(next)) {
                open = union(open, next);
            } else {
                joined.add(open);
                open = next;
            }
        }
        joined.add(open);
        return joined;
    }

    private List<Counted> undominated(List<Counted> group) {
        List<Counted> kept = new ArrayList<>();
        for (Counted next : group) {
            derivatives.spend(kept.size() / PAIRS_A_UNIT);
            boolean adds = true;
            for (int i = kept.size() - 1; i >= 0 && adds; i--) {
                adds = !isDominated(next, kept.get(i));
            }
            if (adds) {
                kept.removeIf(other -> isDominated(other, next));
                kept.add(next);
            }
        }
        return kept;
    }

    private boolean isDominated(Counted one, Counted other) {
        return !one.isApart(other) && isWithin(one.term, other.term);
    }

    /** Whether all texts of a term are found to be texts of another. Recurses as deep as the two are nested. */
    private boolean isWithin(int term, int other) {
        if (term == other || term == Derivatives.NOTHING) {
            return true;
        }
        if (!derivatives.isCounted(other) && !derivatives.isCounted(term)) {
            return isClassWithin(derivatives.term(term), derivatives.term(other));
        }
        long key = (long) term << 32 | other;
        Boolean before = known.get(key);
        if (before == null) {
            derivatives.allocate(48);
            before = decide(term, other);
            known.put(key, before);
        }
        return before;
    }

    private static boolean isClassWithin(Term term, Term other) {
        if (term.kind() != Kind.CLASS || other.kind() != Kind.CLASS) {
            return false;
        }
        CodePoints both = term.members().union(other.members());
        return both.equals(other.members());
    }

    private boolean decide(int term, int other) {
        Term one = derivatives.term(term);
        Term whole = derivatives.term(other);
        if (whole.kind() == Kind.BOTH) {
            return whole.parts().stream().allMatch(part -> isWithin(term, part));
        }
        if (one.kind() == Kind.BOTH) {
            return one.parts().stream().anyMatch(part -> isWithin(part, other))
                    || (whole.kind() == Kind.CHOICE && whole.parts().stream().anyMatch(part -> isWithin(term, part)));
        }
        int left = term;
        int right = other;
        while (isSequence(left) || isSequence(right)) { // along the sequences, which are long where terms are deep
            Counted a = counted(left);
            Counted b = counted(right);
            boolean fits = isRepeatWithin(a, b);
            if (!fits && b.min == 0 && derivatives.term(left).kind() != Kind.CHOICE) {
                right = b.rest; // the repetition of the other one may be empty
            } else if (!fits) {
                return false;
            } else {
                left = a.rest;
                right = b.rest;
            }
            if (left == right) {
                return true;
            }
            if (left == Derivatives.EMPTY) {
                return derivatives.isNullable(right);
            }
        }
        return left == right || (left == Derivatives.EMPTY ? derivatives.isNullable(right) : isPartWithin(left, right));
    }

    private boolean isSequence(int term) {
        return derivatives.term(term).kind() == Kind.SEQUENCE;
    }

    private boolean isRepeatWithin(Counted a, Counted b) {
        boolean inBounds =
                b.min <= a.min && (b.max == Expression.UNBOUNDED || (a.max != Expression.UNBOUNDED && a.max <= b.max));
        return inBounds && isWithin(a.item, b.item);
    }

    /** Of terms neither of which is a sequence. */
    private boolean isPartWithin(int left, int right) {
        Term a = derivatives.term(left);
        Term b = derivatives.term(right);
        if (a.kind() == Kind.CHOICE) {
            return a.parts().stream().allMatch(part -> isWithin(part, right));
        }
        if (a.kind() == Kind.NOT || b.kind() == Kind.NOT) {
            return a.kind() == b.kind() && isWithin(b.parts().get(0), a.parts().get(0));
        }
        if (b.kind() == Kind.CHOICE) {
            return b.parts().stream().anyMatch(part -> isWithin(left, part));
        }
        if (a.kind() == Kind.REPEAT || b.kind() == Kind.REPEAT) {
            return isRepeatWithin(counted(left), counted(right));
        }
        return isClassWithin(a, b);
    }
}
