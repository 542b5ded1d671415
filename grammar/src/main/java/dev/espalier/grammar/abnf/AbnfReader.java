// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.abnf;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.AbnfLexer;
import dev.espalier.grammar.syntax.AbnfParser;
import java.util.Map;

/**
 * Reads ABNF (RFC 5234), with the strings of RFC 7405.
 *
 * <p>{@code name = alternatives}, {@code name =/ more alternatives}; a rule goes on in lines that are indented further than the
 * first rule. Items are names, {@code "strings"} in any ASCII case, {@code %s"strings"} as they are, values
 * ({@code %x41}, {@code %x41-5A}, {@code %d13.10}, {@code %b1010}), {@code (groups)} and {@code [options]};
 * {@code n*m} in front of one repeats it. Comments go from {@code ;} to the end of the line. Lines end with CR, LF or both.
 * Names are equal in any case. The rules of RFC 5234's appendix B.1 need not be defined, but may be. The first rule is the
 * start.
 *
 * <p>A value is the code point of a character, so that {@code %xE9} is é, two bytes in UTF-8. RFC 5234 leaves that to the protocol. A
 * reader {@link #ofBytes() of bytes} reads grammars that mean bytes: {@code %xE9} is that byte, and there are none past {@code FF}.
 *
 * <p>Refused by name: prose values ({@code <any text>}), which no machine reads; {@code <name>} is the rule of that name. Strings
 * hold printable ASCII alone, as in the RFC. Values past {@code 10FFFF} and surrogates are no characters. Bounds of repetitions are kept
 * as counters, so their size costs nothing. Thread-safe.
 */
public final class AbnfReader implements GrammarReader<Grammar> {

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(AbnfParser.NAME, "a rule name"),
            entry(AbnfParser.DEFINE, "\"=\""),
            entry(AbnfParser.ADD, "\"=/\""),
            entry(AbnfParser.REPEAT, "a repeat (n*m)"),
            entry(AbnfParser.TEXT, "a \"string\""),
            entry(AbnfParser.VALUE, "a value (%x41)"),
            entry(AbnfParser.OPEN, "\"(\""),
            entry(AbnfParser.OPEN_OPTION, "\"[\""),
            entry(AbnfParser.SLASH, "\"/\""),
            entry(AbnfParser.CLOSE, "\")\""),
            entry(AbnfParser.CLOSE_OPTION, "\"]\""),
            entry(AbnfParser.NEWLINE, "the end of the line"));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            AbnfParser.OPEN_TEXT, "the string that starts here has no closing quote",
            AbnfParser.OPEN_PROSE, "the prose that starts here has no closing \">\"",
            AbnfParser.LIST, "the list operator # is HTTP's, not ABNF's; write the list as a rule");

    private static final NestingScan.Marks MARKS = new NestingScan.Marks("()[]", "\"\"<>", false, ";", "");

    private final StreamingParser<AbnfParser> parser = new StreamingParser<>(
            AbnfLexer::new, AbnfTokens::new, AbnfParser::new, AbnfParser::rules, WORDS, COMPLAINTS);
    private final boolean bytes;

    /** A reader of grammars whose values are characters. */
    public AbnfReader() {
        this(false);
    }

    private AbnfReader(boolean bytes) {
        this.bytes = bytes;
    }

    /** A reader of grammars whose values are bytes. */
    public static AbnfReader ofBytes() {
        return new AbnfReader(true);
    }

    @Override
    public Grammar read(String text, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(text, budget.limits()), options, budget);
    }

    @Override
    public Grammar read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(sourceName, utf8, budget.limits()), options, budget);
    }

    private Grammar read(SourceText source, GrammarOptions options, WorkBudget budget) {
        int nesting = NestingScan.of(source, MARKS, budget.limits());
        return DeepStack.call(nesting, () -> {
            AbnfTranslation translation = new AbnfTranslation(source, bytes, options, budget);
            parser.parse(source, translation, budget);
            return translation.grammar();
        });
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
