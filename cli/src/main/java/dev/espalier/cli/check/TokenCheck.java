// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.check;

import dev.espalier.cli.console.ByteText;
import dev.espalier.cli.options.Tokenizer;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.Matcher;
import java.util.Optional;

/** Reads texts token by token, beside the check byte by byte. */
public final class TokenCheck {

    private final Tokenizer tokenizer;

    public TokenCheck(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The verdict on a text, with the token at which it failed.
     *
     * @param matcher a fresh matcher of the language
     * @param verdict what the check byte by byte found
     */
    public ByteCheck.Verdict check(byte[] text, Matcher matcher, ByteCheck.Verdict verdict) {
        int[] tokens = tokenizer.tokens(text);
        int offset = 0;
        for (int i = 0; i < tokens.length; i++) {
            try {
                matcher.accept(tokens[i]);
            } catch (InvalidTokenException e) {
                ByteCheck.Verdict.Token token = new ByteCheck.Verdict.Token(
                        i, tokens[i], tokenizer.vocabulary().text(tokens[i]), offset);
                String problem = verdict.valid() ? "no token goes on here" : verdict.problem();
                return new ByteCheck.Verdict(
                        false,
                        problem + " in token " + i + ", " + tokens[i] + " " + ByteText.quoted(bytes(tokens[i])),
                        verdict.valid() ? offset : verdict.offset(),
                        Optional.of(token),
                        verdict.expected());
            }
            offset += tokenizer.vocabulary().bytes(tokens[i]).length();
        }
        return verdict;
    }

    private byte[] bytes(int token) {
        return tokenizer.vocabulary().bytes(token).toByteArray();
    }
}
