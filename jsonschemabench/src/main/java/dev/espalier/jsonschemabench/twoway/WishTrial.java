// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;

/** The simulated model writes under this engine's masks. One thread. */
final class WishTrial {

    private final SchemaCompiler schemas = new SchemaCompiler();
    private final GrammarCompiler grammars;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final WishModel model;
    private final SchemaOptions options;
    private final int limit;
    private final boolean closes;

    /**
     * Writing under one setting.
     *
     * @param options how schemas are read
     * @param limit tokens of a text
     * @param closes whether masks know of the limit, so that every text is whole by then
     */
    WishTrial(Vocabulary vocabulary, TextEncoder encoder, SchemaOptions options, int limit, boolean closes) {
        this.grammars = new GrammarCompiler(vocabulary, options.limits());
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.model = new WishModel(vocabulary);
        this.options = options;
        this.limit = limit;
        this.closes = closes;
    }

    /** What becomes of a wish; whatever is thrown becomes part of it. */
    WishResult run(Wish wish) {
        CompiledGrammar grammar;
        try {
            grammar = grammars.compile(schemas.compile(wish.schema(), options).automaton());
        } catch (EspalierException e) {
            return new WishResult(wish.id(), "refused", 0, 0, "");
        }
        model.wish(encoder.encode(wish.text()));
        return written(wish, grammar.matcher());
    }

    private WishResult written(Wish wish, Matcher matcher) {
        String end = "limit";
        int blanks = 0;
        try {
            while (matcher.length() < limit) {
                int token = model.next(mask(matcher));
                if (token == model.end()) {
                    end = "complete";
                    break;
                }
                matcher.accept(token);
                blanks = model.isBlank(token) ? blanks + 1 : 0;
            }
            end = matcher.length() == limit && matcher.isAccepting() ? "complete" : end;
        } catch (EspalierException e) {
            end = "error";
        }
        String text = new String(vocabulary.decode(matcher.tokens()), StandardCharsets.UTF_8);
        return new WishResult(wish.id(), end, matcher.length(), blanks, text);
    }

    private TokenMask mask(Matcher matcher) {
        return closes ? matcher.mask(limit - matcher.length()) : matcher.mask();
    }
}
