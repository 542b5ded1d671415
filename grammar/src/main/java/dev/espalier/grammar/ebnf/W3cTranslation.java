// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RuleBook;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.W3cEbnfParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes a grammar of a text in the W3C's notation while it is parsed. */
final class W3cTranslation extends TreeListener {

    private final SourceText source;
    private final W3cCharacters characters;
    private final ExpressionBuilder<Expression> builder;
    private final RuleBook book;

    W3cTranslation(SourceText source, GrammarOptions options, WorkBudget budget) {
        this.source = source;
        this.characters = new W3cCharacters(source, budget);
        this.builder = new ExpressionBuilder<>(new PlainAlgebra(), budget);
        this.book = new RuleBook(source, options);
    }

    /** The grammar that was read. */
    Grammar grammar() {
        return book.grammar("");
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == W3cEbnfParser.RULE_alternatives) {
            builder.open();
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case W3cEbnfParser.RULE_definition ->
                book.define(context.start.getText(), builder.close(), context.start.getStartIndex());
            case W3cEbnfParser.RULE_sequence -> builder.endAlternative();
            case W3cEbnfParser.RULE_exception -> builder.mergeLast(Difference::new);
            case W3cEbnfParser.RULE_group -> builder.add(builder.close());
            case W3cEbnfParser.RULE_atom -> atom(context.start);
            case W3cEbnfParser.RULE_quantifier -> repeat(context.start.getType());
            default -> {}
        }
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case W3cEbnfParser.LITERAL -> builder.add(Literal.of(source.slice(from + 1, to - 1)));
            case W3cEbnfParser.CLASS -> builder.add(new CharacterClass(characters.members(from + 1, to - 1)));
            case W3cEbnfParser.CHARACTER -> builder.add(Literal.of(Character.toString(characters.numbered(from, to))));
            case W3cEbnfParser.NAME -> builder.add(book.reference(token.getText(), from));
            default -> {}
        }
    }

    private void repeat(int operator) {
        boolean again = operator != W3cEbnfParser.QUESTION;
        builder.repeatLast(operator == W3cEbnfParser.PLUS ? 1 : 0, again ? Expression.UNBOUNDED : 1);
    }
}
