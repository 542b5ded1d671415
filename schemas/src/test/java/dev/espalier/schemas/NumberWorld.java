// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.number.DecimalLanguage;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.work.Deadline;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/** A random boolean combination of tests, decided by {@link BigDecimal} on whole texts, against a language's states. */
@NullUnmarked // a null state is a dead one
public final class NumberWorld {

    private static final Pattern JSON = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final String ALPHABET = "0123456789-.e+";
    private static final String[] PLACES = {
        "0", "1", "-1", "2", "5", "9", "10", "12", "12.5", "25", "100", "0.5", "0.05", "-0.1", "-2", "-12", "1.25",
        "0.002", "99", "200", "255", "-255", "2.5", "20", "21", "0.21"
    };
    private static final String[] STEPS = {
        "1", "2", "5", "10", "0.5", "0.2", "0.01", "3", "7", "25", "1.5", "0.15", "50", "4", "0.25", "12", "29", "0.07"
    };

    final List<NumberTest> tests = new ArrayList<>();
    final boolean exponents;
    private final int[] outcome;
    private final int results;
    private final Map<State, int[]> seen = new HashMap<>();
    private int texts;
    private long greatest = Long.MAX_VALUE;
    private int fraction = Integer.MAX_VALUE;

    public NumberWorld(Random random, boolean exponents) {
        this.exponents = exponents;
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            NumberTest test = test(random);
            if (!tests.contains(test)) {
                tests.add(test);
            }
        }
        this.results = 1 + random.nextInt(3);
        int dead = random.nextInt(3);
        this.outcome = new int[1 << tests.size()];
        Arrays.setAll(outcome, i -> random.nextInt(3) < dead ? -1 : random.nextInt(results));
    }

    private static BigDecimal pick(Random random, String[] pool) {
        return new BigDecimal(pool[random.nextInt(pool.length)]).stripTrailingZeros();
    }

    private static NumberTest test(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> new NumberTest.AtLeast(pick(random, PLACES));
            case 2, 3 -> new NumberTest.Above(pick(random, PLACES));
            case 4, 5 -> new NumberTest.MultipleOf(pick(random, STEPS));
            case 6 -> new NumberTest.Integral(false);
            case 7 -> new NumberTest.Integral(random.nextBoolean());
            default -> {
                Set<BigDecimal> values = new TreeSet<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    values.add(pick(random, PLACES));
                }
                yield new NumberTest.OneOf(Set.copyOf(values));
            }
        };
    }

    /** Numbers with more before the point, or more digits behind it, have no result any more. */
    public void bound(long most, int digitsBehind) {
        greatest = most;
        fraction = digitsBehind;
    }

    public List<NumberTest> tests() {
        return tests;
    }

    public int result(boolean[] holds) {
        int index = 0;
        for (int i = 0; i < holds.length; i++) {
            index |= holds[i] ? 1 << i : 0;
        }
        return outcome[index];
    }

    public NumberLanguage language() {
        return DecimalLanguage.of(tests, this::result, exponents, Limits.DEFAULT, new Deadline(WorkBudget.standard()));
    }

    @Override
    public String toString() {
        return tests + " -> " + Arrays.toString(outcome) + (exponents ? "" : " plain");
    }

    private static boolean holds(NumberTest test, BigDecimal value, String text) {
        if (test instanceof NumberTest.Integral integral) {
            return integral.byText()
                    ? text.chars().allMatch(c -> c == '-' || Character.isDigit(c))
                    : value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        } else if (test instanceof NumberTest.AtLeast bound) {
            return value.compareTo(bound.bound()) >= 0;
        } else if (test instanceof NumberTest.Above bound) {
            return value.compareTo(bound.bound()) > 0;
        } else if (test instanceof NumberTest.MultipleOf multiple) {
            return value.remainder(multiple.step()).signum() == 0;
        }
        return ((NumberTest.OneOf) test).values().stream().anyMatch(v -> v.compareTo(value) == 0);
    }

    /** The result of a whole text; -1 for none. */
    int judge(String text) {
        if (!(exponents ? JSON : PLAIN).matcher(text).matches()) {
            return -1;
        }
        BigDecimal value = new BigDecimal(text);
        if (!exponents
                && (value.scale() > fraction
                        || value.abs().toBigInteger().compareTo(BigInteger.valueOf(greatest)) > 0)) {
            return -1;
        }
        boolean[] holds = new boolean[tests.size()];
        boolean[] byText = new boolean[tests.size()];
        boolean isPointed = !exponents && text.indexOf('.') >= 0;
        for (int i = 0; i < holds.length; i++) {
            holds[i] = holds(tests.get(i), value, text);
            byText[i] = holds[i] && !(isPointed && tests.get(i).isOfIntegers());
        }
        return result(holds) == result(byText) ? result(holds) : -1;
    }

    private boolean isPrefix(String text) {
        Matcher matcher = (exponents ? JSON : PLAIN).matcher(text);
        return matcher.matches() || matcher.hitEnd();
    }

    static State step(State state, int symbol) {
        State[] next = new State[1];
        if (state != null) {
            state.moves(symbol, new State.Moves() {
                @Override
                public void stay(State after) {
                    next[0] = after;
                }

                @Override
                public void push(State callee, State returnState) {
                    throw new AssertionError();
                }
            });
        }
        return next[0];
    }

    private static int ending(State state) {
        return state == null || state.results().length == 0 ? -1 : state.results()[0];
    }

    private int[] distances(State state) {
        return seen.computeIfAbsent(state, s -> {
            int[] known = new int[results];
            Arrays.setAll(known, s::distance);
            assertTrue(s.goal().length > 0, "a dead state");
            for (int r = 0; r < results; r++) {
                assertEquals(
                        known[r] < Integer.MAX_VALUE,
                        Arrays.binarySearch(s.goal(), r) >= 0,
                        "goal and distance of " + r);
            }
            assertEquals(step(s, 'e'), step(s, 'E'));
            return known;
        });
    }

    /** All texts that go on with at most so many characters; answers how many. */
    public int compareAll(State start, String prefix, int more) {
        State state = start;
        for (char c : prefix.toCharArray()) {
            state = step(state, c);
        }
        texts = 0;
        compare(state, prefix, prefix.length() + more);
        return texts;
    }

    private int[] compare(State state, String text, int length) {
        texts++;
        int[] best = new int[results];
        Arrays.fill(best, Integer.MAX_VALUE);
        int judged = judge(text);
        assertEquals(judged, ending(state), () -> "the result of " + text);
        if (judged >= 0) {
            best[judged] = 0;
        }
        if (text.length() < length) {
            for (char c : ALPHABET.toCharArray()) {
                State next = step(state, c);
                if (!isPrefix(text + c)) {
                    assertEquals(null, next, () -> text + c);
                    continue;
                }
                int[] after = compare(next, text + c, length);
                for (int r = 0; r < results; r++) {
                    best[r] = Math.min(best[r], after[r] == Integer.MAX_VALUE ? after[r] : after[r] + 1);
                }
            }
        }
        int window = length - text.length();
        for (int r = 0; r < results; r++) {
            int distance = state == null ? Integer.MAX_VALUE : distances(state)[r];
            int result = r;
            if (best[r] <= window) {
                assertEquals(best[r], distance, () -> "bytes to " + result + " after " + text);
            } else {
                assertTrue(distance > window, () -> "no " + result + " in " + distance + " bytes after " + text);
                if (distance < Integer.MAX_VALUE && window == 0) {
                    follow(state, text, r, distance);
                }
            }
        }
        return best;
    }

    /** The way that the distances show leads to the result. */
    private void follow(State state, String text, int result, int distance) {
        State at = state;
        StringBuilder way = new StringBuilder(text);
        for (int left = distance; left > 0; left--) {
            State next = null;
            for (char c : ALPHABET.toCharArray()) {
                State after = step(at, c);
                if (after != null && after.distance(result) == left - 1) {
                    next = after;
                    way.append(c);
                    break;
                }
            }
            assertTrue(next != null, () -> "no way to " + result + " after " + way);
            at = next;
        }
        assertEquals(result, judge(way.toString()), () -> "the result of " + way);
    }

    /** A text whose value is close to what the tests name. */
    public String text(Random random) {
        BigDecimal value = pick(random, random.nextBoolean() ? PLACES : STEPS);
        if (random.nextBoolean()) {
            value = value.multiply(BigDecimal.valueOf(random.nextInt(30) - 10))
                    .scaleByPowerOfTen(random.nextInt(9) - 4);
        }
        if (random.nextInt(4) == 0) {
            value = value.add(BigDecimal.ONE.scaleByPowerOfTen(-random.nextInt(6)));
        }
        int move = exponents && random.nextInt(3) > 0 ? random.nextInt(9) - 4 : 0;
        String text = value.scaleByPowerOfTen(-move).toPlainString();
        if (random.nextInt(3) == 0) {
            text += (text.contains(".") ? "" : ".") + "0".repeat(1 + random.nextInt(4));
        }
        return move == 0 && !(exponents && random.nextInt(6) == 0)
                ? text
                : text + "e" + (move < 0 ? "-" : random.nextBoolean() ? "+" : "") + "0".repeat(random.nextInt(2))
                        + Math.abs(move);
    }

    /** Reads one text. */
    public void read(State start, String text) {
        int judged = judge(text);
        State state = start;
        for (int i = 0; i <= text.length(); i++) {
            int left = text.length() - i;
            String before = text.substring(0, i);
            if (judged >= 0) {
                assertTrue(state != null, () -> before + " is dead, not so " + text);
                assertTrue(distances(state)[judged] <= left, () -> "too far from " + text + " after " + before);
            }
            state = i < text.length() ? step(state, text.charAt(i)) : state;
        }
        assertEquals(judged, ending(state), () -> "the result of " + text);
    }
}
