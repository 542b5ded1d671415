// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.lark.LarkFile.Kind;
import dev.espalier.grammar.lark.LarkFile.Statement;
import dev.espalier.grammar.lark.LarkNode.Spot;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.LarkParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes a {@link LarkFile} of a text while it is parsed. */
final class LarkTranslation extends TreeListener {

    private final SourceText source;
    private final boolean hasExtensions;
    private final RepeatBounds bounds;
    private final LarkNode.Algebra algebra = new LarkNode.Algebra();
    private final ExpressionBuilder<LarkNode> builder;
    private final List<Statement> statements = new ArrayList<>();
    private final Deque<List<LarkNode>> arguments = new ArrayDeque<>();
    private final Deque<Integer> conjuncts = new ArrayDeque<>();
    private List<LarkNode> closed = List.of();
    private Head head = new Head();
    private Kind kind = Kind.NEW;

    /** What stands before the colon. */
    private static final class Head {
        private final List<String> parameters = new ArrayList<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<String> path = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private int priority;
        private boolean hasPriority;

        void moveWords(List<String> list) {
            list.addAll(words);
            words.clear();
        }
    }

    /**
     * A translation.
     *
     * @param hasExtensions whether the file may have what only llguidance knows
     */
    LarkTranslation(SourceText source, boolean hasExtensions, WorkBudget budget) {
        this.source = source;
        this.hasExtensions = hasExtensions;
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(algebra, budget);
    }

    /** The file that was read. */
    LarkFile file() {
        return new LarkFile(statements);
    }

    private Spot spot(Token token) {
        return new Spot(source, token.getStartIndex());
    }

    private UnsupportedFeatureException unsupported(Token token, String feature, String message) {
        return new UnsupportedFeatureException(feature, message, source.place(token.getStartIndex()));
    }

    private void checkExtension(Token token) {
        if (!hasExtensions) {
            throw source.error(
                    "\"" + token.getText() + "\" is llguidance's; Lark has no such thing", token.getStartIndex());
        }
    }

    /** A name as it is used. */
    private String name(Token token) {
        String name = token.getText();
        if (name.startsWith("!") || name.startsWith("?")) {
            throw source.error(
                    "\"" + name.charAt(0) + "\" stands before the name of a rule where it is defined only",
                    token.getStartIndex());
        }
        if (!hasExtensions && name.indexOf('-') >= 0) {
            throw source.error("names have no hyphens", token.getStartIndex());
        }
        return name;
    }

    @Override
    protected void enter(ParserRuleContext context) {
        Token start = context.start;
        switch (context.getRuleIndex()) {
            case LarkParser.RULE_expansions -> builder.open();
            case LarkParser.RULE_alternative -> conjuncts.push(0);
            case LarkParser.RULE_conjunct -> builder.open();
            case LarkParser.RULE_arguments -> arguments.push(new ArrayList<>());
            case LarkParser.RULE_change -> kind = start.getType() == LarkParser.EXTEND ? Kind.EXTEND : Kind.OVERRIDE;
            case LarkParser.RULE_statement -> head = new Head();
            case LarkParser.RULE_parametric ->
                throw unsupported(start, "::", "rules with a parameter are not supported");
            case LarkParser.RULE_condition ->
                throw unsupported(start, "%if", "conditions on parameters are not supported");
            case LarkParser.RULE_nested ->
                throw unsupported(
                        start, "%lark", "a grammar inside a rule is not supported; write its rules beside the others");
            default -> {}
        }
    }

    @Override
    protected void leave(ParserRuleContext context) {
        Token start = context.start;
        switch (context.getRuleIndex()) {
            case LarkParser.RULE_definition -> define((LarkParser.DefinitionContext) context);
            case LarkParser.RULE_statement -> {
                if (start.getType() == LarkParser.SETTINGS) {
                    checkExtension(start);
                    statements.add(new LarkFile.Settings(
                            start.getText().substring("%llguidance".length()).strip(), spot(start)));
                }
            }
            case LarkParser.RULE_word -> head.words.add(name(start));
            case LarkParser.RULE_parameters -> head.moveWords(head.parameters);
            case LarkParser.RULE_priority -> priority(context.stop);
            case LarkParser.RULE_attribute -> attribute((LarkParser.AttributeContext) context);
            case LarkParser.RULE_ignore -> statements.add(new LarkFile.Ignore(builder.close(), spot(start)));
            case LarkParser.RULE_importing -> importing((LarkParser.ImportingContext) context);
            case LarkParser.RULE_path -> head.moveWords(head.path);
            case LarkParser.RULE_declare -> statements.add(new LarkFile.Declare(List.copyOf(head.words), spot(start)));
            case LarkParser.RULE_conjunct -> endConjunct();
            case LarkParser.RULE_alternative -> endAlternative();
            case LarkParser.RULE_group -> builder.add(builder.close());
            case LarkParser.RULE_maybe -> builder.add(new LarkNode.Maybe(builder.close()));
            case LarkParser.RULE_negation -> negate(start);
            case LarkParser.RULE_atom -> atom(start);
            case LarkParser.RULE_text -> text((LarkParser.TextContext) context);
            case LarkParser.RULE_argument -> argument(start);
            case LarkParser.RULE_call -> call(((LarkParser.CallContext) context).name);
            case LarkParser.RULE_arguments -> closed = arguments.pop();
            case LarkParser.RULE_braces -> braces(start);
            case LarkParser.RULE_bounds -> repeatWithin((LarkParser.BoundsContext) context);
            case LarkParser.RULE_quantifier -> repeat((LarkParser.QuantifierContext) context);
            default -> {}
        }
    }

    private void define(LarkParser.DefinitionContext context) {
        String written = context.name.getText();
        String name = written.replaceFirst("^[!?]+", "");
        if (!hasExtensions && name.indexOf('-') >= 0) {
            throw source.error("names have no hyphens", context.name.getStartIndex());
        }
        String modifiers = written.substring(0, written.length() - name.length());
        statements.add(new LarkFile.Definition(
                kind,
                name,
                modifiers,
                List.copyOf(head.parameters),
                head.priority,
                head.hasPriority,
                Map.copyOf(head.attributes),
                builder.close(),
                spot(context.name)));
        kind = Kind.NEW;
        head = new Head();
    }

    private void priority(Token number) {
        String digits = number.getText();
        if (!digits.matches("[+-]?[0-9]{1,9}")) {
            throw source.error("expected a priority of at most nine digits", number.getStartIndex());
        }
        head.priority = Integer.parseInt(digits);
        head.hasPriority = true;
    }

    private void attribute(LarkParser.AttributeContext context) {
        checkExtension(context.start);
        head.attributes.put(context.key.getText(), context.value == null ? "" : context.value.getText());
    }

    private void importing(LarkParser.ImportingContext context) {
        List<String> path = new ArrayList<>(head.path);
        Map<String, String> names = new LinkedHashMap<>();
        if (context.open == null) {
            if (path.size() < 2) {
                throw source.error("expected the name of a file and a name in it", context.start.getStartIndex());
            }
            String last = path.remove(path.size() - 1);
            names.put(last, context.arrow == null ? last : head.words.get(0));
        } else {
            head.words.forEach(word -> names.put(word, word));
        }
        statements.add(new LarkFile.Import(context.dot != null, List.copyOf(path), names, spot(context.start)));
    }

    private void endConjunct() {
        builder.endAlternative();
        builder.add(builder.close());
        conjuncts.push(conjuncts.pop() + 1);
    }

    private void endAlternative() {
        int count = conjuncts.pop();
        for (int i = 1; i < count; i++) {
            builder.mergeLast((left, right) -> new LarkNode.Both(List.of(left, right)));
        }
        builder.endAlternative();
    }

    private void negate(Token tilde) {
        checkExtension(tilde);
        builder.mapLast(LarkNode.Not::new);
    }

    private void atom(Token token) {
        String written = token.getText();
        switch (token.getType()) {
            case LarkParser.RULE, LarkParser.TERMINAL ->
                builder.add(new LarkNode.Name(name(token), List.of(), spot(token)));
            case LarkParser.REGEXP -> builder.add(new LarkNode.Pattern(written, spot(token)));
            case LarkParser.SPECIAL -> {
                checkExtension(token);
                builder.add(new LarkNode.Special(written, spot(token)));
            }
            case LarkParser.GRAMMAR ->
                throw unsupported(token, written, "other grammars beside this one are not supported");
            case LarkParser.JSON_BLOCK, LarkParser.REGEX_BLOCK -> {
                checkExtension(token);
                String keyword = token.getType() == LarkParser.JSON_BLOCK ? "%json" : "%regex";
                builder.add(new LarkNode.Block(
                        keyword, written.substring(keyword.length()).strip(), spot(token)));
            }
            default -> {}
        }
    }

    private void text(LarkParser.TextContext context) {
        String first = context.first.getText();
        LarkNode node = context.last == null
                ? new LarkNode.Text(first, spot(context.start))
                : new LarkNode.Range(first, context.last.getText(), spot(context.start));
        if (arguments.isEmpty()) {
            builder.add(node);
        } else {
            arguments.element().add(node);
        }
    }

    private void argument(Token token) {
        switch (token.getType()) {
            case LarkParser.TERMINAL -> arguments.element().add(new LarkNode.Name(name(token), List.of(), spot(token)));
            case LarkParser.REGEXP -> arguments.element().add(new LarkNode.Pattern(token.getText(), spot(token)));
            default -> {}
        }
    }

    private void call(Token name) {
        List<LarkNode> given = closed;
        closed = List.of();
        arguments.element().add(new LarkNode.Name(name(name), given, spot(name)));
    }

    private void braces(Token open) {
        if (open.getType() == LarkParser.PARAMETRIC) {
            throw unsupported(open, "::", "rules with a parameter are not supported");
        } else if (arguments.isEmpty() && !closed.isEmpty()) {
            List<LarkNode> given = closed;
            closed = List.of();
            builder.mapLast(item -> {
                if (item instanceof LarkNode.Name name) {
                    return new LarkNode.Name(name.name(), given, name.spot());
                }
                throw source.error("only a name has arguments", open.getStartIndex());
            });
        }
    }

    private void repeatWithin(LarkParser.BoundsContext context) {
        checkExtension(context.start);
        Token least = context.least;
        Token most = context.most;
        int min = least == null ? 0 : count(least);
        int max = context.comma == null ? min : most == null ? Expression.UNBOUNDED : count(most);
        addRepeat(min, max, context.start);
    }

    private int count(Token number) {
        if (number.getText().startsWith("-")) {
            throw source.error("expected a number of repetitions", number.getStartIndex());
        }
        return bounds.read(number.getText().replace("+", ""), number.getStartIndex());
    }

    private void addRepeat(int min, int max, Token place) {
        bounds.check(min, max, place.getStartIndex());
        algebra.operator('~');
        builder.repeatLast(min, max);
    }

    private void repeat(LarkParser.QuantifierContext context) {
        Token operator = context.start;
        algebra.operator(operator.getText().charAt(0));
        switch (operator.getType()) {
            case LarkParser.STAR -> builder.repeatLast(0, Expression.UNBOUNDED);
            case LarkParser.PLUS -> builder.repeatLast(1, Expression.UNBOUNDED);
            case LarkParser.QUESTION -> builder.repeatLast(0, 1);
            default -> {
                int min = count(context.least);
                addRepeat(min, context.most == null ? min : count(context.most), operator);
            }
        }
    }
}
