// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON strings whose values are the texts of a grammar: {@code "a\"b"} with its quotation marks for the text {@code a"b}. Each character is replaced by its shortest spelling in JSON. Spellings are
 * a code, of which no word begins another, and so this goes through all that grammars are made of, intersections and differences too: a text is a sentence exactly if its spelling is one of the new
 * grammar.
 */
public final class JsonStringGrammar {

    private static final String SHORT = "\b\t\n\f\r\"\\";
    private static final String LETTERS = "btnfr\"\\";
    private static final CodePoints ESCAPED = CodePoints.ofRanges(0, 0x1F, '"', '"', '\\', '\\');
    private static final Expression.Literal QUOTE = Expression.Literal.of("\"");

    private JsonStringGrammar() {}

    /**
     * The strings of a grammar. Cost: linear in the grammar, with some thirty alternatives more for each class that has all control characters.
     *
     * @throws UnsupportedFeatureException if there are special tokens or {@linkplain Expression.External frames} in it, which cannot stand in a string
     */
    public static Grammar of(Grammar texts) {
        Map<String, Expression> rules = new LinkedHashMap<>();
        String root = "string";
        while (texts.rules().containsKey(root)) {
            root += "'";
        }
        rules.put(root, Expression.Sequence.of(QUOTE, new Expression.RuleReference(texts.root()), QUOTE));
        texts.rules().forEach((name, rule) -> rules.put(name, spelled(rule)));
        return new Grammar(root, rules);
    }

    /** The shortest spelling of a byte that is a character: as it is, or an escape. */
    private static String spelling(int value) {
        int place = SHORT.indexOf(value);
        if (place >= 0) {
            return "\\" + LETTERS.charAt(place);
        }
        return value < 0x20 ? String.format("\\u%04x", value) : Character.toString(value);
    }

    private static Expression spelled(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return new Expression.Literal(spelled(literal.bytes()));
        } else if (expression instanceof Expression.CharacterClass set) {
            return spelled(set.members());
        } else if (expression instanceof Expression.Sequence sequence) {
            return new Expression.Sequence(spelled(sequence.items()));
        } else if (expression instanceof Expression.Choice choice) {
            return new Expression.Choice(spelled(choice.alternatives()));
        } else if (expression instanceof Expression.Repeat repeat) {
            return new Expression.Repeat(spelled(repeat.item()), repeat.min(), repeat.max(), repeat.isLazy());
        } else if (expression instanceof Expression.RuleReference) {
            return expression;
        } else if (expression instanceof Expression.Permutation permutation) {
            return spelled(permutation);
        } else if (expression instanceof Expression.FreeText free) {
            return spelled(free.byDifferences());
        } else if (expression instanceof Expression.Intersection both) {
            return new Expression.Intersection(spelled(both.left()), spelled(both.right()));
        } else if (expression instanceof Expression.Difference difference) {
            return new Expression.Difference(spelled(difference.left()), spelled(difference.right()));
        }
        throw new UnsupportedFeatureException(
                "JSON string",
                "in a JSON string there can be text alone, but no special tokens and no other outputs",
                Place.UNKNOWN);
    }

    private static List<Expression> spelled(List<Expression> some) {
        return some.stream().map(JsonStringGrammar::spelled).toList();
    }

    private static ByteString spelled(ByteString bytes) {
        ByteArrayOutputStream spelled = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length(); i++) {
            int value = bytes.at(i);
            if (value < 0x80) {
                spelled.writeBytes(ByteString.utf8(spelling(value)).toByteArray());
            } else {
                spelled.write(value);
            }
        }
        return ByteString.of(spelled.toByteArray());
    }

    private static Expression spelled(CodePoints members) {
        List<Expression> all = new ArrayList<>();
        CodePoints plain = members.minus(ESCAPED);
        if (!plain.isEmpty()) {
            all.add(new Expression.CharacterClass(plain));
        }
        for (int value = 0; value < 0x80; value++) {
            if (members.contains(value) && ESCAPED.contains(value)) {
                all.add(Expression.Literal.of(spelling(value)));
            }
        }
        return all.size() == 1 ? all.get(0) : new Expression.Choice(all);
    }

    private static Expression spelled(Expression.Permutation permutation) {
        return new Expression.Permutation(
                permutation.items().stream()
                        .map(item ->
                                new Expression.Permutation.Item(spelled(item.expression()), item.min(), item.max()))
                        .toList(),
                spelled(permutation.separator()),
                permutation.minTotal(),
                permutation.maxTotal());
    }
}
