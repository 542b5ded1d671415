// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.antlr;

import java.nio.file.Path;
import java.util.List;
import org.antlr.runtime.RecognitionException;
import org.antlr.v4.Tool;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.LexerInterpreter;
import org.antlr.v4.runtime.ParserInterpreter;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.tool.ANTLRMessage;
import org.antlr.v4.tool.ANTLRToolListener;
import org.antlr.v4.tool.Grammar;
import org.antlr.v4.tool.LexerGrammar;
import org.jspecify.annotations.Nullable;

/** What ANTLR's own lexer and parser say of texts, by its interpreters. */
final class AntlrVerdicts {

    private final LexerInterpreter lexer;
    private final ParserInterpreter parser;
    private final int start;

    private AntlrVerdicts(Grammar lexer, Grammar grammar, String start) {
        this.lexer = lexer.createLexerInterpreter(CharStreams.fromString(""));
        this.parser = grammar.createParserInterpreter(new CommonTokenStream(this.lexer));
        this.start = grammar.getRule(start).index;
    }

    /** The verdicts of a grammar; null if ANTLR refuses it. */
    static @Nullable AntlrVerdicts of(String text, String start) {
        try {
            Refusals refusals = new Refusals();
            Grammar grammar = new Grammar(text, refusals);
            Grammar lexer = grammar.implicitLexer == null ? grammar : grammar.implicitLexer;
            return refusals.any ? null : new AntlrVerdicts(lexer, grammar, start);
        } catch (RecognitionException | RuntimeException e) {
            return null;
        }
    }

    /** The verdicts of a parser grammar and its lexer's; null if ANTLR refuses them. */
    static @Nullable AntlrVerdicts of(String lexer, String parser, String start) {
        try {
            Refusals refusals = new Refusals();
            LexerGrammar tokens = new LexerGrammar("L.g4", lexer, refusals);
            Grammar grammar = new Grammar("P.g4", parser, tokens, refusals);
            return refusals.any ? null : new AntlrVerdicts(tokens, grammar, start);
        } catch (RecognitionException | RuntimeException e) {
            return null;
        }
    }

    /** The verdicts of a grammar that imports others from a folder; null if ANTLR refuses it. */
    static @Nullable AntlrVerdicts of(Path folder, String text, String start) {
        Refusals refusals = new Refusals();
        Tool tool = new Tool(new String[] {"-lib", folder.toString()});
        tool.removeListeners();
        tool.addListener(refusals);
        Grammar grammar = tool.createGrammar(tool.parseGrammarFromString(text));
        grammar.fileName = "G.g4";
        tool.process(grammar, false);
        return refusals.any ? null : new AntlrVerdicts(grammar.implicitLexer, grammar, start);
    }

    /** Whether a whole text is a sentence. */
    boolean accepts(String text) {
        Failures failures = new Failures();
        lexer.setInputStream(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(failures);
        try {
            CommonTokenStream tokens = new CommonTokenStream(lexer);
            tokens.fill();
            parser.setTokenStream(tokens);
            parser.removeErrorListeners();
            parser.addErrorListener(failures);
            parser.parse(start);
            return !failures.any && tokens.LA(1) == Token.EOF;
        } catch (java.util.EmptyStackException popped) {
            return false;
        }
    }

    private static final class Failures extends BaseErrorListener {

        private boolean any;

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object symbol,
                int line,
                int column,
                String message,
                org.antlr.v4.runtime.@Nullable RecognitionException e) {
            any = true;
        }
    }

    /** Warnings after which a grammar means what is written. */
    private static final List<String> ALLOWED = List.of(
            "ILLEGAL_OPTION",
            "TOKEN_UNREACHABLE",
            "IMPLICIT_TOKEN_DEFINITION",
            "CHARACTERS_COLLISION_IN_SET",
            "EXPECTED_NON_GREEDY_WILDCARD_BLOCK",
            "RANGE_PROBABLY_CONTAINS_NOT_IMPLIED_CHARACTERS");

    private static final class Refusals implements ANTLRToolListener {

        private boolean any;

        @Override
        public void info(String message) {}

        @Override
        public void error(ANTLRMessage message) {
            any = true;
        }

        @Override
        public void warning(ANTLRMessage message) {
            any |= !ALLOWED.contains(message.getErrorType().name());
        }
    }
}
