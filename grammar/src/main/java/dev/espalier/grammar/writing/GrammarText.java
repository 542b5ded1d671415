// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.External;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Expression.TokenTerminal;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.ExpressionDepth;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text of a grammar in a notation. The grammar is first rewritten into one of the same texts that has only what the notation can say ({@link PlainRules},
 * {@link ProductiveRules}, {@link SharedParts}), then written rule by rule, with parentheses where precedence asks for them.
 */
public final class GrammarText {

    private static final int CHOICE = 0;
    private static final int SEQUENCE = 1;
    private static final int DIFFERENCE = 2;
    private static final int REPEAT = 3;
    private static final int ATOM = 4;

    private final Notation notation;
    private final RuleNames names;
    private final Limits limits;
    private final StringBuilder text = new StringBuilder();
    private Refusal refusal;

    private GrammarText(Grammar grammar, Notation notation, Limits limits) {
        this.notation = notation;
        this.names = notation.names(grammar);
        this.limits = limits;
        this.refusal = new Refusal(notation.title(), grammar.root());
    }

    /**
     * A grammar in a notation, the start rule first. Rules without any text are left out. Cost: linear in the text.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException if some rule uses what the notation cannot say; the message names the node and the rule
     * @throws LimitExceededException if the text would be longer than {@code maxSourceBytes}
     */
    public static String of(Grammar grammar, Notation notation, Limits limits) {
        return DeepStack.call(2 * ExpressionDepth.of(grammar) + ATOM, () -> {
            Grammar plain = SharedParts.named(ProductiveRules.of(PlainRules.of(grammar, notation), notation.title()));
            return new GrammarText(plain, notation, limits).written(plain);
        });
    }

    private String written(Grammar grammar) {
        rule(grammar.root(), grammar.rule(grammar.root()));
        grammar.rules().forEach((name, body) -> {
            if (!name.equals(grammar.root())) {
                rule(name, body);
            }
        });
        return text.toString();
    }

    private void rule(String name, Expression body) {
        refusal = new Refusal(notation.title(), name);
        text.append(names.of(name)).append(notation.definition());
        write(body, CHOICE);
        text.append(notation.end());
    }

    private void write(Expression expression, int context) {
        if (text.length() > limits.maxSourceBytes()) {
            throw new LimitExceededException("maxSourceBytes", limits.maxSourceBytes(), text.length(), Place.UNKNOWN);
        }
        if (expression instanceof Literal literal) {
            literal(literal.bytes(), context);
        } else if (expression instanceof CharacterClass one) {
            text.append(notation.characterClass(one.members()));
        } else if (expression instanceof Sequence sequence) {
            join(sequence.items(), notation.separator(), SEQUENCE, context);
        } else if (expression instanceof Choice choice) {
            join(choice.alternatives(), " | ", CHOICE, context);
        } else if (expression instanceof Repeat repeat) {
            repeat(repeat, context);
        } else if (expression instanceof RuleReference reference) {
            text.append(names.of(reference.name()));
        } else if (expression instanceof TokenTerminal token) {
            text.append(notation.token(token, refusal));
        } else if (expression instanceof Difference difference && notation.hasDifferences()) {
            join(List.of(difference.left(), difference.right()), " - ", DIFFERENCE, context);
        } else if (expression instanceof External external) {
            throw refusal.of("External", "it stands for the frame \"" + external.name() + "\"");
        } else {
            throw refusal.of(expression.getClass().getSimpleName(), "it has no such operator");
        }
    }

    private void join(List<Expression> parts, String separator, int level, int context) {
        boolean group = context > level;
        text.append(group ? "(" : "");
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : separator);
            write(parts.get(i), level + 1);
        }
        text.append(group ? ")" : "");
    }

    private void repeat(Repeat repeat, int context) {
        RepeatForm form = notation.repeat(repeat.min(), repeat.max()).orElseThrow();
        boolean group = !form.isGroup() && context > REPEAT;
        text.append(group ? "(" : "").append(form.before());
        write(repeat.item(), form.isGroup() ? CHOICE : ATOM);
        text.append(form.after()).append(group ? ")" : "");
    }

    private void literal(ByteString bytes, int context) {
        if (bytes.length() == 0) {
            text.append(notation.empty().isEmpty() && context > SEQUENCE ? "()" : notation.empty());
            return;
        }
        String characters;
        try {
            characters = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refusal.of("Literal", "its bytes are not UTF-8");
        }
        List<String> pieces = notation.literal(characters, refusal);
        boolean group = pieces.size() > 1 && context > DIFFERENCE;
        text.append(group ? "(" : "");
        text.append(String.join(notation.separator(), pieces));
        text.append(group ? ")" : "");
    }
}
