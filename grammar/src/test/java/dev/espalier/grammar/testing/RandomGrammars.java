// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Small grammars by chance, from a seed: recursion on all sides, empty rules, ambiguity, counters, characters of one
 * to four bytes. Some of them have no sentence. The same seed gives the same grammars on every machine.
 */
public final class RandomGrammars {

    /** The characters that literals and texts are made of, one of each length in UTF-8 and a few more. */
    private static final String[] CHARACTERS = {"a", "a", "a", "b", "b", "c", "\"", "\n", "é", "日", "😀"};

    private static final CodePoints[] CLASSES = {
        CodePoints.of('a'),
        CodePoints.range('a', 'b'),
        CodePoints.ofRanges('b', 'c', 'é', 'é'),
        CodePoints.range('a', 'c').complement(),
        CodePoints.ALL,
        CodePoints.range('b', 0x65E5),
        CodePoints.range(0x7F, 0x1F600),
        CodePoints.NONE
    };

    /**
     * What to make.
     *
     * @param rules the greatest number of rules
     * @param depth the greatest depth of one rule's expression
     * @param permutations whether to use permutations
     * @param multibyte whether to use characters of several bytes, and literals that cut them
     */
    public record Shape(int rules, int depth, boolean permutations, boolean multibyte) {

        /** Everything, small. */
        public static final Shape SMALL = new Shape(4, 3, true, true);

        /** Rules that GBNF can say, small. */
        public static final Shape GBNF = new Shape(4, 3, false, true);

        /** Single-byte characters only. */
        public static final Shape ASCII = new Shape(4, 3, true, false);
    }

    private final Random random;
    private final Shape shape;
    private int ruleCount;

    /** Grammars of a shape from a seed. */
    public RandomGrammars(long seed, Shape shape) {
        this.random = new Random(seed);
        this.shape = shape;
    }

    /** The next grammar. */
    public Grammar next() {
        ruleCount = 1 + random.nextInt(shape.rules());
        Map<String, Expression> rules = new LinkedHashMap<>();
        for (int i = 0; i < ruleCount; i++) {
            rules.put(name(i), expression(shape.depth()));
        }
        return new Grammar("root", rules);
    }

    /** A grammar that has a sentence. */
    public Grammar nextProductive() {
        while (true) {
            Grammar grammar = next();
            if (new SlowRecognizer(grammar).isProductive()) {
                return grammar;
            }
        }
    }

    /** One expression without references. */
    public Expression nextRegular() {
        ruleCount = 0;
        return expression(shape.depth());
    }

    private static String name(int rule) {
        return rule == 0 ? "root" : "r" + rule;
    }

    private Expression expression(int depth) {
        int kind = random.nextInt(depth <= 0 ? 5 : 12);
        return switch (kind) {
            case 0, 1 -> literal();
            case 2 -> new CharacterClass(members());
            case 3, 4 -> ruleCount == 0 ? literal() : new RuleReference(name(random.nextInt(ruleCount)));
            case 5, 6 -> new Sequence(some(depth));
            case 7, 8 -> new Choice(some(depth));
            case 9, 10 -> repeat(expression(depth - 1));
            default -> shape.permutations() ? permutation(depth) : new Sequence(some(depth));
        };
    }

    private List<Expression> some(int depth) {
        List<Expression> items = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            items.add(expression(depth - 1));
        }
        return items;
    }

    private Literal literal() {
        return Literal.of(text(random.nextInt(4)));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS[random.nextInt(shape.multibyte() ? CHARACTERS.length : 6)]);
        }
        return text.toString();
    }

    private CodePoints members() {
        return CLASSES[random.nextInt(shape.multibyte() ? CLASSES.length : 2)];
    }

    private Repeat repeat(Expression item) {
        int min = random.nextInt(3);
        int max = random.nextInt(3) == 0 ? Expression.UNBOUNDED : min + random.nextInt(3);
        return new Repeat(item, min, max);
    }

    private Permutation permutation(int depth) {
        List<Permutation.Item> items = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            Repeat bounds = repeat(expression(depth - 1));
            items.add(new Permutation.Item(bounds.item(), bounds.min(), bounds.max()));
        }
        Expression separator = random.nextBoolean() ? Expression.EMPTY : literal();
        Repeat total = repeat(separator);
        return new Permutation(items, separator, total.min(), total.max());
    }

    /**
     * A text to try on a grammar: random characters, sometimes cut inside one or with a byte that fits nowhere.
     *
     * @param maxCharacters the greatest number of characters
     */
    public byte[] nextText(int maxCharacters) {
        byte[] bytes = ByteString.utf8(text(random.nextInt(maxCharacters + 1))).toByteArray();
        if (shape.multibyte() && bytes.length > 0 && random.nextInt(8) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /**
     * A text that the grammar allows to go on: as {@link #nextText}, but each character is one that the slow recogniser
     * can read, as long as there is one among a few tries.
     */
    public byte[] nextPrefix(SlowRecognizer recognizer, int maxCharacters) {
        StringBuilder text = new StringBuilder();
        Column column = recognizer.start();
        for (int tries = 4 * maxCharacters; tries > 0 && text.codePoints().count() < maxCharacters; tries--) {
            String character = text(1);
            Column longer = column;
            for (byte symbol : ByteString.utf8(character).toByteArray()) {
                longer = longer.advance(symbol & 0xff);
            }
            if (longer.isLive()) {
                column = longer;
                text.append(character);
            }
        }
        return ByteString.utf8(text.toString()).toByteArray();
    }
}
