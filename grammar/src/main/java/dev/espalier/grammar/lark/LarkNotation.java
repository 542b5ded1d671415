// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Expression.TokenTerminal;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.writing.ClassText;
import dev.espalier.grammar.writing.Notation;
import dev.espalier.grammar.writing.Refusal;
import dev.espalier.grammar.writing.RepeatForm;
import dev.espalier.grammar.writing.RuleNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Lark's notation can say without named terminals, and how. */
final class LarkNotation extends Notation {

    private static final RuleNames.Form NAMES =
            new RuleNames.Form("[a-z][a-z0-9_]*", "[^a-z0-9_]", "_", "r", true, Set.of());

    private final boolean isCommitted;

    /**
     * Lark's notation.
     *
     * @param isCommitted whether it is for llguidance, whose lexer takes the longest terminal: each terminal is one character then; it has special tokens
     */
    LarkNotation(boolean isCommitted) {
        super(isCommitted ? "llguidance's Lark" : "Lark");
        this.isCommitted = isCommitted;
    }

    @Override
    protected RuleNames names(Grammar grammar) {
        return RuleNames.of(grammar, NAMES, Optional.of("start"));
    }

    @Override
    protected String definition() {
        return ": ";
    }

    @Override
    protected String empty() {
        return "";
    }

    @Override
    protected List<String> literal(String characters, Refusal refusal) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int c : characters.codePoints().toArray()) {
            if (c > 0xFFFF && !ClassText.isVisible(c)) {
                flush(piece, pieces);
                pieces.add(characterClass(CodePoints.of(c)));
                continue;
            }
            piece.append(inLiteral(c));
            if (isCommitted) {
                flush(piece, pieces);
            }
        }
        flush(piece, pieces);
        return pieces;
    }

    private static void flush(StringBuilder piece, List<String> pieces) {
        if (!piece.isEmpty()) {
            pieces.add("\"" + piece + "\"");
            piece.setLength(0);
        }
    }

    private static String inLiteral(int c) {
        return switch (c) {
            case '"', '\\' -> "\\" + (char) c;
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> ClassText.isVisible(c) ? Character.toString(c) : ClassText.numbered(c);
        };
    }

    /** Signs have a meaning in one of the two dialects of regular expressions; they are written by number. */
    @Override
    protected String characterClass(CodePoints members) {
        return "/" + ClassText.of(members, LarkNotation::inClass) + "/";
    }

    private static String inClass(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isLetterOrDigit(c) || c == '_' || (c >= 0x80 && ClassText.isVisible(c))
                        ? Character.toString(c)
                        : ClassText.numbered(c);
        };
    }

    @Override
    protected Optional<RepeatForm> repeat(int min, int max) {
        if (max == Expression.UNBOUNDED || (min == 0 && max == 1)) {
            return RepeatForm.simple(min, max);
        }
        return Optional.of(RepeatForm.behind("~" + min + (max == min ? "" : ".." + max)));
    }

    @Override
    protected String token(TokenTerminal token, Refusal refusal) {
        if (!isCommitted) {
            throw refusal.of(token.getClass().getSimpleName(), "it has characters only");
        } else if (token instanceof SpecialToken special) {
            boolean isNamed = special.id() < 0 && special.name().matches("<[^<>\\[\\s][^<>\\s]*>");
            return isNamed ? special.name() : "<[" + id(special, refusal) + "]>";
        }
        OtherToken other = (OtherToken) token;
        if (other.excluded().isEmpty()) {
            throw refusal.of("OtherToken", "it excludes at least one token");
        }
        return "<[^"
                + String.join(
                        ",",
                        other.excluded().stream().map(one -> id(one, refusal)).toList())
                + "]>";
    }

    private static String id(SpecialToken token, Refusal refusal) {
        if (token.id() < 0) {
            throw refusal.of(
                    "SpecialToken", "the name \"" + token.name() + "\" is not in angle brackets, and it has no id");
        }
        return Integer.toString(token.id());
    }
}
