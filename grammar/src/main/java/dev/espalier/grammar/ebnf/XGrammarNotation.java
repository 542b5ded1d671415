// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.CodePoints;
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

/** What XGrammar's EBNF can say, and how. */
final class XGrammarNotation extends Notation {

    private static final RuleNames.Form NAMES = new RuleNames.Form(
            "[a-zA-Z_.-][a-zA-Z0-9_.-]*",
            "[^a-zA-Z0-9_.-]",
            "_",
            "_",
            false,
            Set.of("Regex", "Substring", "TagDispatch", "Token", "ExcludeToken", "TokenTagDispatch"));

    XGrammarNotation() {
        super("XGrammar's EBNF");
    }

    @Override
    protected RuleNames names(Grammar grammar) {
        return RuleNames.of(grammar, NAMES, Optional.of(XGrammarReader.ROOT));
    }

    @Override
    protected List<String> literal(String characters, Refusal refusal) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean isOpen = false;
        for (int c : characters.codePoints().toArray()) {
            if (isOpen && isDigit(c)) {
                pieces.add("\"" + piece + "\"");
                piece.setLength(0);
            }
            piece.append(character(c, "\\\""));
            isOpen = isOpen(c);
        }
        pieces.add("\"" + piece + "\"");
        return pieces;
    }

    /**
     * Whether XGrammar shows a character as {@code \xHH}. When it compiles a grammar it reads what it shows, and takes all hexadecimal digits that follow
     * for part of the number: none may stand behind such a character.
     */
    private static boolean isOpen(int c) {
        return c < ' ' || (c >= 0x7F && c <= 0xFF);
    }

    private static boolean isDigit(int c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    @Override
    protected String characterClass(CodePoints members) {
        return ClassText.of(members, c -> character(c, "\\]-^"), XGrammarNotation::isDigit);
    }

    private static String character(int c, String escaped) {
        if (escaped.indexOf(c) >= 0) {
            return "\\" + Character.toString(c);
        }
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> ClassText.isVisible(c) && c != '[' ? Character.toString(c) : ClassText.numbered(c);
        };
    }

    @Override
    protected Optional<RepeatForm> repeat(int min, int max) {
        return RepeatForm.counted(min, max);
    }

    @Override
    protected String token(TokenTerminal token, Refusal refusal) {
        if (token instanceof SpecialToken special) {
            return "Token(" + id(special, refusal) + ")";
        }
        OtherToken other = (OtherToken) token;
        if (other.excluded().isEmpty()) {
            throw refusal.of("OtherToken", "it excludes at least one token");
        }
        return "ExcludeToken("
                + String.join(
                        ", ",
                        other.excluded().stream().map(one -> id(one, refusal)).toList())
                + ")";
    }

    private static String id(SpecialToken token, Refusal refusal) {
        if (token.id() < 0) {
            throw refusal.of("SpecialToken", "tokens are named by id, not as \"" + token.name() + "\"");
        }
        return Integer.toString(token.id());
    }
}
