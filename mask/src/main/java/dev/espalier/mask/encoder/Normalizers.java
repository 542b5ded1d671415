// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.file.JsonTree;
import dev.espalier.mask.pattern.CharacterSets;
import dev.espalier.mask.pattern.TextPattern;
import dev.espalier.mask.pattern.TextScanner;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Reads the {@code normalizer} of a {@code tokenizer.json}: a function of texts. */
final class Normalizers {

    /** The characters that normalizers may make of one, and of a whole text beside that. */
    private static final int MOST_GROWTH = 100;

    private static final int MOST_AT_ONCE = 10_000;

    private Normalizers() {}

    /** The function; without the member, a text stays what it is. */
    static UnaryOperator<String> read(Optional<JsonTree> tree) {
        return tree.isEmpty() ? UnaryOperator.identity() : of(tree.get());
    }

    private static UnaryOperator<String> of(JsonTree tree) {
        String type = tree.type();
        return switch (type) {
            case "Sequence" ->
                sequence(tree.children("normalizers").stream()
                        .map(Normalizers::of)
                        .toList());
            case "NFC", "NFD", "NFKC", "NFKD" -> text -> MarkOrder.normalized(text, Form.valueOf(type));
            case "Lowercase" -> Normalizers::lowercase;
            case "Strip" -> text -> strip(text, tree.flag("strip_left", true), tree.flag("strip_right", true));
            case "StripAccents" ->
                text -> without(text, CharacterSets.property("M").orElseThrow());
            case "Replace" -> replace(tree);
            case "Prepend" -> {
                String prefix = tree.text("prepend").orElseThrow(() -> tree.wrong("prepend", "a string"));
                yield text -> text.isEmpty() ? text : prefix + text;
            }
            case "BertNormalizer" -> bert(tree);
            case "Nmt" -> Normalizers::nmt;
            default -> throw tree.refused(type, "the normalizer " + type + " is not supported");
        };
    }

    private static UnaryOperator<String> sequence(List<UnaryOperator<String>> steps) {
        return text -> {
            String result = text;
            for (UnaryOperator<String> step : steps) {
                result = step.apply(result);
                if (result.length() > MOST_AT_ONCE + (long) MOST_GROWTH * text.length()) {
                    throw new InvalidInputException("the normalizer of the tokenizer makes more than " + MOST_GROWTH
                            + " characters of each of a text");
                }
            }
            return result;
        };
    }

    private static UnaryOperator<String> replace(JsonTree tree) {
        String content = tree.text("content").orElseThrow(() -> tree.wrong("content", "a string"));
        if (content.length() > MOST_GROWTH) {
            throw tree.wrong("content", "at most " + MOST_GROWTH + " characters");
        }
        Optional<String> literal = tree.child("pattern").flatMap(pattern -> pattern.text("String"));
        if (literal.isPresent() && !literal.get().isEmpty()) {
            return text -> text.replace(literal.get(), content);
        }
        TextPattern pattern = PreTokenizers.pattern(tree);
        return text -> {
            TextScanner scanner = new TextScanner(pattern);
            scanner.reset(text, 0, text.length());
            StringBuilder result = new StringBuilder();
            int done = 0;
            for (int at = 0; at <= text.length() && scanner.find(at); at = Math.max(done, scanner.start() + 1)) {
                result.append(text, done, scanner.start()).append(content);
                done = scanner.end();
            }
            return result.append(text, done, text.length()).toString();
        };
    }

    private static String lowercase(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            result.appendCodePoint(Character.toLowerCase(c));
            if (c == 0x130) { // the one code point whose lower case is two
                result.append('\u0307');
            }
        });
        return result.toString();
    }

    private static String strip(String text, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && CharacterSets.WHITE_SPACE.test(text.charAt(from))) {
            from++;
        }
        while (right && to > from && CharacterSets.WHITE_SPACE.test(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String without(String text, IntPredicate set) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().filter(set.negate()).forEach(result::appendCodePoint);
        return result.toString();
    }

    private static UnaryOperator<String> bert(JsonTree tree) {
        boolean clean = tree.flag("clean_text", true);
        boolean chinese = tree.flag("handle_chinese_chars", true);
        boolean lowercase = tree.flag("lowercase", true);
        boolean strip = tree.flag("strip_accents").orElse(lowercase);
        IntPredicate accents = CharacterSets.property("Mn").orElseThrow();
        return text -> {
            String result = clean ? clean(text) : text;
            result = chinese ? spaced(result) : result;
            result = strip ? without(MarkOrder.normalized(result, Form.NFD), accents) : result;
            return lowercase ? lowercase(result) : result;
        };
    }

    private static String clean(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n' || c == '\r' || (CharacterSets.WHITE_SPACE.test(c) && !isOther(c))) {
                result.append(' ');
            } else if (c != 0xfffd && !isOther(c)) {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }

    /** Controls, format characters, private and unassigned ones, as far as this Java knows: BERT's own tables are older. */
    private static boolean isOther(int c) {
        int type = Character.getType(c);
        return type == Character.UNASSIGNED || (type >= Character.CONTROL && type <= Character.SURROGATE);
    }

    private static String spaced(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isChinese(c)) {
                result.append(' ').appendCodePoint(c).append(' ');
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }

    /** The blocks that BERT's tokenizer has. */
    private static boolean isChinese(int c) {
        return (c >= 0x4e00 && c <= 0x9fff)
                || (c >= 0x3400 && c <= 0x4dbf)
                || (c >= 0x20000 && c <= 0x2a6df)
                || (c >= 0x2a700 && c <= 0x2b73f)
                || (c >= 0x2b740 && c <= 0x2b81f)
                || (c >= 0x2b920 && c <= 0x2ceaf)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0x2f800 && c <= 0x2fa1f);
    }

    private static String nmt(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean control =
                    (c >= 1 && c <= 8) || c == 0xb || (c >= 0xe && c <= 0x1f) || c == 0x7f || c == 0x8f || c == 0x9f;
            boolean space = c == 9
                    || c == 0xa
                    || c == 0xc
                    || c == 0xd
                    || c == 0x1680
                    || (c >= 0x200b && c <= 0x200f)
                    || c == 0x2028
                    || c == 0x2029
                    || c == 0x2581
                    || c == 0xfeff
                    || c == 0xfffd;
            if (!control) {
                result.appendCodePoint(space ? ' ' : c);
            }
        });
        return result.toString();
    }
}
