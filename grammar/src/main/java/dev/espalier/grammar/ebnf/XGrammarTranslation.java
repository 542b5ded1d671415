// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.RuleBook;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.XGrammarParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes a grammar of a text in XGrammar's notation while it is parsed. */
final class XGrammarTranslation extends TreeListener {

    private final SourceText source;
    private final XGrammarCharacters characters;
    private final RepeatBounds bounds;
    private final ExpressionBuilder<Expression> builder;
    private final RuleBook book;
    private final MacroCalls calls;
    private final Macros macros;
    private final WorkBudget budget;

    XGrammarTranslation(SourceText source, GrammarOptions options, PatternMacro patterns, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
        this.characters = new XGrammarCharacters(source, budget);
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(new PlainAlgebra(), budget);
        this.book = new RuleBook(source, options);
        this.calls = new MacroCalls(source, characters);
        this.macros = new Macros(source, book, patterns);
    }

    /** The grammar that was read. */
    Grammar grammar() {
        return book.grammar(XGrammarReader.ROOT);
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == XGrammarParser.RULE_alternatives) {
            builder.open();
        } else {
            calls.enter(context, context.start);
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case XGrammarParser.RULE_definition -> define((XGrammarParser.DefinitionContext) context);
            case XGrammarParser.RULE_sequence -> builder.endAlternative();
            case XGrammarParser.RULE_group -> builder.add(builder.close());
            case XGrammarParser.RULE_lookAhead -> builder.close();
            case XGrammarParser.RULE_atom -> atom(context.start);
            case XGrammarParser.RULE_quantifier -> simpleRepeat(context.start.getType());
            case XGrammarParser.RULE_bounds -> countedRepeat((XGrammarParser.BoundsContext) context);
            default -> calls.leave(context);
        }
    }

    private void define(XGrammarParser.DefinitionContext context) {
        Token options = context.options;
        if (options != null) {
            RuleOptions.check(source, options.getStartIndex() + 1, options.getStopIndex());
        }
        book.define(context.name.getText(), builder.close(), context.name.getStartIndex());
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case XGrammarParser.LITERAL -> builder.add(Literal.of(characters.literal(from + 1, to - 1)));
            case XGrammarParser.CLASS -> builder.add(new CharacterClass(characters.members(from + 1, to - 1)));
            case XGrammarParser.NAME -> builder.add(book.reference(token.getText(), from));
            case XGrammarParser.EMPTY -> builder.add(Expression.EMPTY);
            case XGrammarParser.MACRO -> builder.add(macros.expression(calls.call(), budget));
            default -> {}
        }
    }

    private void simpleRepeat(int operator) {
        switch (operator) {
            case XGrammarParser.STAR -> builder.repeatLast(0, Expression.UNBOUNDED);
            case XGrammarParser.PLUS -> builder.repeatLast(1, Expression.UNBOUNDED);
            case XGrammarParser.QUESTION -> builder.repeatLast(0, 1);
            default -> {}
        }
    }

    private void countedRepeat(XGrammarParser.BoundsContext written) {
        Token most = written.most;
        int min = bounds.read(written.least.getText(), written.least.getStartIndex());
        int max = written.comma == null
                ? min
                : most == null ? Expression.UNBOUNDED : bounds.read(most.getText(), most.getStartIndex());
        bounds.check(min, max, written.start.getStartIndex());
        builder.repeatLast(min, max);
    }
}
