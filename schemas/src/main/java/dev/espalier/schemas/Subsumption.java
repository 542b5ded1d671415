package dev.espalier.schemas;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.schemas.Derivatives.Kind;
import dev.espalier.schemas.Derivatives.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes choices of terms small where they differ in the bounds of repetitions only. Of {@code x{2,5}t} and {@code x{4,9}t} it
 * makes {@code x{2,9}t}; a term all of whose texts are among another's is dropped, as {@code .{0,3};g{0,2}} beside
 * {@code .{0,7};g{0,4}}. So a choice holds the configurations of counters that none of the others dominates, and the states of
 * {@code (.{1,63}\.)+} are some 130 instead of exponentially many.
 *
 * <p>Inclusion is decided by the shape of terms alone: what it finds is true, and it does not find all. Source: Holík and others,
 * "Counting in Regexes Considered Harmful" (2022), whose counting sets are the intervals here; De Wulf, Doyen, Henzinger, Raskin,
 * "Antichains" (2006).
 */
final class Subsumption {

    private static final int CHARACTERS = -1;

    private final Derivatives derivatives;
    /** Pairs of terms that were compared, the first in the upper half. */
    private final Map<Long, Boolean> known = new HashMap<>();

    Subsumption(Derivatives derivatives) {
        this.derivatives = derivatives;
    }

    /** Removes terms of a choice that add nothing, and joins those that are one with other bounds. */
    void reduce(TreeSet<Integer> parts) {
        Map<Integer, List<Integer>> groups = new HashMap<>();
        for (int part : parts) {
            if (derivatives.isCounted(part)) {
                groups.computeIfAbsent(head(part), k -> new ArrayList<>()).add(part);
            }
        }
        for (List<Integer> group : groups.values()) {
            if (group.size() > 1) {
                group.forEach(parts::remove);
                parts.addAll(undominated(joined(group)));
            }
        }
    }

    /** What a term begins with, the item where that is a repetition; one for all characters. Others are not compared. */
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
        return derivatives.term(head).kind() == Kind.CLASS ? CHARACTERS : head;
    }

    /** A term as a repetition in front of a rest. */
    private record Counted(int item, int rest, int min, int max) {

        /** Whether the numbers of repetitions of this one and of a later one have no gap between them. */
        boolean touches(Counted next) {
            return max == Expression.UNBOUNDED || next.min <= (long) max + 1;
        }

        Counted with(Counted next) {
            boolean endless = max == Expression.UNBOUNDED || next.max == Expression.UNBOUNDED;
            return new Counted(item, rest, min, endless ? Expression.UNBOUNDED : Math.max(max, next.max));
        }
    }

    private Counted counted(int term) {
        Term whole = derivatives.term(term);
        boolean isSequence = whole.kind() == Kind.SEQUENCE;
        int first = isSequence ? whole.parts().get(0) : term;
        int rest = isSequence ? whole.parts().get(1) : Derivatives.EMPTY;
        Term head = derivatives.term(first);
        return head.kind() == Kind.REPEAT
                ? new Counted(head.parts().get(0), rest, head.min(), head.max())
                : new Counted(first, rest, 1, 1);
    }

    /** Terms of one head with those joined that have the same rest and numbers of repetitions without a gap. */
    private List<Integer> joined(List<Integer> group) {
        List<Counted> sorted = new ArrayList<>(group.size());
        group.forEach(term -> sorted.add(counted(term)));
        sorted.sort(Comparator.comparingInt(Counted::item)
                .thenComparingInt(Counted::rest)
                .thenComparingInt(Counted::min));
        List<Integer> joined = new ArrayList<>();
        Counted open = sorted.get(0);
        for (Counted next : sorted.subList(1, sorted.size())) {
            if (next.item == open.item && next.rest == open.rest && open.touches(next)) {
                open = open.with(next);
            } else {
                joined.add(derivatives.repeated(open.item, open.min, open.max, open.rest));
                open = next;
            }
        }
        joined.add(derivatives.repeated(open.item, open.min, open.max, open.rest));
        return joined;
    }

    private List<Integer> undominated(List<Integer> group) {
        List<Integer> kept = new ArrayList<>();
        for (int term : group) {
            if (kept.stream().noneMatch(other -> isWithin(term, other))) {
                kept.removeIf(other -> isWithin(other, term));
                kept.add(term);
            }
        }
        return kept;
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
            derivatives.spend(48);
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
        if (b.kind() == Kind.CHOICE) {
            return b.parts().stream().anyMatch(part -> isWithin(left, part));
        }
        if (a.kind() == Kind.REPEAT || b.kind() == Kind.REPEAT) {
            return isRepeatWithin(counted(left), counted(right));
        }
        return isClassWithin(a, b);
    }
}
