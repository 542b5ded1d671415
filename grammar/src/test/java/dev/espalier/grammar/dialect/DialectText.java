// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes small grammars in a dialect, as differently as it allows, by chance. Every part is in parentheses. */
final class DialectText {

    private static final String NOTHING = "nothing";

    private final GrammarDialect dialect;
    private final Random random;

    DialectText(GrammarDialect dialect, Random random) {
        this.dialect = dialect;
        this.random = random;
    }

    String of(Grammar grammar) {
        List<String> rules = new ArrayList<>();
        grammar.rules().forEach((name, body) -> rules.add(rule(name, body)));
        rules.add(rule(NOTHING, new RuleReference(NOTHING)));
        return String.join("\n", rules) + "\n";
    }

    private String rule(String name, Expression body) {
        if (dialect == GrammarDialect.ABNF && body instanceof Choice choice && random.nextBoolean()) {
            List<Expression> all = choice.alternatives();
            StringBuilder lines = new StringBuilder(name + " = " + text(all.get(0)));
            all.stream()
                    .skip(1)
                    .forEach(each -> lines.append("\n")
                            .append(anyCase(name))
                            .append(" =/ ")
                            .append(text(each)));
            return lines.toString();
        }
        return switch (dialect) {
            case ABNF -> anyCase(name) + " = " + text(body) + (random.nextBoolean() ? " ; comment" : "\r");
            case EBNF_ISO -> name + " = " + text(body) + (random.nextBoolean() ? ";" : " (* (* c *) *) .");
            case EBNF_W3C -> "[" + random.nextInt(99) + "]  " + name + " ::= " + text(body) + " /* c */ [wfc: c]";
            default -> name + " ::= " + text(body) + (random.nextBoolean() ? " # c" : "\n");
        };
    }

    private String anyCase(String name) {
        return random.nextBoolean() ? name.toUpperCase(java.util.Locale.ROOT) : name;
    }

    private String text(Expression expression) {
        String text;
        if (expression instanceof Literal literal) {
            text = literal(literal.bytes().toUtf8());
        } else if (expression instanceof CharacterClass one) {
            text = one.members().isEmpty() ? NOTHING : members(one.members());
        } else if (expression instanceof Sequence sequence) {
            text = joined(sequence.items(), dialect == GrammarDialect.EBNF_ISO ? ", " : " ");
        } else if (expression instanceof Choice choice) {
            text = joined(choice.alternatives(), bar());
        } else if (expression instanceof Repeat repeat) {
            text = repeat(repeat);
        } else if (expression instanceof Difference difference) {
            text = text(difference.left()) + " - " + text(difference.right());
        } else {
            text = ((RuleReference) expression).name();
        }
        return "(" + text + ")";
    }

    private String bar() {
        return switch (dialect) {
            case ABNF -> " /\n  ";
            case EBNF_ISO -> random.nextBoolean() ? " | " : random.nextBoolean() ? " / " : " ! ";
            default -> " |\n";
        };
    }

    private String joined(List<Expression> parts, String separator) {
        return parts.stream().map(this::text).collect(Collectors.joining(separator));
    }

    private String literal(String text) {
        return switch (dialect) {
            case ABNF ->
                text.isEmpty() || (text.matches("[abc]+") && random.nextBoolean())
                        ? "%s\"" + text + "\""
                        : values(text);
            case EBNF_ISO ->
                text.isEmpty() && random.nextBoolean()
                        ? ""
                        : random.nextBoolean() ? "'" + text + "'" : "\"" + text + "\"";
            case EBNF_W3C ->
                text.isEmpty()
                        ? "''"
                        : text.codePoints()
                                .mapToObj(c -> c == '\n' || random.nextInt(4) == 0
                                        ? "#x" + Integer.toHexString(c)
                                        : c == '"' ? "'\"'" : "\"" + Character.toString(c) + "\"")
                                .collect(Collectors.joining(" "));
            default -> "\"" + escaped(text) + "\"";
        };
    }

    private String values(String text) {
        int base = random.nextInt(3);
        return (base == 0 ? "%b" : base == 1 ? "%d" : "%x")
                + text.codePoints()
                        .mapToObj(c -> Integer.toString(c, base == 0 ? 2 : base == 1 ? 10 : 16))
                        .collect(Collectors.joining("."));
    }

    private String escaped(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '"'
                        ? "\\\""
                        : c == '\n' ? "\\n" : random.nextInt(4) == 0 ? "\\U%08X".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private String members(CodePoints members) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < members.rangeCount(); i++) {
            int first = members.first(i);
            int last = members.last(i);
            switch (dialect) {
                case ABNF ->
                    ranges.add(
                            random.nextBoolean()
                                    ? "%%x%X-%X".formatted(first, last)
                                    : "%%d%d-%d".formatted(first, last));
                case EBNF_ISO -> {
                    for (int c = first; c <= last; c++) {
                        ranges.add("'" + Character.toString(c) + "'");
                    }
                }
                case EBNF_W3C -> ranges.add("#x%X-#x%X".formatted(first, last));
                default -> ranges.add("\\x%X-\\U%08X".formatted(first, last));
            }
        }
        return dialect == GrammarDialect.ABNF || dialect == GrammarDialect.EBNF_ISO
                ? String.join(dialect == GrammarDialect.ABNF ? " / " : " | ", ranges)
                : "[" + String.join("", ranges) + "]";
    }

    private String repeat(Repeat repeat) {
        String item = text(repeat.item());
        int min = repeat.min();
        int max = repeat.max();
        boolean endless = max == Expression.UNBOUNDED;
        return switch (dialect) {
            case ABNF ->
                min == 0 && max == 1 && random.nextBoolean()
                        ? "[" + item + "]"
                        : min == max ? min + item : min + "*" + (endless ? "" : max) + item;
            case EBNF_ISO ->
                min + " * " + item + ", "
                        + (endless
                                ? (random.nextBoolean() ? "{" + item + "}" : "(:" + item + ":)")
                                : (max - min) + " * " + (random.nextBoolean() ? "[" + item + "]" : "(/" + item + "/)"));
            case EBNF_W3C ->
                (item + " ").repeat(min) + "'' " + (endless ? item + "*" : (item + "? ").repeat(max - min));
            default ->
                min == 1 && endless
                        ? item + "+"
                        : item + "{" + min + (min == max ? "}" : "," + (endless ? "" : max) + "}");
        };
    }
}
