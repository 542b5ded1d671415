// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.RuleBook;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.IsoEbnfParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes a grammar of an ISO 14977 text while it is parsed. */
final class IsoTranslation extends TreeListener {

    private final SourceText source;
    private final RepeatBounds bounds;
    private final ExpressionBuilder<Expression> builder;
    private final RuleBook book;

    /** The name of the rule that is being read. */
    private String defined = "";

    /** Whether the factor that is being read has a primary by now. */
    private boolean hasPrimary;

    IsoTranslation(SourceText source, GrammarOptions options, WorkBudget budget) {
        this.source = source;
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(new PlainAlgebra(), budget);
        this.book = new RuleBook(source, options, name -> name.replaceAll("\\s", ""));
    }

    /** The grammar that was read. */
    Grammar grammar() {
        return book.grammar("");
    }

    @Override
    protected void enter(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case IsoEbnfParser.RULE_alternatives -> builder.open();
            case IsoEbnfParser.RULE_factor -> hasPrimary = false;
            default -> {}
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case IsoEbnfParser.RULE_name -> defined = name(context);
            case IsoEbnfParser.RULE_definition -> book.define(defined, builder.close(), context.start.getStartIndex());
            case IsoEbnfParser.RULE_sequence -> builder.endAlternative();
            case IsoEbnfParser.RULE_exception -> builder.mergeLast(Difference::new);
            case IsoEbnfParser.RULE_factor -> factor(((IsoEbnfParser.FactorContext) context).times);
            case IsoEbnfParser.RULE_primary -> primary(context);
            default -> {}
        }
    }

    /** A name with one blank for each gap. */
    private String name(ParserRuleContext context) {
        return source.slice(context.start.getStartIndex(), context.stop.getStopIndex() + 1)
                .replaceAll("\\s+", " ");
    }

    private void factor(@Nullable Token times) {
        if (!hasPrimary) {
            builder.add(Expression.EMPTY);
        }
        if (times != null) {
            int count = bounds.read(times.getText(), times.getStartIndex());
            builder.repeatLast(count, count);
        }
    }

    private void primary(ParserRuleContext context) {
        Token token = context.start;
        int from = token.getStartIndex();
        switch (token.getType()) {
            case IsoEbnfParser.WORD -> builder.add(book.reference(name(context), from));
            case IsoEbnfParser.LITERAL -> builder.add(Literal.of(source.slice(from + 1, token.getStopIndex())));
            case IsoEbnfParser.SPECIAL ->
                throw new UnsupportedFeatureException(
                        "special sequence",
                        "a special sequence (? ... ?) cannot be enforced; write what it means as a rule",
                        source.place(from));
            default -> builder.add(builder.close());
        }
        if (token.getType() == IsoEbnfParser.OPEN_OPTION) {
            builder.repeatLast(0, 1);
        } else if (token.getType() == IsoEbnfParser.OPEN_REPETITION) {
            builder.repeatLast(0, Expression.UNBOUNDED);
        }
        hasPrimary = true;
    }
}
