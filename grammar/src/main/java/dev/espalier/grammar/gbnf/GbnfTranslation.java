// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.RuleBook;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.GbnfParser;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes a grammar of a GBNF text while it is parsed. */
final class GbnfTranslation extends TreeListener {

    private static final CharacterClass ANY = new CharacterClass(CodePoints.ALL);

    private final SourceText source;
    private final GbnfCharacters characters;
    private final RepeatBounds bounds;
    private final ExpressionBuilder<Expression> builder;
    private final RuleBook book;

    GbnfTranslation(SourceText source, GrammarOptions options, WorkBudget budget) {
        this.source = source;
        this.characters = new GbnfCharacters(source, budget);
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(new PlainAlgebra(), budget);
        this.book = new RuleBook(source, options);
    }

    /** The grammar that was read. */
    Grammar grammar() {
        return book.grammar(GbnfReader.ROOT);
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == GbnfParser.RULE_alternatives) {
            builder.open();
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case GbnfParser.RULE_definition -> define(((GbnfParser.DefinitionContext) context).name);
            case GbnfParser.RULE_sequence -> builder.endAlternative();
            case GbnfParser.RULE_group -> builder.add(builder.close());
            case GbnfParser.RULE_atom -> atom(context.start);
            case GbnfParser.RULE_quantifier -> simpleRepeat(context.start.getType());
            case GbnfParser.RULE_bounds -> countedRepeat((GbnfParser.BoundsContext) context);
            default -> {}
        }
    }

    private void define(Token name) {
        book.define(name.getText(), builder.close(), name.getStartIndex());
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case GbnfParser.LITERAL -> builder.add(Literal.of(characters.literal(from + 1, to - 1)));
            case GbnfParser.CLASS -> builder.add(new CharacterClass(characters.members(from + 1, to - 1)));
            case GbnfParser.ANY -> builder.add(ANY);
            case GbnfParser.NAME -> builder.add(book.reference(token.getText(), from));
            case GbnfParser.TOKEN -> builder.add(specialToken(token.getText(), from));
            case GbnfParser.NOT_TOKEN ->
                builder.add(new OtherToken(List.of(specialToken(token.getText().substring(1), from + 1))));
            default -> {}
        }
    }

    private SpecialToken specialToken(String text, int offset) {
        if (!text.startsWith("<[") || !text.endsWith("]>")) {
            return new SpecialToken(text, -1);
        }
        String digits = text.substring(2, text.length() - 2);
        if (!digits.matches("[0-9]{1,9}")) {
            throw source.error("expected the id of a token between \"<[\" and \"]>\", at most 999999999", offset);
        }
        return new SpecialToken("", Integer.parseInt(digits));
    }

    private void simpleRepeat(int operator) {
        switch (operator) {
            case GbnfParser.STAR -> builder.repeatLast(0, Expression.UNBOUNDED);
            case GbnfParser.PLUS -> builder.repeatLast(1, Expression.UNBOUNDED);
            case GbnfParser.QUESTION -> builder.repeatLast(0, 1);
            default -> {}
        }
    }

    private void countedRepeat(GbnfParser.BoundsContext written) {
        int min = written.least == null ? 0 : bound(written.least);
        int max = written.comma == null ? min : bound(written.most);
        bounds.check(min, max, written.start.getStartIndex());
        builder.repeatLast(min, max);
    }

    private int bound(@Nullable Token digits) {
        return digits == null ? Expression.UNBOUNDED : bounds.read(digits.getText(), digits.getStartIndex());
    }
}
