// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.External;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.ExpressionDepth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Writes grammars as GBNF that {@link GbnfReader} and llama.cpp read, as far as GBNF can say them. Permutations are
 * written out as rules when they are small. What is read back describes the same texts, not always by the same nodes.
 */
public final class GbnfWriter {

    private static final int CHOICE = 0;
    private static final int SEQUENCE = 1;
    private static final int REPEATED = 3;

    private final GbnfNames names;
    private final Limits limits;
    private final StringBuilder text = new StringBuilder();
    private final Deque<Map.Entry<String, Expression>> open = new ArrayDeque<>();
    private String rule = "";

    private GbnfWriter(Grammar grammar, Limits limits) {
        this.names = new GbnfNames(grammar);
        this.limits = limits;
    }

    /** {@link #write(Grammar, Limits)} under the default limits. */
    public static String write(Grammar grammar) {
        return write(grammar, Limits.DEFAULT);
    }

    /**
     * A grammar as GBNF, one rule a line, the start rule first. Names that GBNF does not allow are changed.
     *
     * @throws UnsupportedFeatureException if some rule uses what GBNF cannot say: bytes that are not UTF-8, an
     *     intersection, a difference, an external frame, a large permutation, a special token whose name is not in angle
     *     brackets, or nothing at all; the message names the node and the rule
     * @throws LimitExceededException if the text would be longer than {@code maxSourceBytes}, which expressions that
     *     share parts can bring about
     */
    public static String write(Grammar grammar, Limits limits) {
        return DeepStack.call(ExpressionDepth.of(grammar), () -> new GbnfWriter(grammar, limits).written(grammar));
    }

    private String written(Grammar grammar) {
        open.add(Map.entry(names.of(grammar.root()), grammar.rule(grammar.root())));
        grammar.rules().forEach((name, body) -> {
            if (!name.equals(grammar.root())) {
                open.add(Map.entry(names.of(name), body));
            }
        });
        while (!open.isEmpty()) {
            Map.Entry<String, Expression> next = open.remove();
            rule = next.getKey();
            text.append(rule).append(" ::= ");
            write(next.getValue(), CHOICE);
            text.append('\n');
        }
        return text.toString();
    }

    private UnsupportedFeatureException refused(String node, String why) {
        return new UnsupportedFeatureException(
                node, "GBNF cannot say this " + node + " in the rule \"" + rule + "\": " + why, Place.UNKNOWN);
    }

    /** Whether an expression has no text, as far as its own nodes show. */
    private static boolean isNothing(Expression expression) {
        if (expression instanceof CharacterClass one) {
            return one.members().isEmpty();
        } else if (expression instanceof Sequence sequence) {
            return sequence.items().stream().anyMatch(GbnfWriter::isNothing);
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream().allMatch(GbnfWriter::isNothing);
        }
        return expression instanceof Repeat repeat && repeat.min() > 0 && isNothing(repeat.item());
    }

    private void write(Expression expression, int context) {
        if (text.length() > limits.maxSourceBytes()) {
            throw new LimitExceededException("maxSourceBytes", limits.maxSourceBytes(), text.length(), Place.UNKNOWN);
        }
        if (expression instanceof Literal literal) {
            literal(literal.bytes());
        } else if (expression instanceof CharacterClass one) {
            characterClass(one.members());
        } else if (expression instanceof Sequence sequence) {
            join(sequence.items(), " ", SEQUENCE, context);
        } else if (expression instanceof Choice choice) {
            join(possible(choice), " | ", CHOICE, context);
        } else if (expression instanceof Repeat repeat) {
            repeat(repeat, context);
        } else if (expression instanceof RuleReference reference) {
            text.append(names.of(reference.name()));
        } else if (expression instanceof SpecialToken token) {
            specialToken(token);
        } else if (expression instanceof OtherToken other && other.excluded().size() == 1) {
            text.append('!');
            specialToken(other.excluded().get(0));
        } else if (expression instanceof Permutation permutation) {
            permutation(permutation);
        } else if (expression instanceof External external) {
            throw refused("External", "it stands for the frame \"" + external.name() + "\"");
        } else {
            throw refused(expression.getClass().getSimpleName(), "it has no such operator");
        }
    }

    private List<Expression> possible(Choice choice) {
        List<Expression> possible = new ArrayList<>();
        for (Expression alternative : choice.alternatives()) {
            if (!isNothing(alternative)) {
                possible.add(alternative);
            }
        }
        if (possible.isEmpty()) {
            throw refused("Choice", "no alternative has a text");
        }
        return possible;
    }

    private void join(List<Expression> parts, String separator, int level, int context) {
        if (parts.isEmpty()) {
            text.append("\"\"");
            return;
        }
        if (parts.size() == 1) {
            write(parts.get(0), context);
            return;
        }
        boolean group = context > level;
        text.append(group ? "(" : "");
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : separator);
            write(parts.get(i), level + 1);
        }
        text.append(group ? ")" : "");
    }

    private void repeat(Repeat repeat, int context) {
        boolean endless = repeat.max() == Expression.UNBOUNDED;
        boolean saysNothing =
                repeat.item() instanceof Literal literal && literal.bytes().length() == 0;
        if (repeat.max() == 0 || saysNothing || (repeat.min() == 0 && isNothing(repeat.item()))) {
            text.append("\"\"");
            return;
        }
        text.append(context >= REPEATED ? "(" : "");
        write(repeat.item(), REPEATED);
        if (endless && repeat.min() <= 1) {
            text.append(repeat.min() == 0 ? "*" : "+");
        } else if (repeat.min() == 0 && repeat.max() == 1) {
            text.append('?');
        } else {
            text.append('{').append(repeat.min());
            text.append(repeat.max() == repeat.min() ? "" : ",");
            text.append(endless || repeat.max() == repeat.min() ? "" : repeat.max());
            text.append('}');
        }
        text.append(context >= REPEATED ? ")" : "");
    }

    private void literal(ByteString bytes) {
        String characters = bytes.toUtf8();
        if (!ByteString.utf8(characters).equals(bytes)) {
            throw refused("Literal", "its bytes are not UTF-8");
        }
        text.append('"');
        characters.codePoints().forEach(c -> character(c, "\\\""));
        text.append('"');
    }

    private void characterClass(CodePoints members) {
        if (members.isEmpty()) {
            throw refused("CharacterClass", "it has no members");
        }
        CodePoints others = members.complement();
        if (others.isEmpty()) {
            text.append('.');
            return;
        }
        boolean negate = others.rangeCount() < members.rangeCount();
        CodePoints shown = negate ? others : members;
        text.append(negate ? "[^" : "[");
        for (int i = 0; i < shown.rangeCount(); i++) {
            character(shown.first(i), "\\]");
            if (shown.last(i) > shown.first(i)) {
                text.append(shown.last(i) > shown.first(i) + 1 ? "-" : "");
                character(shown.last(i), "\\]");
            }
        }
        text.append(']');
    }

    /** Writes a character: with a backslash if it is one of those given, by number if it cannot be seen. */
    private void character(int c, String escaped) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                boolean byNumber = escaped.equals("\\]") && (c == '-' || c == '^' || c == '[');
                if (escaped.indexOf(c) >= 0) {
                    text.append('\\').appendCodePoint(c);
                } else if (!byNumber && isVisible(c)) {
                    text.appendCodePoint(c);
                } else {
                    text.append(
                            c <= 0xFF
                                    ? "\\x%02X".formatted(c)
                                    : c <= 0xFFFF ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c));
                }
            }
        }
    }

    private static boolean isVisible(int c) {
        if (c < 0x80) {
            return c >= ' ' && c < 0x7F;
        }
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL;
    }

    private void specialToken(SpecialToken token) {
        if (token.id() >= 0) {
            text.append("<[").append(token.id()).append("]>");
        } else if (token.name().matches("<[^>\\[\\r\\n][^>\\r\\n]*>")) {
            text.append(token.name());
        } else {
            throw refused("SpecialToken", "the name \"" + token.name() + "\" is not in angle brackets");
        }
    }

    private void permutation(Permutation permutation) {
        String prefix = names.fresh(rule + "-any-order") + "-";
        Map<String, Expression> rules = PermutationRules.of(permutation, prefix)
                .orElseThrow(() -> refused("Permutation", "it is too large to be written out, or has no text"));
        text.append(names.of(rules.keySet().iterator().next()));
        rules.forEach((name, body) -> open.add(Map.entry(names.of(name), body)));
    }
}
