// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.error.SyntaxException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Ends a parse at the first syntax error and says in plain words what was expected. */
public final class SyntaxErrorStrategy extends DefaultErrorStrategy {

    private static final int SHOWN = 30;

    private final SourceText source;
    private final TreeListener listener;
    private final Map<Integer, String> words;
    private final Map<Integer, String> complaints;

    /**
     * A strategy for one parse.
     *
     * @param words what to call a token type among the expected ones; others are not mentioned
     * @param complaints what to say when a token of that type is the unexpected one, instead of what was expected
     */
    public SyntaxErrorStrategy(
            SourceText source, TreeListener listener, Map<Integer, String> words, Map<Integer, String> complaints) {
        this.source = source;
        this.listener = listener;
        this.words = words;
        this.complaints = complaints;
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException e) {}

    @Override
    public void recover(Parser recognizer, RecognitionException e) {
        throw failure(recognizer, e);
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw nextTokensContext == null
                ? new InputMismatchException(recognizer)
                : new InputMismatchException(recognizer, nextTokensState, nextTokensContext);
    }

    @Override
    protected void reportUnwantedToken(Parser recognizer) {
        throw failure(recognizer, new InputMismatchException(recognizer));
    }

    @Override
    @SuppressWarnings("NullAway") // null is how ANTLR says that no token is to be deleted
    protected Token singleTokenDeletion(Parser recognizer) {
        return null;
    }

    private SyntaxException failure(Parser recognizer, RecognitionException e) {
        listener.abandon();
        Token found = recognizer.getCurrentToken();
        String complaint = complaints.get(found.getType());
        String message = complaint != null ? complaint : expected(e.getExpectedTokens()) + ", found " + shown(found);
        return source.error(message, found.getStartIndex());
    }

    private String expected(@Nullable IntervalSet types) {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<Integer, String> word : words.entrySet()) {
            if (types != null && types.contains(word.getKey())) {
                names.add(word.getValue());
            }
        }
        StringBuilder list = new StringBuilder("expected ");
        int left = names.size();
        for (String name : names) {
            left--;
            list.append(name).append(left == 0 ? "" : left == 1 ? " or " : ", ");
        }
        return list.toString();
    }

    private static String shown(Token token) {
        if (token.getType() == Token.EOF) {
            return "the end of the text";
        }
        String text = token.getText();
        if (text.startsWith("\n") || text.startsWith("\r")) {
            return "the end of the line";
        }
        String clipped = text.codePointCount(0, text.length()) <= SHOWN ? text : clipped(text);
        return text.startsWith("\"") ? clipped : "\"" + clipped + "\"";
    }

    private static String clipped(String text) {
        return text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
