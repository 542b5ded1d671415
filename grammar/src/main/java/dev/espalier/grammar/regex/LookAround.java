// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.regex.tree.RegexTree.Characters;
import dev.espalier.grammar.regex.tree.RegexTree.Choice;
import dev.espalier.grammar.regex.tree.RegexTree.Look;
import dev.espalier.grammar.regex.tree.RegexTree.Repeat;
import dev.espalier.grammar.regex.tree.RegexTree.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Patterns without look-around: what a look demands is worked into the characters that it looks at. {@code .*?(?<!a)b} becomes {@code (?:a*[^a])*?b}, and
 * {@code (?!ab)c*d} becomes {@code c+d|d}. A backtracking search finds the same text: alternatives that are added are told apart by the next character.
 */
final class LookAround {

    private static final RegexTree NEVER = new Choice(List.of());
    private static final int MOST_STEPS = 1000;
    private static final int MOST_STRINGS = 64;

    private final String name;
    private final Place place;
    private int steps;

    /** How a pattern ends. */
    private enum Ends {
        INSIDE,
        OUTSIDE,
        EITHER;

        Ends or(Ends other) {
            return this == other ? this : EITHER;
        }
    }

    LookAround(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    private UnsupportedFeatureException refused(String what) {
        return new UnsupportedFeatureException("look-around", "the pattern of " + name + " " + what, place);
    }

    /**
     * The same pattern without look-around.
     *
     * @throws UnsupportedFeatureException if it looks at what is around the pattern, or at more than can be worked in
     */
    RegexTree removed(RegexTree tree) {
        if (tree instanceof Sequence sequence) {
            return new Sequence(sequence(PatternExpressions.items(sequence)));
        } else if (tree instanceof Choice choice) {
            return new Choice(choice.alternatives().stream().map(this::removed).toList());
        } else if (tree instanceof Repeat repeat) {
            return new Repeat(removed(repeat.item()), repeat.min(), repeat.max(), repeat.greedy());
        } else if (tree instanceof Look) {
            return new Sequence(sequence(List.of(tree)));
        }
        return tree;
    }

    private List<RegexTree> sequence(List<RegexTree> items) {
        List<RegexTree> done = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Look look)) {
                done.add(removed(items.get(i)));
            } else if (look.behind()) {
                done = endingIn(done, one(look));
            } else {
                List<RegexTree> rest = sequence(items.subList(i + 1, items.size()));
                done.add(ahead(rest, strings(look.body()), look.negative()));
                return done;
            }
        }
        return done;
    }

    /** The characters that may stand before a look-behind. */
    private CodePoints one(Look look) {
        CodePoints members = CodePoints.NONE;
        for (List<CodePoints> string : strings(look.body())) {
            if (string.size() != 1) {
                throw refused("looks behind at more than one character");
            }
            members = members.union(string.get(0));
        }
        return look.negative() ? members.complement() : members;
    }

    private List<RegexTree> endingIn(List<RegexTree> items, CodePoints set) {
        Ends ends = ends(items, set);
        if (ends == Ends.INSIDE) {
            return items;
        } else if (ends == Ends.OUTSIDE) {
            return new ArrayList<>(List.of(NEVER));
        } else if (items.isEmpty()) {
            throw refused("looks behind at what stands before it");
        }
        int last = items.size() - 1;
        List<RegexTree> before = new ArrayList<>(items.subList(0, last));
        if (items.get(last) instanceof Characters characters) {
            before.add(new Characters(characters.members().intersect(set)));
        } else if (items.get(last) instanceof Choice choice) {
            before.add(new Choice(choice.alternatives().stream()
                    .map(alternative -> (RegexTree) new Sequence(endingIn(PatternExpressions.items(alternative), set)))
                    .toList()));
        } else if (items.get(last) instanceof Repeat repeat
                && repeat.item() instanceof Characters characters
                && repeat.max() == Expression.UNBOUNDED
                && repeat.min() <= 1) {
            addLoop(before, characters.members(), set, repeat);
        } else {
            throw refused("looks behind at a group that is repeated");
        }
        return before;
    }

    /** Adds a loop of characters that is left behind some of them only. */
    private void addLoop(List<RegexTree> before, CodePoints members, CodePoints set, Repeat written) {
        RegexTree others = new Repeat(new Characters(members.minus(set)), 0, Expression.UNBOUNDED, true);
        RegexTree run = new Sequence(List.of(others, new Characters(members.intersect(set))));
        RegexTree some = new Repeat(run, 1, Expression.UNBOUNDED, written.greedy());
        RegexTree any = new Repeat(run, 0, Expression.UNBOUNDED, written.greedy());
        Ends ends = written.min() == 1 ? Ends.OUTSIDE : ends(before, set);
        if (ends != Ends.EITHER) {
            before.add(ends == Ends.INSIDE ? any : some);
        } else if (!before.isEmpty() && before.get(before.size() - 1) instanceof Characters first) {
            before.remove(before.size() - 1);
            before.add(new Choice(List.of(
                    new Sequence(List.of(new Characters(first.members().intersect(set)), any)),
                    new Sequence(List.of(new Characters(first.members().minus(set)), some)))));
        } else {
            throw refused("looks behind at what stands before it, or at a group that may be empty");
        }
    }

    /** Whether the last character is in a set; of nothing, it is not known. */
    private Ends ends(List<RegexTree> items, CodePoints set) {
        if (items.isEmpty()) {
            return Ends.EITHER;
        }
        RegexTree last = items.get(items.size() - 1);
        List<RegexTree> before = items.subList(0, items.size() - 1);
        if (last instanceof Characters characters) {
            boolean none = characters.members().intersect(set).isEmpty();
            return none ? Ends.OUTSIDE : characters.members().minus(set).isEmpty() ? Ends.INSIDE : Ends.EITHER;
        } else if (last instanceof Choice choice && !choice.alternatives().isEmpty()) {
            return choice.alternatives().stream()
                    .map(alternative -> ends(joined(before, PatternExpressions.items(alternative)), set))
                    .reduce(Ends::or)
                    .orElse(Ends.EITHER);
        } else if (last instanceof Repeat repeat) {
            Ends item = ends(PatternExpressions.items(repeat.item()), set);
            return repeat.min() > 0 ? item : item.or(ends(before, set));
        } else if (last instanceof Sequence sequence) {
            return ends(joined(before, PatternExpressions.items(sequence)), set);
        }
        return Ends.EITHER;
    }

    private static List<RegexTree> joined(List<RegexTree> first, List<RegexTree> second) {
        List<RegexTree> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** What follows a look-ahead, restricted to what begins, or does not begin, with one of some strings. */
    private RegexTree ahead(List<RegexTree> items, List<List<CodePoints>> strings, boolean negative) {
        if (++steps > MOST_STEPS) {
            throw refused("looks ahead at too much");
        } else if (strings.isEmpty() || strings.stream().anyMatch(List::isEmpty)) {
            return strings.isEmpty() == negative ? new Sequence(items) : NEVER;
        } else if (items.isEmpty()) {
            throw refused("looks ahead at what stands behind it");
        }
        RegexTree first = items.get(0);
        List<RegexTree> rest = items.subList(1, items.size());
        if (first instanceof Characters characters) {
            return byCharacter(characters.members(), rest, strings, negative);
        } else if (first instanceof Choice choice) {
            return new Choice(choice.alternatives().stream()
                    .map(alternative -> ahead(joined(PatternExpressions.items(alternative), rest), strings, negative))
                    .toList());
        } else if (first instanceof Repeat repeat) {
            return unrolled(repeat, rest, strings, negative);
        } else if (first instanceof Sequence sequence) {
            return ahead(joined(PatternExpressions.items(sequence), rest), strings, negative);
        }
        throw refused("looks ahead at a place that looks around, too");
    }

    private RegexTree unrolled(Repeat repeat, List<RegexTree> rest, List<List<CodePoints>> strings, boolean negative) {
        if (repeat.max() == 0) {
            return ahead(rest, strings, negative);
        }
        int most = repeat.max() == Expression.UNBOUNDED ? repeat.max() : repeat.max() - 1;
        Repeat others = new Repeat(repeat.item(), Math.max(0, repeat.min() - 1), most, repeat.greedy());
        List<RegexTree> more = joined(PatternExpressions.items(repeat.item()), joined(List.of(others), rest));
        RegexTree some = ahead(more, strings, negative);
        if (repeat.min() > 0) {
            return some;
        }
        RegexTree none = ahead(rest, strings, negative);
        return new Choice(repeat.greedy() ? List.of(some, none) : List.of(none, some));
    }

    private RegexTree byCharacter(
            CodePoints members, List<RegexTree> rest, List<List<CodePoints>> strings, boolean negative) {
        Map<List<List<CodePoints>>, CodePoints> parts = new LinkedHashMap<>(Map.of(List.of(), members));
        for (List<CodePoints> string : strings) {
            Map<List<List<CodePoints>>, CodePoints> finer = new LinkedHashMap<>();
            parts.forEach((left, part) -> {
                List<List<CodePoints>> more = new ArrayList<>(left);
                more.add(string.subList(1, string.size()));
                finer.merge(more, part.intersect(string.get(0)), CodePoints::union);
                finer.merge(left, part.minus(string.get(0)), CodePoints::union);
            });
            parts = finer;
        }
        List<RegexTree> alternatives = new ArrayList<>();
        parts.forEach((left, part) -> {
            if (!part.isEmpty()) {
                alternatives.add(new Sequence(List.of(new Characters(part), ahead(rest, left, negative))));
            }
        });
        return alternatives.size() == 1 ? alternatives.get(0) : new Choice(alternatives);
    }

    /** The strings of a pattern that has few. */
    private List<List<CodePoints>> strings(RegexTree body) {
        List<List<CodePoints>> strings = new ArrayList<>(List.of(List.of()));
        for (RegexTree item : PatternExpressions.items(body)) {
            List<List<CodePoints>> longer = new ArrayList<>();
            for (List<CodePoints> string : strings) {
                for (List<CodePoints> more : itemStrings(item)) {
                    List<CodePoints> both = new ArrayList<>(string);
                    both.addAll(more);
                    longer.add(both);
                }
            }
            strings = longer;
            if (strings.size() > MOST_STRINGS) {
                throw refused("looks around at too many texts");
            }
        }
        return strings;
    }

    private List<List<CodePoints>> itemStrings(RegexTree item) {
        if (item instanceof Characters characters) {
            return List.of(List.of(characters.members()));
        } else if (item instanceof Choice choice) {
            return choice.alternatives().stream()
                    .flatMap(each -> strings(each).stream())
                    .toList();
        } else if (item instanceof Repeat repeat && repeat.max() >= 0 && repeat.max() <= 8) {
            List<List<CodePoints>> all = new ArrayList<>();
            for (int times = repeat.min(); times <= repeat.max(); times++) {
                RegexTree again = new Sequence(Collections.nCopies(times, repeat.item()));
                all.addAll(strings(again));
            }
            return all;
        }
        throw refused("looks around at texts without bounds");
    }
}
