// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.RegexParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes an expression of a pattern while it is parsed. */
final class RegexTranslation extends TreeListener {

    private static final CodePoints DOT =
            CodePoints.ofRanges('\n', '\n', '\r', '\r', 0x2028, 0x2029).complement();

    private final SourceText source;
    private final WorkBudget budget;
    private final RegexEscapes escapes;
    private final RepeatBounds bounds;
    private final LookAheads lookAheads;
    private final ExpressionBuilder<Anchored> builder;

    /**
     * A translation of one pattern.
     *
     * @param tail what may follow the whole pattern
     */
    RegexTranslation(SourceText source, Expression tail, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
        this.escapes = new RegexEscapes(source, RegexEscapes.WORD);
        this.bounds = new RepeatBounds(source);
        this.lookAheads = new LookAheads(source, tail);
        this.builder = new ExpressionBuilder<>(new AnchoredAlgebra(lookAheads), budget);
    }

    /** What the whole pattern matches; to be called once. */
    Anchored result() {
        return builder.close();
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == RegexParser.RULE_disjunction) {
            builder.open();
        } else if (context.getRuleIndex() == RegexParser.RULE_group) {
            switch (context.start.getType()) {
                case RegexParser.OPEN_UNSUPPORTED -> throw unsupportedGroup(context.start);
                case RegexParser.OPEN_LOOK_AHEAD -> lookAheads.open();
                default -> {}
            }
        }
    }

    private void group(Token open) {
        Anchored body = builder.close();
        if (open.getType() == RegexParser.OPEN_LOOK_AHEAD) {
            lookAheads.close();
            body = Anchored.of(new Anchored.LookAhead(open.getText().equals("(?!"), body), open.getStartIndex());
        }
        builder.add(body);
    }

    private UnsupportedFeatureException unsupportedGroup(Token open) {
        String written = open.getText();
        String what = written.startsWith("(?<") ? "look-behind" : "a group that starts with \"" + written + "\"";
        return new UnsupportedFeatureException(
                written, what + " cannot be enforced exactly", source.place(open.getStartIndex()));
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case RegexParser.RULE_alternative -> builder.endAlternative();
            case RegexParser.RULE_group -> group(context.start);
            case RegexParser.RULE_assertion ->
                builder.add(Anchored.assertion(
                        context.start.getType() == RegexParser.START ? Anchored.START : Anchored.END));
            case RegexParser.RULE_atom -> atom(context.start);
            case RegexParser.RULE_quantifier -> repeat(context.start);
            default -> {}
        }
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case RegexParser.TEXT, RegexParser.BRACE -> text(from, to);
            case RegexParser.ANY -> addClass(DOT);
            case RegexParser.CLASS ->
                addClass(new RegexClass(source, escapes, budget, members -> members).members(from + 1, to - 1));
            case RegexParser.ESCAPE -> escape(escapes.read(from, false));
            default -> {}
        }
    }

    /** A quantifier after a run of characters repeats the last of them only. */
    private void text(int from, int to) {
        if (to - from > 1) {
            addText(source.slice(from, to - 1));
        }
        addText(source.slice(to - 1, to));
    }

    private void escape(RegexEscapes.Escape escape) {
        if (escape.codePoint() >= 0 && !escape.members().isEmpty()) {
            addText(Character.toString(escape.codePoint()));
        } else {
            addClass(escape.members());
        }
    }

    private void addText(String text) {
        builder.add(Anchored.free(Literal.of(text), false));
    }

    private void addClass(CodePoints members) {
        builder.add(Anchored.free(new CharacterClass(members), false));
    }

    private void repeat(Token operator) {
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
