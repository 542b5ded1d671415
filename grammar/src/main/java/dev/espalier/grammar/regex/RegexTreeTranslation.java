// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.regex.tree.RegexTree.Assertion;
import dev.espalier.grammar.regex.tree.RegexTreeAlgebra;
import dev.espalier.grammar.source.CaseFolding;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.RegexParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes a {@link RegexTree} of a pattern while it is parsed. */
final class RegexTreeTranslation extends TreeListener {

    private static final CodePoints LINE_ENDS = CodePoints.ofRanges('\n', '\n', '\r', '\r', 0x2028, 0x2029);

    private final SourceText source;
    private final WorkBudget budget;
    private final RepeatBounds bounds;
    private final RegexTreeAlgebra algebra = new RegexTreeAlgebra();
    private final ExpressionBuilder<RegexTree> builder;
    private final Deque<Integer> numbers = new ArrayDeque<>();
    private final Deque<Flags> flags = new ArrayDeque<>();
    private final Map<String, Integer> names;
    private final int groups;
    private int opened;

    /** The modifiers that hold at a place. */
    private record Flags(boolean ignoreCase, boolean multiline, boolean dotAll) {}

    RegexTreeTranslation(SourceText source, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(algebra, budget);
        this.names = new HashMap<>();
        this.groups = scan();
        flags.push(new Flags(false, false, false));
    }

    /** Counts the capturing groups, and notes their names: a reference may stand before its group. */
    private int scan() {
        int count = 0;
        boolean inClass = false;
        for (int i = 0; i < source.length(); i++) {
            int c = source.at(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(' && source.at(i + 1) != '?') {
                count++;
            } else if (c == '(' && source.at(i + 2) == '<' && source.at(i + 3) != '=' && source.at(i + 3) != '!') {
                count++;
                int end = i + 3;
                while (source.at(end) >= 0 && source.at(end) != '>') {
                    end++;
                }
                names.put(source.slice(i + 3, end), count);
            }
        }
        return count;
    }

    /** What the whole pattern matches; to be called once. */
    RegexTree result() {
        return builder.close();
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == RegexParser.RULE_disjunction) {
            builder.open();
        } else if (context.getRuleIndex() == RegexParser.RULE_group) {
            String open = context.start.getText();
            boolean captures = open.equals("(") || context.start.getType() == RegexParser.OPEN_NAMED;
            numbers.push(captures ? ++opened : 0);
            flags.push(context.start.getType() == RegexParser.OPEN_UNSUPPORTED ? modified(context.start) : flag());
        }
    }

    private Flags flag() {
        return flags.element();
    }

    private Flags modified(Token open) {
        String written = open.getText();
        if (written.startsWith("(?<")) {
            return flag();
        }
        int minus = written.indexOf('-');
        boolean shaped = written.matches("\\(\\?[ims]*(-[ims]*)?:")
                && written.length() > (minus < 0 ? 3 : 4)
                && written.chars().distinct().count() == written.length();
        if (!shaped) {
            throw new UnsupportedFeatureException(
                    written,
                    "a group that starts with \"" + written + "\" is not part of ECMA-262",
                    source.place(open.getStartIndex()));
        }
        String on = minus < 0 ? written : written.substring(0, minus);
        String off = minus < 0 ? "" : written.substring(minus);
        return new Flags(
                has(on, off, 'i', flag().ignoreCase),
                has(on, off, 'm', flag().multiline),
                has(on, off, 's', flag().dotAll));
    }

    private static boolean has(String on, String off, char letter, boolean before) {
        return on.indexOf(letter) >= 0 || (before && off.indexOf(letter) < 0);
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case RegexParser.RULE_alternative -> builder.endAlternative();
            case RegexParser.RULE_group -> group(context.start);
            case RegexParser.RULE_assertion -> assertion(context.start.getType() == RegexParser.START);
            case RegexParser.RULE_atom -> atom(context.start);
            case RegexParser.RULE_quantifier -> repeat(context);
            default -> {}
        }
    }

    private void group(Token open) {
        RegexTree body = builder.close();
        int number = numbers.pop();
        flags.pop();
        String written = open.getText();
        boolean behind = written.equals("(?<=") || written.equals("(?<!");
        if (behind || open.getType() == RegexParser.OPEN_LOOK_AHEAD) {
            body = new RegexTree.Look(behind, written.endsWith("!"), body);
        } else if (number > 0) {
            body = new RegexTree.Group(number, body);
        }
        builder.add(body);
    }

    private void assertion(boolean start) {
        Assertion.Kind kind = flag().multiline
                ? (start ? Assertion.Kind.LINE_START : Assertion.Kind.LINE_END)
                : (start ? Assertion.Kind.START : Assertion.Kind.END);
        builder.add(new Assertion(kind, CodePoints.NONE));
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case RegexParser.TEXT, RegexParser.BRACE -> {
                for (int i = from; i < to; i++) {
                    characters(CodePoints.of(source.at(i)));
                }
            }
            case RegexParser.ANY ->
                builder.add(new RegexTree.Characters(flag().dotAll ? CodePoints.ALL : LINE_ENDS.complement()));
            case RegexParser.CLASS -> {
                RegexClass one = new RegexClass(source, escapes(), budget, this::folded);
                builder.add(new RegexTree.Characters(one.members(from + 1, to - 1)));
            }
            case RegexParser.ESCAPE -> escape(from, to);
            default -> {}
        }
    }

    private RegexEscapes escapes() {
        return new RegexEscapes(source, word());
    }

    private CodePoints word() {
        return folded(RegexEscapes.WORD);
    }

    private CodePoints folded(CodePoints members) {
        return flag().ignoreCase ? CaseFolding.closure(members) : members;
    }

    private void characters(CodePoints members) {
        builder.add(new RegexTree.Characters(folded(members)));
    }

    private void escape(int from, int to) {
        int letter = source.at(from + 1);
        if (letter == 'b' || letter == 'B') {
            Assertion.Kind kind = letter == 'b' ? Assertion.Kind.BOUNDARY : Assertion.Kind.NO_BOUNDARY;
            builder.add(new Assertion(kind, word()));
        } else if (letter == 'k') {
            Integer group = to - from > 4 ? names.get(source.slice(from + 3, to - 1)) : null;
            reference(group == null ? 0 : group, from);
        } else if (letter >= '1' && letter <= '9') {
            String digits = source.slice(from + 1, to);
            reference(digits.length() > 9 ? 0 : Integer.parseInt(digits), from);
        } else {
            characters(escapes().read(from, false).members());
        }
    }

    private void reference(int group, int from) {
        if (group < 1 || group > groups) {
            throw source.error("there is no group that this refers to", from);
        }
        builder.add(new RegexTree.Reference(group, flag().ignoreCase));
    }

    private void repeat(ParserRuleContext context) {
        Token operator = context.start;
        algebra.greedy(context.stop == operator);
        switch (operator.getType()) {
            case RegexParser.STAR -> builder.repeatLast(0, Expression.UNBOUNDED);
            case RegexParser.PLUS -> builder.repeatLast(1, Expression.UNBOUNDED);
            case RegexParser.QUESTION -> builder.repeatLast(0, 1);
            default -> {
                int[] read = bounds.read(operator);
                builder.repeatLast(read[0], read[1]);
            }
        }
    }
}
