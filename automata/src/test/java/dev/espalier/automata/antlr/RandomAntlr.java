// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.antlr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random grammar files of few tokens and rules. ANTLR refuses many of them. */
final class RandomAntlr {

    private static final String[] SETS = {
        "[ab]",
        "[a-c]",
        "[A-b]",
        "[0-b]",
        "~'a'",
        "~[a-b]",
        "~('a' | 'b')",
        "'a'..'b'",
        "[\\p{Lu}]",
        "[\\u{61}c]",
        "[ -a]",
        ".",
        "."
    };

    private final Random random;
    private final boolean isSplit;
    private final int tokens;
    private final int rules;

    /** Files from a source of randomness. */
    RandomAntlr(Random random) {
        this.random = random;
        this.isSplit = random.nextInt(3) == 0;
        this.tokens = isSplit ? 6 : 2 + random.nextInt(3);
        this.rules = 1 + random.nextInt(3);
    }

    /** Whether the lexer, which has modes, is a file of its own. */
    boolean isSplit() {
        return isSplit;
    }

    /** The lexer's file, called L. */
    String lexer() {
        return "lexer grammar L;\n" + options() + "tokens { X }\nchannels { C }\n" + lexerRules();
    }

    /** The parser's file, with the lexer's rules unless they are a file of their own. The parser begins at r0. */
    String parser() {
        StringBuilder text = new StringBuilder(isSplit ? "parser grammar P;\n" : "grammar G;\n" + options());
        boolean hasOperators = rules > 1 && random.nextBoolean();
        String start = hasOperators ? "r1" : "(" + element(1) + " | " + token() + ")" + pick("*", "+", "*?");
        text.append("r0 : ").append(random.nextInt(3) > 0 ? start : element(2)).append(" EOF ;\n");
        for (int i = 1; i < rules; i++) {
            String body = i == 1 && hasOperators ? operators("r1") : element(2);
            text.append("r").append(i).append(" : ").append(body).append(" ;\n");
        }
        return text + (isSplit ? "" : lexerRules());
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private String options() {
        return random.nextInt(6) == 0 ? "options { caseInsensitive = true; }\n" : "";
    }

    private String lexerRules() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            if (isSplit && i == tokens / 2) {
                text.append("mode M;\n");
            }
            String ignored = random.nextInt(8) == 0 ? " options { caseInsensitive = true; }" : "";
            String body = random.nextInt(3) == 0 ? string() : characters(2);
            String whole = random.nextInt(4) == 0 ? body + " | " + characters(2) : body + commands();
            text.append("T")
                    .append(i)
                    .append(ignored)
                    .append(" : ")
                    .append(whole)
                    .append(" ;\n");
        }
        text.append("fragment R : ").append(recursive("R")).append(" ;\n");
        text.append("fragment Q : ").append(recursive("Q")).append(" ;\n");
        return text + "fragment F : " + string() + " " + pick(SETS) + " ;\n";
    }

    /** A rule of the lexer that may call itself or another one: at its end, or between other parts. */
    private String recursive(String rule) {
        String called = random.nextInt(4) > 0 ? rule : pick("R", "Q");
        String inner = pick(called, "(" + called + " | " + pick(SETS) + ")" + pick("*", "+", "*?", "+?", "?", "??"));
        return switch (random.nextInt(5)) {
            case 0 -> string() + " " + called + " | " + string();
            case 1 -> "(" + pick(SETS) + " " + called + " | " + string() + ")" + pick("", "+", "+?");
            case 2 -> string() + " " + inner + pick("", " " + string()) + " | " + pick(SETS);
            default -> string() + " " + inner + " " + string() + pick("", "", " | " + string());
        };
    }

    private String commands() {
        List<String> commands = new ArrayList<>();
        switch (random.nextInt(12)) {
            case 0 -> commands.add("skip");
            case 1 -> commands.add("more");
            case 2 -> commands.add("type(" + (isSplit ? "X" : "T0") + ")");
            case 3 -> commands.add("channel(" + (isSplit ? "C" : "HIDDEN") + ")");
            default -> {}
        }
        if (isSplit && random.nextBoolean()) {
            commands.add(pick(
                    "mode(M)", "mode(DEFAULT_MODE)", "pushMode(M)", "pushMode(DEFAULT_MODE)", "popMode", "popMode"));
            Collections.shuffle(commands, random);
        }
        return commands.isEmpty() ? "" : " -> " + String.join(", ", commands);
    }

    private String string() {
        String letters = "abcB";
        return "'" + letters.charAt(random.nextInt(4))
                + (random.nextInt(3) == 0 ? letters.charAt(random.nextInt(4)) : "") + "'";
    }

    private String characters(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 8)) {
            case 0 -> string();
            case 1 -> pick(SETS);
            case 2 ->
                pick(
                        "F",
                        "R",
                        "Q",
                        "R",
                        string(),
                        string() + " (EOF | " + string() + ")",
                        string() + " .*? (" + string() + " | EOF)");
            case 3 -> "(" + characters(depth - 1) + " | " + characters(depth - 1) + ")";
            case 4 -> string() + " (" + characters(depth - 1) + ")" + pick("*", "+", "?") + pick("", "?");
            case 5 -> "(" + characters(depth - 1) + ")" + pick("*", "+", "?") + pick("", "?");
            default -> characters(depth - 1) + " " + characters(depth - 1);
        };
    }

    private String token() {
        return isSplit || random.nextBoolean() ? "T" + random.nextInt(tokens) : string();
    }

    private String element(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> rules > 1 && random.nextBoolean() ? "r" + (1 + random.nextInt(rules - 1)) : token();
            case 1, 2 -> pick("", "x=", "x+=") + token();
            case 3 -> pick(".", "~" + token(), "~(" + token() + " | " + token() + ")", token());
            case 4 -> "(" + element(depth - 1) + " | " + element(depth - 1) + ")";
            case 5 -> "(" + element(depth - 1) + ")" + pick("*", "+", "?") + pick("", "?");
            default -> element(depth - 1) + " " + element(depth - 1);
        };
    }

    /** A rule that begins, ends, or begins and ends with itself. */
    private String operators(String rule) {
        StringBuilder text = new StringBuilder();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            String operator = token();
            text.append(pick("", "", "<assoc=right> "))
                    .append(
                            switch (random.nextInt(6)) {
                                case 0, 1 -> rule + " " + operator + " " + rule;
                                case 2 -> operator + " " + rule;
                                case 3 -> rule + " " + operator;
                                case 4 -> rule + " " + operator + " " + rule + " " + token() + " " + rule;
                                default -> operator + " " + rule + " " + token();
                            })
                    .append(" | ");
        }
        return text + token();
    }
}
