// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What GBNF can say, and how. */
final class GbnfNotation extends Notation {

    private static final RuleNames.Form NAMES =
            new RuleNames.Form("[a-zA-Z0-9-]+", "[^a-zA-Z0-9-]", "-", "rule", false, Set.of());

    GbnfNotation() {
        super("GBNF");
    }

    @Override
    protected RuleNames names(Grammar grammar) {
        return RuleNames.of(grammar, NAMES, Optional.of(GbnfReader.ROOT));
    }

    @Override
    protected List<String> literal(String characters, Refusal refusal) {
        StringBuilder text = new StringBuilder("\"");
        characters.codePoints().forEach(c -> text.append(character(c, "\\\"", "")));
        return List.of(text.append('"').toString());
    }

    @Override
    protected String characterClass(CodePoints members) {
        return members.equals(CodePoints.ALL) ? "." : ClassText.of(members, c -> character(c, "\\]", "-^["));
    }

    /**
     * A character.
     *
     * @param escaped those that a backslash is put before
     * @param numbered those that are written by number though they are visible
     */
    private static String character(int c, String escaped, String numbered) {
        if (escaped.indexOf(c) >= 0) {
            return "\\" + Character.toString(c);
        }
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                if (numbered.indexOf(c) < 0 && ClassText.isVisible(c)) {
                    yield Character.toString(c);
                }
                yield c <= 0xFF ? "\\x%02X".formatted(c) : ClassText.numbered(c);
            }
        };
    }

    @Override
    protected Optional<RepeatForm> repeat(int min, int max) {
        return RepeatForm.counted(min, max);
    }

    @Override
    protected String token(TokenTerminal token, Refusal refusal) {
        if (token instanceof SpecialToken special) {
            return special(special, refusal);
        } else if (token instanceof OtherToken other && other.excluded().size() == 1) {
            return "!" + special(other.excluded().get(0), refusal);
        }
        throw refusal.of("OtherToken", "it excludes exactly one token");
    }

    private static String special(SpecialToken token, Refusal refusal) {
        if (token.id() >= 0) {
            return "<[" + token.id() + "]>";
        } else if (token.name().matches("<[^>\\[\\r\\n][^>\\r\\n]*>")) {
            return token.name();
        }
        throw refusal.of("SpecialToken", "the name \"" + token.name() + "\" is not in angle brackets");
    }
}
