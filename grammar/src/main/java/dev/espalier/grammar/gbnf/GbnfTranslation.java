// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.External;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RepeatBounds;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.TreeListener;
import dev.espalier.grammar.syntax.GbnfParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Map<String, Expression> rules = new LinkedHashMap<>();
    private final Set<String> frames;
    private final Set<String> named = new HashSet<>();
    private final Map<String, Integer> references = new LinkedHashMap<>();

    /**
     * A translation.
     *
     * @param frames names that stand for frames supplied beside the grammar
     */
    GbnfTranslation(SourceText source, Set<String> frames, WorkBudget budget) {
        this.source = source;
        this.frames = frames;
        this.characters = new GbnfCharacters(source, budget);
        this.bounds = new RepeatBounds(source);
        this.builder = new ExpressionBuilder<>(new PlainAlgebra(), budget);
    }

    /**
     * The grammar that was read.
     *
     * @throws ReferenceException if a name or {@code root} has no rule, or a frame is named nowhere
     */
    Grammar grammar() {
        references.forEach(this::checkDefined);
        if (!rules.containsKey(GbnfReader.ROOT)) {
            throw new ReferenceException("no rule is called \"root\", and a grammar starts there", source.place(0));
        }
        checkNamed();
        return new Grammar(GbnfReader.ROOT, rules);
    }

    private void checkNamed() {
        String unnamed = frames.stream()
                .filter(frame -> !named.contains(frame))
                .sorted()
                .map(frame -> "\"" + frame + "\"")
                .collect(Collectors.joining(", "));
        if (!unnamed.isEmpty()) {
            throw new ReferenceException(
                    "no rule names " + unnamed
                            + ", which is supplied beside the grammar; write the name where it belongs,"
                            + " or do not supply it",
                    source.place(0));
        }
    }

    private void checkDefined(String name, int offset) {
        if (!rules.containsKey(name)) {
            Set<String> known = new LinkedHashSet<>(rules.keySet());
            known.addAll(frames);
            throw new ReferenceException(
                    "no rule is called \"" + name + "\"" + NearestName.question(name, known), source.place(offset));
        }
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
        if (frames.contains(name.getText())) {
            throw source.error(
                    "a rule called \"" + name.getText() + "\", which is supplied beside the grammar too",
                    name.getStartIndex());
        }
        if (rules.put(name.getText(), builder.close()) != null) {
            throw source.error("a second rule called \"" + name.getText() + "\"", name.getStartIndex());
        }
    }

    private void atom(Token token) {
        int from = token.getStartIndex();
        int to = token.getStopIndex() + 1;
        switch (token.getType()) {
            case GbnfParser.LITERAL -> builder.add(Literal.of(characters.literal(from + 1, to - 1)));
            case GbnfParser.CLASS -> builder.add(new CharacterClass(characters.members(from + 1, to - 1)));
            case GbnfParser.ANY -> builder.add(ANY);
            case GbnfParser.NAME -> reference(token.getText(), from);
            case GbnfParser.TOKEN -> builder.add(specialToken(token.getText(), from));
            case GbnfParser.NOT_TOKEN ->
                throw new UnsupportedFeatureException(
                        "!<token>",
                        "any one token but this (!<...>) is not supported; name the tokens that may come",
                        place(token));
            default -> {}
        }
    }

    private dev.espalier.core.error.Place place(Token token) {
        return source.place(token.getStartIndex());
    }

    private void reference(String name, int offset) {
        if (frames.contains(name)) {
            named.add(name);
            builder.add(new External(name));
            return;
        }
        references.putIfAbsent(name, offset);
        builder.add(new RuleReference(name));
    }

    private Expression specialToken(String text, int offset) {
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
