// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A grammar with a vocabulary of a few tokens, and canvases written as text. */
final class Toy {

    /** Stands for the end token in canvases and masks. */
    static final String END = "<end>";

    private final List<String> tokens;
    private final CompiledGrammar grammar;
    private final CanvasParser parser;

    private Toy(String gbnf, List<String> tokens, Vocabulary vocabulary) {
        this.tokens = tokens;
        this.grammar = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(gbnf));
        this.parser = new CanvasParser(grammar);
    }

    /** A grammar with these tokens; {@link #END} among them is the end token. Tokens are Latin-1: a character is a byte. */
    static Toy of(String gbnf, String... tokens) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id].equals(END)) {
                builder.special(id, END).endIds(id);
            } else {
                builder.token(id, bytes(tokens[id]));
            }
        }
        return new Toy(gbnf, List.of(tokens), builder.build());
    }

    /** JSON with these tokens. */
    static Toy json(String... tokens) {
        return of(JsonText.ANY, tokens);
    }

    /** JSON with a token for each character, and these. */
    static Toy jsonWithBytes(String characters, String... tokens) {
        List<String> all = new ArrayList<>(List.of(tokens));
        characters.chars().forEach(c -> all.add(0, Character.toString(c)));
        return json(all.toArray(String[]::new));
    }

    private static ByteString bytes(String latin) {
        return ByteString.of(latin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    CompiledGrammar grammar() {
        return grammar;
    }

    CanvasParser parser() {
        return parser;
    }

    int id(String token) {
        int id = tokens.indexOf(token);
        if (id < 0) {
            throw new IllegalArgumentException("no token " + token);
        }
        return id;
    }

    /** A canvas of tokens; {@code _} is a free slot, {@code ?} an optional one, {@code *} an endless one. */
    Canvas canvas(String... slots) {
        int[] ids = new int[slots.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = switch (slots[i]) {
                case "_" -> Canvas.FREE;
                case "?" -> Canvas.OPTIONAL;
                case "*" -> Canvas.ENDLESS;
                default -> id(slots[i]);
            };
        }
        return Canvas.of(grammar.vocabulary(), ids);
    }

    boolean isCompletable(String... slots) {
        return parser.parse(canvas(slots)).isCompletable();
    }

    /** The mask of a slot of a canvas, as tokens. */
    Set<String> mask(int slot, String... slots) {
        return texts(parser.parse(canvas(slots)).mask(slot));
    }

    Set<String> texts(TokenMask mask) {
        Set<String> texts = new TreeSet<>();
        for (int id : mask.ids()) {
            texts.add(tokens.get(id));
        }
        return texts;
    }
}
