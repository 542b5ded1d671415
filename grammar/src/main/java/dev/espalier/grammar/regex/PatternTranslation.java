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
import dev.espalier.grammar.syntax.PatternParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes a {@link RegexTree} of a pattern of Python's or Rust's while it is parsed. */
final class PatternTranslation extends TreeListener {

    /** In Python, these four are one when case is ignored. */
    private static final CodePoints LETTERS_I = CodePoints.ofRanges('I', 'I', 'i', 'i', 0x130, 0x131);

    /** Python's dollar: the end of the text, or of its last line. */
    private static final RegexTree LAST_LINE_END = new RegexTree.Look(
            false,
            false,
            new RegexTree.Sequence(List.of(
                    new RegexTree.Repeat(new RegexTree.Characters(CodePoints.of('\n')), 0, 1, true),
                    new Assertion(Assertion.Kind.END, CodePoints.NONE))));

    private final SourceText source;
    private final WorkBudget budget;
    private final PatternDialect dialect;
    private final PatternEscapes escapes;
    private final RepeatBounds bounds;
    private final RegexTreeAlgebra algebra = new RegexTreeAlgebra();
    private final ExpressionBuilder<RegexTree> builder;
    private final Deque<Flags> flags = new ArrayDeque<>();

    /** The flags that hold at a place. */
    private record Flags(boolean ignoreCase, boolean multiline, boolean dotAll, boolean ascii) {}

    PatternTranslation(SourceText source, PatternDialect dialect, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
        this.dialect = dialect;
        this.escapes = new PatternEscapes(source, dialect);
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(algebra, budget);
        flags.push(new Flags(false, false, false, false));
    }

    /** What the whole pattern matches; to be called once. */
    RegexTree result() {
        return builder.close();
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == PatternParser.RULE_disjunction) {
            builder.open();
        } else if (context.getRuleIndex() == PatternParser.RULE_group) {
            Token open = context.start;
            if (open.getType() == PatternParser.OPEN_UNSUPPORTED
                    || (open.getType() == PatternParser.OPEN_LOOK && dialect == PatternDialect.RUST)) {
                throw unsupported(open, "a group that starts with \"" + open.getText() + "\" is not supported");
            }
            flags.push(open.getType() == PatternParser.OPEN_FLAGS ? modified(open) : flag());
        }
    }

    private UnsupportedFeatureException unsupported(Token token, String message) {
        return new UnsupportedFeatureException(token.getText(), message, source.place(token.getStartIndex()));
    }

    private Flags flag() {
        return flags.element();
    }

    private Flags modified(Token open) {
        String written = open.getText();
        int minus = written.indexOf('-');
        String on = minus < 0 ? written : written.substring(0, minus);
        String off = minus < 0 ? "" : written.substring(minus);
        String known = dialect == PatternDialect.PYTHON ? "imsua" : "imsu";
        boolean allKnown = written.chars().filter(Character::isLetter).allMatch(letter -> known.indexOf(letter) >= 0);
        if (!allKnown || (dialect == PatternDialect.RUST && off.indexOf('u') >= 0)) {
            throw unsupported(open, "the flags of \"" + written + "\" are not supported here");
        }
        return new Flags(
                has(on, off, 'i', flag().ignoreCase),
                has(on, off, 'm', flag().multiline),
                has(on, off, 's', flag().dotAll),
                (has(on, off, 'a', flag().ascii) && on.indexOf('u') < 0));
    }

    private static boolean has(String on, String off, char letter, boolean before) {
        return on.indexOf(letter) >= 0 || (before && off.indexOf(letter) < 0);
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case PatternParser.RULE_alternative -> builder.endAlternative();
            case PatternParser.RULE_group -> group(context.start);
            case PatternParser.RULE_directive -> directive(context.start);
            case PatternParser.RULE_assertion -> assertion(context.start);
            case PatternParser.RULE_atom -> atom(context.start);
            case PatternParser.RULE_quantifier -> repeat((PatternParser.QuantifierContext) context);
            default -> {}
        }
    }

    private void group(Token open) {
        RegexTree body = builder.close();
        flags.pop();
        if (open.getType() == PatternParser.OPEN_LOOK) {
            body = new RegexTree.Look(
                    open.getText().startsWith("(?<"), open.getText().endsWith("!"), body);
        }
        builder.add(body);
    }

    private void assertion(Token token) {
        boolean multiline = flag().multiline;
        if (token.getText().equals("$") && !multiline && dialect == PatternDialect.PYTHON) {
            builder.add(LAST_LINE_END);
            return;
        }
        Assertion.Kind kind = switch (token.getText()) {
            case "^" -> multiline ? Assertion.Kind.LINE_START : Assertion.Kind.START;
            case "$" -> multiline ? Assertion.Kind.LINE_END : Assertion.Kind.END;
            case "\\A" -> Assertion.Kind.START;
            case "\\Z", "\\z" -> Assertion.Kind.END;
            case "\\b" -> Assertion.Kind.BOUNDARY;
            default -> Assertion.Kind.NO_BOUNDARY;
        };
        builder.add(new Assertion(kind, escapes.named('w', flag().ascii, token.getStartIndex())));
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case PatternParser.TEXT, PatternParser.BRACE -> {
                for (int i = from; i < to; i++) {
                    characters(CodePoints.of(source.at(i)));
                }
            }
            case PatternParser.ANY ->
                builder.add(new RegexTree.Characters(
                        flag().dotAll ? CodePoints.ALL : CodePoints.of('\n').complement()));
            case PatternParser.CLASS ->
                builder.add(new RegexTree.Characters(
                        new PatternClass(source, escapes, dialect, flag().ascii, this::folded, budget)
                                .members(from + 1, to - 1)));
            case PatternParser.ESCAPE ->
                characters(escapes.read(from, false, flag().ascii).members());
            default -> {}
        }
    }

    private CodePoints folded(CodePoints members) {
        if (!flag().ignoreCase) {
            return members;
        }
        CodePoints closure = CaseFolding.closure(members);
        boolean isPython = dialect == PatternDialect.PYTHON;
        return isPython && !closure.intersect(LETTERS_I).isEmpty() ? closure.union(LETTERS_I) : closure;
    }

    private void characters(CodePoints members) {
        builder.add(new RegexTree.Characters(folded(members)));
    }

    private void repeat(PatternParser.QuantifierContext context) {
        Token operator = context.start;
        if (context.style != null
                && (context.style.getType() == PatternParser.PLUS || dialect == PatternDialect.RUST)) {
            throw unsupported(
                    operator,
                    context.style.getType() == PatternParser.PLUS
                            ? "possessive repetitions are not supported"
                            : "lazy repetitions are not supported in llguidance; write [lazy] behind the name of a rule");
        }
        algebra.greedy(context.style == null);
        switch (operator.getType()) {
            case PatternParser.STAR -> builder.repeatLast(0, Expression.UNBOUNDED);
            case PatternParser.PLUS -> builder.repeatLast(1, Expression.UNBOUNDED);
            case PatternParser.QUESTION -> builder.repeatLast(0, 1);
            default -> {
                repeatWithin(operator);
            }
        }
    }

    private void repeatWithin(Token operator) {
        String written = operator.getText();
        int offset = operator.getStartIndex();
        int comma = written.indexOf(',');
        int end = written.length() - 1;
        String least = written.substring(1, comma < 0 ? end : comma);
        int min = least.isEmpty() ? 0 : bounds.read(least, offset);
        int max = comma < 0
                ? min
                : comma + 1 == end ? Expression.UNBOUNDED : bounds.read(written.substring(comma + 1, end), offset);
        bounds.check(min, max, offset);
        builder.repeatLast(min, max);
    }

    /** Flags in the middle hold up to the end of the group; Python has them at the beginning of a whole expression only. */
    private void directive(Token token) {
        if (token.getType() == PatternParser.FLAGS) {
            if (dialect == PatternDialect.PYTHON) {
                throw unsupported(
                        token,
                        "flags for all that follows stand at the beginning of a whole expression only, and a token is part of one");
            }
            Flags now = modified(token);
            flags.pop();
            flags.push(now);
        }
    }
}
