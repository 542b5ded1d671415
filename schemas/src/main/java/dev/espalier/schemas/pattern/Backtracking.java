// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.source.CaseFolding;
import dev.espalier.schemas.work.Deadline;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A search for a regular expression in a text by backtracking, as ECMA-262 describes it. Also the slow oracle of {@link LookAround}. Source:
 * ECMA-262, section 22.2.2 (pattern semantics).
 */
final class Backtracking {

    /** The continuation of a part, which must match after it. */
    private interface Rest {
        boolean matches(int at);
    }

    private final int[] text;
    private final RegexTree tree;
    private final Deadline deadline;
    private final Map<RegexTree, BitSet> groups = new IdentityHashMap<>();
    /** The start and end of the last match of each group; -1 for none. */
    private int[] captures = new int[2];

    Backtracking(int[] text, RegexTree tree, Deadline deadline) {
        this.text = text;
        this.tree = tree;
        this.deadline = deadline;
    }

    /** Whether the expression matches somewhere. */
    boolean isFound() {
        int size = 2 * (groups(tree).length() + 1);
        for (int at = 0; at <= text.length; at++) {
            captures = new int[size];
            Arrays.fill(captures, -1);
            if (match(tree, at, false, end -> true)) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of the groups inside a part. */
    private BitSet groups(RegexTree part) {
        BitSet known = groups.get(part);
        if (known == null) {
            BitSet found = new BitSet();
            if (part instanceof RegexTree.Sequence sequence) {
                sequence.items().forEach(item -> found.or(groups(item)));
            } else if (part instanceof RegexTree.Choice choice) {
                choice.alternatives().forEach(item -> found.or(groups(item)));
            } else if (part instanceof RegexTree.Repeat repeat) {
                found.or(groups(repeat.item()));
            } else if (part instanceof RegexTree.Look look) {
                found.or(groups(look.body()));
            } else if (part instanceof RegexTree.Group group) {
                found.or(groups(group.body()));
                found.set(group.number());
            }
            groups.put(part, found);
            known = found;
        }
        return known;
    }

    /** Whether a part and then the rest match, reading forwards, or backwards inside a look-behind. */
    private boolean match(RegexTree part, int at, boolean back, Rest rest) {
        deadline.tick();
        if (part instanceof RegexTree.Characters one) {
            int read = back ? at - 1 : at;
            boolean good = read >= 0 && read < text.length && one.members().contains(text[read]);
            return good && rest.matches(back ? at - 1 : at + 1);
        } else if (part instanceof RegexTree.Sequence sequence) {
            return sequence(sequence, back ? sequence.items().size() - 1 : 0, at, back, rest);
        } else if (part instanceof RegexTree.Choice choice) {
            for (RegexTree alternative : choice.alternatives()) {
                if (match(alternative, at, back, rest)) {
                    return true;
                }
            }
            return false;
        } else if (part instanceof RegexTree.Repeat repeat) {
            return repeat(repeat, repeat.min(), repeat.max(), at, back, rest);
        } else if (part instanceof RegexTree.Assertion assertion) {
            return holds(assertion, at) && rest.matches(at);
        } else if (part instanceof RegexTree.Look look) {
            return look(look, at, rest);
        } else if (part instanceof RegexTree.Group group) {
            return group(group, at, back, rest);
        }
        return reference((RegexTree.Reference) part, at, back, rest);
    }

    private boolean sequence(RegexTree.Sequence sequence, int item, int at, boolean back, Rest rest) {
        if (item < 0 || item == sequence.items().size()) {
            return rest.matches(at);
        }
        Rest others = end -> sequence(sequence, back ? item - 1 : item + 1, end, back, rest);
        return match(sequence.items().get(item), at, back, others);
    }

    private boolean repeat(RegexTree.Repeat repeat, int min, int max, int at, boolean back, Rest rest) {
        if (max == 0) {
            return rest.matches(at);
        }
        if (min == 0 && !repeat.greedy() && rest.matches(at)) {
            return true;
        }
        int fewer = max == Expression.UNBOUNDED ? max : max - 1;
        Rest again = end -> (min > 0 || end != at) && repeat(repeat, Math.max(0, min - 1), fewer, end, back, rest);
        int[] before = captures.clone();
        groups(repeat.item()).stream().forEach(group -> Arrays.fill(captures, 2 * group, 2 * group + 2, -1));
        if (match(repeat.item(), at, back, again)) {
            return true;
        }
        captures = before;
        return min == 0 && repeat.greedy() && rest.matches(at);
    }

    private boolean look(RegexTree.Look look, int at, Rest rest) {
        int[] before = captures.clone();
        boolean found = match(look.body(), at, look.behind(), end -> true);
        if (found == look.negative()) {
            captures = before;
            return false;
        }
        if (look.negative()) {
            captures = before.clone();
        }
        if (rest.matches(at)) {
            return true;
        }
        captures = before;
        return false;
    }

    private boolean group(RegexTree.Group group, int at, boolean back, Rest rest) {
        return match(group.body(), at, back, end -> {
            int[] before = captures.clone();
            captures[2 * group.number()] = Math.min(at, end);
            captures[2 * group.number() + 1] = Math.max(at, end);
            if (rest.matches(end)) {
                return true;
            }
            captures = before;
            return false;
        });
    }

    private boolean reference(RegexTree.Reference reference, int at, boolean back, Rest rest) {
        int from = captures[2 * reference.group()];
        int length = captures[2 * reference.group() + 1] - from;
        if (from < 0) {
            return rest.matches(at);
        }
        int start = back ? at - length : at;
        if (start < 0 || start + length > text.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int one = text[from + i];
            int other = text[start + i];
            boolean same = one == other || (reference.ignoreCase() && CaseFolding.fold(one) == CaseFolding.fold(other));
            if (!same) {
                return false;
            }
        }
        return rest.matches(back ? at - length : at + length);
    }

    private boolean holds(RegexTree.Assertion assertion, int at) {
        return switch (assertion.kind()) {
            case START -> at == 0;
            case END -> at == text.length;
            case LINE_START -> at == 0 || isLineEnd(text[at - 1]);
            case LINE_END -> at == text.length || isLineEnd(text[at]);
            case BOUNDARY -> isWord(assertion.word(), at - 1) != isWord(assertion.word(), at);
            case NO_BOUNDARY -> isWord(assertion.word(), at - 1) == isWord(assertion.word(), at);
        };
    }

    private boolean isWord(CodePoints word, int at) {
        return at >= 0 && at < text.length && word.contains(text[at]);
    }

    private static boolean isLineEnd(int character) {
        return character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029;
    }
}
