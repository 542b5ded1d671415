// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.schemas.work.LimitShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions as hash-consed terms, and their derivatives by characters. Terms of obviously equal languages are one object.
 * Repetitions keep their bounds as numbers; intersections and differences cost nothing extra.
 *
 * <p>Source: Brzozowski, "Derivatives of regular expressions" (1964); Owens, Reppy, Turon, "Regular-expression
 * derivatives re-examined" (2009).
 */
@FastPath(oracle = "SubsumptionTest")
public final class Derivatives {

    /** The term that matches nothing. */
    static final int NOTHING = 0;

    /** The term that matches the empty text. */
    static final int EMPTY = 1;

    /** The weight of a term. */
    private static final int WEIGHT = 7;

    /** Parts of a choice that cost a unit of work. */
    private static final int PARTS_A_UNIT = 16;

    /** Bounds of ranges that cost a unit of work. */
    private static final int BOUNDS_A_UNIT = 32;

    enum Kind {
        NOTHING,
        EMPTY,
        CLASS,
        SEQUENCE,
        CHOICE,
        REPEAT,
        BOTH,
        NOT
    }

    /** A term of other terms, by their numbers. */
    record Term(Kind kind, Parts parts, CodePoints members, int min, int max) {}

    /** Numbers of terms; equal to others with the same numbers. */
    static final class Parts {
        private static final Parts NONE = new Parts();

        private final int[] numbers;

        private Parts(int... numbers) {
            this.numbers = numbers;
        }

        int get(int i) {
            return numbers[i];
        }

        int size() {
            return numbers.length;
        }

        IntStream stream() {
            return Arrays.stream(numbers);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Parts same && Arrays.equals(numbers, same.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    private WorkBudget budget;
    private final LimitShare most;
    private long bytes;
    private final List<Term> terms = new ArrayList<>();
    private final List<Boolean> nullable = new ArrayList<>();
    /** The terms with a repetition that has an upper bound. */
    private final BitSet counted = new BitSet();

    private final Subsumption subsumption = new Subsumption(this);
    private final DerivedTexts.Lengths lengths = new DerivedTexts.Lengths(this);
    private final Map<Term, Integer> index = new HashMap<>();
    /** By term; null where they are not known yet. */
    private final List<int @Nullable []> transitions = new ArrayList<>();

    public Derivatives(WorkBudget budget) {
        this.budget = budget;
        this.most = new LimitShare("maxIrNodes", budget.limits().maxIrNodes(), WEIGHT);
        intern(new Term(Kind.NOTHING, Parts.NONE, CodePoints.NONE, 0, 0), false);
        intern(new Term(Kind.EMPTY, Parts.NONE, CodePoints.NONE, 0, 0), true);
    }

    private int intern(Term term, boolean matchesEmpty) {
        Integer known = index.get(term);
        if (known != null) {
            return known;
        }
        most.check(terms.size() + 1);
        allocate(96 + 4L * term.parts.size());
        index.put(term, terms.size());
        counted.set(
                terms.size(),
                (term.kind == Kind.REPEAT && term.max != Expression.UNBOUNDED)
                        || term.parts.stream().anyMatch(counted::get));
        terms.add(term);
        transitions.add(null);
        nullable.add(matchesEmpty);
        return terms.size() - 1;
    }

    /** Whether a term matches the empty text. */
    boolean isNullable(int term) {
        return nullable.get(term);
    }

    /** Whether somewhere in a term is a repetition with an upper bound. */
    boolean isCounted(int term) {
        return counted.get(term);
    }

    /** A term by its number. */
    Term term(int number) {
        return terms.get(number);
    }

    /** Charges memory kept for terms. */
    void allocate(long count) {
        bytes += count;
        budget.allocate(count);
    }

    /** The estimated bytes of all terms. */
    long bytes() {
        return bytes;
    }

    /** Charges further work to another budget. */
    void chargeTo(WorkBudget other) {
        budget = other;
    }

    /** The lengths of the texts of terms. */
    DerivedTexts.Lengths lengths() {
        return lengths;
    }

    /** A term of others as a term of these. Recurses as deep as it is nested, but not along sequences. */
    int copy(Derivatives from, int number) {
        List<Integer> heads = new ArrayList<>();
        int last = number;
        while (from.term(last).kind == Kind.SEQUENCE) {
            heads.add(from.term(last).parts.get(0));
            last = from.term(last).parts.get(1);
        }
        int copied = copyPart(from, from.term(last));
        for (int i = heads.size() - 1; i >= 0; i--) {
            copied = sequence(copy(from, heads.get(i)), copied);
        }
        return copied;
    }

    private int copyPart(Derivatives from, Term term) {
        int[] parts = term.parts.stream().map(part -> copy(from, part)).toArray();
        return switch (term.kind) {
            case NOTHING -> NOTHING;
            case EMPTY -> EMPTY;
            case CLASS -> characters(term.members);
            case REPEAT -> repeat(parts[0], term.min, term.max);
            case CHOICE -> choice(parts);
            case BOTH -> both(parts);
            case NOT -> not(parts[0]);
            case SEQUENCE -> sequence(parts[0], parts[1]);
        };
    }

    /** Charges some units of work. */
    void spend(int units) {
        budget.spend(units);
    }

    /** A repetition in front of a rest. */
    int repeated(int item, int min, int max, int rest) {
        return sequence(repeat(item, min, max), rest);
    }

    /** The term of an expression. Recurses as deep as the expression is nested. */
    public int of(Expression expression) {
        budget.step();
        if (expression instanceof Expression.Literal literal) {
            int[] points = literal.bytes().toUtf8().codePoints().toArray();
            int term = EMPTY;
            for (int i = points.length - 1; i >= 0; i--) {
                term = sequence(characters(CodePoints.of(points[i])), term);
            }
            return term;
        } else if (expression instanceof Expression.CharacterClass one) {
            return characters(one.members());
        } else if (expression instanceof Expression.Sequence sequence) {
            int term = EMPTY;
            for (int i = sequence.items().size() - 1; i >= 0; i--) {
                term = sequence(of(sequence.items().get(i)), term);
            }
            return term;
        } else if (expression instanceof Expression.Choice choice) {
            return choice(choice.alternatives().stream().mapToInt(this::of).toArray());
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat(of(repeat.item()), repeat.min(), repeat.max());
        } else if (expression instanceof Expression.Intersection both) {
            return both(of(both.left()), of(both.right()));
        } else if (expression instanceof Expression.Difference difference) {
            return both(of(difference.left()), not(of(difference.right())));
        }
        String node = expression.getClass().getSimpleName();
        throw new UnsupportedFeatureException(node, "a pattern cannot hold " + node, Place.UNKNOWN);
    }

    private int characters(CodePoints members) {
        return members.isEmpty() ? NOTHING : intern(new Term(Kind.CLASS, Parts.NONE, members, 0, 0), false);
    }

    private int sequence(int head, int tail) {
        if (head == NOTHING || tail == NOTHING) {
            return NOTHING;
        }
        if (head == EMPTY) {
            return tail;
        }
        if (tail == EMPTY) {
            return head;
        }
        Term first = terms.get(head);
        if (first.kind == Kind.SEQUENCE) {
            return sequence(first.parts.get(0), sequence(first.parts.get(1), tail));
        }
        return intern(
                new Term(Kind.SEQUENCE, new Parts(head, tail), CodePoints.NONE, 0, 0),
                isNullable(head) && isNullable(tail));
    }

    private int choice(int[] parts) {
        Choice flat = new Choice();
        for (int part : parts) {
            flat.add(part);
        }
        if (!flat.members.isEmpty()) {
            flat.append(characters(flat.members));
        }
        budget.spend(1 + (parts.length + flat.size) / PARTS_A_UNIT);
        int[] kept = flat.sorted();
        if (Arrays.binarySearch(kept, everything()) >= 0) {
            return everything();
        }
        if (kept.length > 1 && kept[0] == EMPTY && isAnyNullable(kept, 1)) {
            kept = Arrays.copyOfRange(kept, 1, kept.length);
        }
        if (kept.length > 1) {
            kept = subsumption.reduced(kept);
        }
        return kept.length == 0 ? NOTHING : kept.length == 1 ? kept[0] : several(Kind.CHOICE, kept);
    }

    /** The parts of a choice, without choices in it; all its classes of characters are one. */
    private final class Choice {
        private int[] parts = new int[8];
        private int size;
        private CodePoints members = CodePoints.NONE;

        private void add(int part) {
            Term term = terms.get(part);
            if (term.kind == Kind.CHOICE) {
                for (int inner : term.parts.numbers) {
                    add(inner);
                }
            } else if (term.kind == Kind.CLASS) {
                members = members.isEmpty() ? term.members : members.union(term.members);
            } else if (part != NOTHING) {
                append(part);
            }
        }

        private void append(int part) {
            if (size == parts.length) {
                parts = Arrays.copyOf(parts, 2 * size);
            }
            parts[size++] = part;
        }

        private int[] sorted() {
            return Derivatives.sorted(parts, size);
        }
    }

    /** The first numbers of an array in order, each once. */
    static int[] sorted(int[] numbers, int size) {
        Arrays.sort(numbers, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || numbers[i] != numbers[kept - 1]) {
                numbers[kept++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, kept);
    }

    private boolean isAnyNullable(int[] parts, int from) {
        for (int i = from; i < parts.length; i++) {
            if (isNullable(parts[i])) {
                return true;
            }
        }
        return false;
    }

    private int several(Kind kind, int[] parts) {
        boolean matchesEmpty = kind == Kind.CHOICE
                ? isAnyNullable(parts, 0)
                : Arrays.stream(parts).allMatch(this::isNullable);
        return intern(new Term(kind, new Parts(parts), CodePoints.NONE, 0, 0), matchesEmpty);
    }

    private int both(int... parts) {
        TreeSet<Integer> flat = new TreeSet<>();
        for (int part : parts) {
            if (terms.get(part).kind == Kind.BOTH) {
                terms.get(part).parts.stream().forEach(flat::add);
            } else {
                flat.add(part);
            }
        }
        flat.remove(everything());
        if (flat.contains(NOTHING)) {
            return NOTHING;
        }
        if (flat.size() < 2) {
            return flat.isEmpty() ? everything() : flat.first();
        }
        int both = several(Kind.BOTH, flat.stream().mapToInt(Integer::intValue).toArray());
        return lengths.least(both) < DerivedTexts.Lengths.ENDLESS ? both : NOTHING; // no text is long and short enough
    }

    private int not(int part) {
        if (terms.get(part).kind == Kind.NOT) {
            return terms.get(part).parts.get(0);
        }
        return part == NOTHING
                ? everything()
                : intern(new Term(Kind.NOT, new Parts(part), CodePoints.NONE, 0, 0), !isNullable(part));
    }

    /** The term that matches every text. */
    private int everything() {
        return repeat(characters(CodePoints.ALL), 0, Expression.UNBOUNDED);
    }

    private int repeat(int item, int min, int max) {
        if (max == 0 || item == EMPTY || (item == NOTHING && min == 0)) {
            return EMPTY;
        }
        if (item == NOTHING) {
            return NOTHING;
        }
        if (min == 1 && max == 1) {
            return item;
        }
        int least = isNullable(item) ? 0 : min;
        Term inner = terms.get(item);
        if (inner.kind == Kind.REPEAT && inner.min == 0) {
            boolean endless = inner.max == Expression.UNBOUNDED || max == Expression.UNBOUNDED;
            long most = (long) inner.max * max;
            return endless || most <= Integer.MAX_VALUE
                    ? repeat(inner.parts.get(0), 0, endless ? Expression.UNBOUNDED : (int) most)
                    : repeat(inner.parts.get(0), 0, Integer.MAX_VALUE);
        }
        return intern(new Term(Kind.REPEAT, new Parts(item), CodePoints.NONE, least, max), least == 0);
    }

    /** The derivatives of a term by each character: first, last and term of sorted, disjoint ranges in turn. Shared. */
    int[] transitions(int term) {
        int[] known = transitions.get(term);
        if (known == null) {
            known = derive(terms.get(term));
            allocate(32 + 4L * known.length);
            transitions.set(term, known);
        }
        return known;
    }

    private int[] derive(Term term) {
        budget.step();
        switch (term.kind) {
            case CLASS -> {
                CodePoints members = term.members;
                int[] triples = new int[3 * members.rangeCount()];
                for (int i = 0; i < members.rangeCount(); i++) {
                    triples[3 * i] = members.first(i);
                    triples[3 * i + 1] = members.last(i);
                    triples[3 * i + 2] = EMPTY;
                }
                return triples;
            }
            case SEQUENCE -> {
                int head = term.parts.get(0);
                int tail = term.parts.get(1);
                int[] first = followed(transitions(head), tail);
                return isNullable(head) ? merge(List.of(first, transitions(tail)), Kind.CHOICE) : first;
            }
            case REPEAT -> {
                int rest = repeat(
                        term.parts.get(0),
                        Math.max(0, term.min - 1),
                        term.max == Expression.UNBOUNDED ? Expression.UNBOUNDED : term.max - 1);
                return followed(transitions(term.parts.get(0)), rest);
            }
            case CHOICE, BOTH, NOT -> {
                return merge(term.parts.stream().mapToObj(this::transitions).toList(), term.kind);
            }
            default -> {
                return new int[0];
            }
        }
    }

    private int[] followed(int[] triples, int tail) {
        int[] result = triples.clone();
        for (int i = 2; i < result.length; i += 3) {
            result[i] = sequence(result[i], tail);
        }
        return result;
    }

    /** Combines transitions range by range. */
    private int[] merge(List<int[]> all, Kind kind) {
        int[] bounds = bounds(all, kind == Kind.NOT);
        budget.spend(1 + bounds.length / BOUNDS_A_UNIT);
        int[] at = new int[all.size()];
        int[] result = new int[3 * bounds.length];
        Map<Parts, Integer> known = new HashMap<>();
        int size = 0;
        for (int b = 0; b + 1 < bounds.length; b++) {
            int[] parts = new int[at.length];
            for (int p = 0; p < at.length; p++) {
                int[] triples = all.get(p);
                while (at[p] < triples.length && triples[at[p] + 1] < bounds[b]) {
                    at[p] += 3;
                }
                parts[p] = at[p] < triples.length && triples[at[p]] <= bounds[b] ? triples[at[p] + 2] : NOTHING;
            }
            int next = known.computeIfAbsent(new Parts(parts), k -> combined(kind, parts)); // few are new in a state
            if (next == NOTHING || bounds[b] == 0xD800) {
                continue;
            }
            if (size > 0 && result[size - 1] == next && result[size - 2] + 1 == bounds[b]) {
                result[size - 2] = bounds[b + 1] - 1;
            } else {
                result[size++] = bounds[b];
                result[size++] = bounds[b + 1] - 1;
                result[size++] = next;
            }
        }
        return Arrays.copyOf(result, size);
    }

    private int combined(Kind kind, int[] parts) {
        return kind == Kind.CHOICE ? choice(parts) : kind == Kind.BOTH ? both(parts) : not(parts[0]);
    }

    private static int[] bounds(List<int[]> all, boolean complement) {
        int count = 0;
        for (int[] triples : all) {
            count += triples.length / 3 * 2;
        }
        int[] bounds = new int[count + (complement ? 4 : 0)];
        int size = 0;
        for (int[] triples : all) {
            for (int i = 0; i < triples.length; i += 3) {
                bounds[size++] = triples[i];
                bounds[size++] = triples[i + 1] + 1;
            }
        }
        if (complement) {
            System.arraycopy(new int[] {0, 0xD800, 0xE000, Character.MAX_CODE_POINT + 1}, 0, bounds, size, 4);
        }
        return sorted(bounds, bounds.length);
    }
}
