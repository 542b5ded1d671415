// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.abnf;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.Sequence;
import java.util.Locale;
import java.util.Optional;

/** The rules that every ABNF grammar has: appendix B.1 of RFC 5234. */
final class CoreRules {

    private static final Expression BLANK = set(' ', ' ', '\t', '\t');

    private CoreRules() {}

    /**
     * The rule of a name in any case; empty if there is none.
     *
     * @param bytes whether {@code OCTET} is any byte; else it is a character up to U+00FF
     */
    static Optional<Expression> of(String name, boolean bytes) {
        return Optional.ofNullable(
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "ALPHA" -> set('A', 'Z', 'a', 'z');
                    case "BIT" -> set('0', '1');
                    case "CHAR" -> set(0x01, 0x7F);
                    case "CR" -> Literal.of("\r");
                    case "CRLF" -> Literal.of("\r\n");
                    case "CTL" -> set(0x00, 0x1F, 0x7F, 0x7F);
                    case "DIGIT" -> set('0', '9');
                    case "DQUOTE" -> Literal.of("\"");
                    case "HEXDIG" -> set('0', '9', 'A', 'F', 'a', 'f');
                    case "HTAB" -> Literal.of("\t");
                    case "LF" -> Literal.of("\n");
                    case "LWSP" ->
                        new Repeat(Choice.of(BLANK, Sequence.of(Literal.of("\r\n"), BLANK)), 0, Expression.UNBOUNDED);
                    case "OCTET" -> AbnfValues.range(0x00, 0xFF, bytes);
                    case "SP" -> Literal.of(" ");
                    case "VCHAR" -> set(0x21, 0x7E);
                    case "WSP" -> BLANK;
                    default -> null;
                });
    }

    private static Expression set(int... ranges) {
        return new CharacterClass(CodePoints.ofRanges(ranges));
    }
}
