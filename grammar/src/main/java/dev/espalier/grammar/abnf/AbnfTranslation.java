// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.abnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.RuleBook;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.AbnfParser;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes a grammar of an ABNF text while it is parsed. */
final class AbnfTranslation extends TreeListener {

    private final SourceText source;
    private final boolean bytes;
    private final AbnfValues values;
    private final RepeatBounds bounds;
    private final ExpressionBuilder<Expression> builder;
    private final RuleBook book;

    /** Names in angle brackets, which are prose unless there is such a rule, and where they are. */
    private final Map<String, Integer> prose = new LinkedHashMap<>();

    AbnfTranslation(SourceText source, boolean bytes, GrammarOptions options, WorkBudget budget) {
        this.source = source;
        this.bytes = bytes;
        this.values = new AbnfValues(source, bytes);
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(new PlainAlgebra(), budget);
        this.book = new RuleBook(source, options, name -> name.toLowerCase(Locale.ROOT));
    }

    /** The grammar that was read, with the core rules that it uses and does not define. */
    Grammar grammar() {
        book.undefined().forEach(this::defineCore);
        prose.forEach((name, offset) -> {
            if (!book.isDefined(name)) {
                throw refused(offset);
            }
        });
        return book.grammar("");
    }

    private void defineCore(String name) {
        CoreRules.of(name, bytes).ifPresent(body -> book.define(name, body, book.firstUse(name)));
    }

    private UnsupportedFeatureException refused(int offset) {
        return new UnsupportedFeatureException(
                "prose value", "a prose value cannot be enforced; write what it means as a rule", source.place(offset));
    }

    @Override
    protected void enter(ParserRuleContext context) {
        if (context.getRuleIndex() == AbnfParser.RULE_alternatives) {
            builder.open();
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case AbnfParser.RULE_definition -> define((AbnfParser.DefinitionContext) context);
            case AbnfParser.RULE_sequence -> builder.endAlternative();
            case AbnfParser.RULE_group -> builder.add(builder.close());
            case AbnfParser.RULE_option -> {
                builder.add(builder.close());
                builder.repeatLast(0, 1);
            }
            case AbnfParser.RULE_element -> element(context.start);
            case AbnfParser.RULE_item -> repeat(((AbnfParser.ItemContext) context).times);
            default -> {}
        }
    }

    private void define(AbnfParser.DefinitionContext context) {
        String name = context.name.getText();
        int offset = context.name.getStartIndex();
        Expression body = builder.close();
        if (context.sign.getType() == AbnfParser.DEFINE) {
            book.define(name, body, offset);
            return;
        }
        if (!book.isDefined(name)) {
            defineCore(name);
        }
        book.extend(name, body, offset);
    }

    private void element(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case AbnfParser.NAME -> builder.add(book.reference(token.getText(), from));
            case AbnfParser.TEXT -> builder.add(values.text(from + 1, to - 1, true));
            case AbnfParser.CASED_TEXT ->
                builder.add(values.text(from + 3, to - 1, source.at(from + 1) == 'i' || source.at(from + 1) == 'I'));
            case AbnfParser.VALUE -> builder.add(values.value(from, to));
            case AbnfParser.PROSE -> prose(token.getText(), from);
            default -> {}
        }
    }

    private void prose(String text, int offset) {
        String name = text.substring(1, text.length() - 1);
        if (!name.matches("[a-zA-Z][a-zA-Z0-9-]*")) {
            throw refused(offset);
        }
        Expression named = book.reference(name, offset);
        if (named instanceof RuleReference) {
            prose.putIfAbsent(name, offset);
        }
        builder.add(named);
    }

    private void repeat(@Nullable Token times) {
        if (times == null) {
            return;
        }
        String text = times.getText();
        int offset = times.getStartIndex();
        int star = text.indexOf('*');
        int min = star == 0 ? 0 : bounds.read(star < 0 ? text : text.substring(0, star), offset);
        int max = min;
        if (star >= 0) {
            String most = text.substring(star + 1);
            max = most.isEmpty() ? Expression.UNBOUNDED : bounds.read(most, offset + star + 1);
        }
        bounds.check(min, max, offset);
        builder.repeatLast(min, max);
    }
}
