// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Grammar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Random sentences of wanted lengths. First a length is drawn among those that sentences have, all of them equally probable; then one of all derivations of that length, all
 * of them equally probable: the numbers of derivations are counted, exactly. A sentence with several readings comes as often as it has some. Not thread-safe.
 */
public final class SentenceSampler {

    private static final CodePoints PRINTABLE = CodePoints.range(' ', '~').union(CodePoints.of('\n'));

    private final Productions rules;
    private final WorkBudget budget;
    private final Map<CodePoints, CodePoints> shown = new HashMap<>();
    private final Map<Long, BigInteger> counts = new HashMap<>();
    private final Map<RowKey, BigInteger> rowCounts = new HashMap<>();
    private final Set<Long> open = new HashSet<>();
    private final List<Integer> lengths = new ArrayList<>();

    private record RowKey(int symbol, int alternative, int dot, int length) {}

    /**
     * A sampler of a grammar's sentences.
     *
     * @param start the rule to start from
     * @param least the least length, in characters
     * @param most the greatest
     * @param anyCharacter whether classes may become any of their characters; otherwise printable ASCII where they have some
     * @throws UnsatisfiableException if there is no sentence of such a length
     * @throws UnsupportedFeatureException if the grammar has something that is not of characters, sequences, choices and repetitions, or a rule that is its
     *     own text, which has endless derivations
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public SentenceSampler(
            Grammar grammar, String start, int least, int most, boolean anyCharacter, WorkBudget budget) {
        this.rules = Productions.of(grammar, start, most, budget);
        this.budget = budget;
        for (Terminal terminal : rules.terminals()) {
            CodePoints members = terminal.members();
            CodePoints printable = members.intersect(PRINTABLE);
            shown.put(members, anyCharacter || printable.isEmpty() ? members : printable);
        }
        for (int length = least; length <= most; length++) {
            if (count(0, length).signum() > 0) {
                lengths.add(length);
            }
        }
        if (lengths.isEmpty()) {
            throw new UnsatisfiableException(
                    "the grammar has no sentence of " + least + " to " + most + " characters", Place.UNKNOWN);
        }
    }

    /** How many derivations there are of a length; characters of classes are counted one by one. */
    public BigInteger derivations(int length) {
        return count(0, length);
    }

    private BigInteger count(int symbol, int length) {
        if (symbol < 0) {
            return length == 1 ? size(characters(symbol)) : BigInteger.ZERO;
        } else if (length < rules.shortest(symbol)) {
            return BigInteger.ZERO;
        }
        long key = (long) symbol << 32 | length;
        BigInteger known = counts.get(key);
        if (known != null) {
            return known;
        } else if (!open.add(key)) {
            String rule = rules.name(symbol);
            throw new UnsupportedFeatureException(
                    "loop",
                    (rule.isEmpty() ? "a part of a rule" : "the rule \"" + rule + "\"")
                            + " may be its own text, so that there are endless derivations",
                    Place.UNKNOWN);
        }
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < rules.alternatives(symbol).size(); i++) {
            sum = sum.add(row(symbol, i, 0, length));
        }
        open.remove(key);
        budget.allocate(64);
        counts.put(key, sum);
        return sum;
    }

    private CodePoints characters(int symbol) {
        CodePoints members = rules.terminal(symbol).members();
        return shown.getOrDefault(members, members);
    }

    private static BigInteger size(CodePoints members) {
        return BigInteger.valueOf(IntStream.range(0, members.rangeCount())
                .mapToLong(range -> members.last(range) - members.first(range) + 1L)
                .sum());
    }

    private BigInteger row(int symbol, int alternative, int dot, int length) {
        int[] parts = rules.alternatives(symbol).get(alternative);
        if (dot == parts.length) {
            return length == 0 ? BigInteger.ONE : BigInteger.ZERO;
        }
        RowKey key = new RowKey(symbol, alternative, dot, length);
        BigInteger known = rowCounts.get(key);
        if (known != null) {
            return known;
        }
        BigInteger sum = BigInteger.ZERO;
        int first = Math.min(length + 1, rules.shortest(parts[dot]));
        long last = parts[dot] < 0 ? 1 : length - (long) rules.length(parts, dot + 1);
        for (int taken = first; taken <= Math.min(last, length); taken++) {
            budget.step();
            BigInteger behind = row(symbol, alternative, dot + 1, length - taken);
            if (behind.signum() > 0) {
                sum = sum.add(count(parts[dot], taken).multiply(behind));
            }
        }
        budget.allocate(64);
        rowCounts.put(key, sum);
        return sum;
    }

    /** A random sentence. */
    public String next(Random random) {
        return next(random, lengths.get(random.nextInt(lengths.size())));
    }

    /** A random sentence of a length that sentences have. */
    String next(Random random, int length) {
        StringBuilder text = new StringBuilder();
        write(0, length, random, text);
        return text.toString();
    }

    private static BigInteger below(BigInteger bound, Random random) {
        BigInteger drawn;
        do {
            drawn = new BigInteger(bound.bitLength(), random);
        } while (drawn.compareTo(bound) >= 0);
        return drawn;
    }

    private void write(int symbol, int length, Random random, StringBuilder text) {
        if (symbol < 0) {
            text.appendCodePoint(drawn(characters(symbol), random));
            return;
        }
        BigInteger rest = below(count(symbol, length), random);
        int alternative = 0;
        while (rest.compareTo(row(symbol, alternative, 0, length)) >= 0) {
            rest = rest.subtract(row(symbol, alternative, 0, length));
            alternative++;
        }
        int[] parts = rules.alternatives(symbol).get(alternative);
        int left = length;
        for (int dot = 0; dot < parts.length; dot++) {
            BigInteger drawn = below(row(symbol, alternative, dot, left), random);
            int taken = -1;
            BigInteger ways;
            do {
                taken++;
                ways = count(parts[dot], taken).multiply(row(symbol, alternative, dot + 1, left - taken));
                drawn = drawn.subtract(ways);
            } while (drawn.signum() >= 0);
            write(parts[dot], taken, random, text);
            left -= taken;
        }
    }

    private static int drawn(CodePoints members, Random random) {
        int index = random.nextInt(size(members).intValueExact());
        for (int range = 0; ; range++) {
            int count = members.last(range) - members.first(range) + 1;
            if (index < count) {
                return members.first(range) + index;
            }
            index -= count;
        }
    }
}
