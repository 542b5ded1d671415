// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A grammar with a vocabulary of a few tokens, and models that are made up. */
public final class ToyCanvas {

    public static final String END = "<end>";

    /** JSON, without escapes and white space. */
    public static final String JSON = """
            root   ::= value
            value  ::= object | array | string | number
            object ::= "{" (member ("," member)*)? "}"
            member ::= string ":" value
            array  ::= "[" (value ("," value)*)? "]"
            string ::= "\\"" [a-z]* "\\""
            number ::= "0" | [1-9] [0-9]*
            """;

    public final List<String> tokens;
    public final CompiledGrammar grammar;

    private ToyCanvas(List<String> tokens, CompiledGrammar grammar) {
        this.tokens = tokens;
        this.grammar = grammar;
    }

    public static ToyCanvas of(String gbnf, String... tokens) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id].equals(END)) {
                builder.special(id, END).endIds(id);
            } else {
                builder.token(id, ByteString.of(tokens[id].getBytes(StandardCharsets.UTF_8)));
            }
        }
        return new ToyCanvas(
                List.of(tokens), new GrammarCompiler(builder.build()).compile(new GbnfReader().read(gbnf)));
    }

    /** JSON with a token for each character that it needs, some longer ones, and the end. */
    public static ToyCanvas json() {
        return of(
                JSON, "{", "}", "[", "]", "\"", ",", ":", "0", "1", "a", "b", "{\"", "\":", "\",", "\"}", "]]", "},{\"",
                END);
    }

    public int id(String token) {
        int id = tokens.indexOf(token);
        if (id < 0) {
            throw new IllegalArgumentException("no token " + token);
        }
        return id;
    }

    public int[] ids(String... texts) {
        return Arrays.stream(texts).mapToInt(this::id).toArray();
    }

    /** A canvas of tokens; {@code _} is a free slot. */
    Canvas canvas(String... slots) {
        return Canvas.of(
                grammar.vocabulary(),
                Arrays.stream(slots)
                        .mapToInt(slot -> slot.equals("_") ? Canvas.FREE : id(slot))
                        .toArray());
    }

    public String text(Canvas canvas) {
        return Arrays.stream(canvas.tokens())
                .mapToObj(token -> token == Canvas.FREE ? "_" : tokens.get(token))
                .collect(Collectors.joining(" "));
    }

    /** Says what the logit of a token in a slot is. */
    public interface Row {
        double logit(Canvas canvas, int slot, int token);
    }

    /** A model of these logits. */
    public ToyModel model(Row row) {
        return new ToyModel(grammar.vocabulary(), row);
    }

    /** Every token is as likely as any other. */
    public ToyModel uniform() {
        return model((canvas, slot, token) -> 0);
    }

    /** Made-up logits; remembers what it was asked. */
    public static final class ToyModel implements MaskedDiffusionModel {

        private final Vocabulary vocabulary;
        private final Row row;
        public final List<Canvas> seen = new ArrayList<>();
        public final List<int[]> asked = new ArrayList<>();
        public int contextLength = 1_000;

        ToyModel(Vocabulary vocabulary, Row row) {
            this.vocabulary = vocabulary;
            this.row = row;
        }

        @Override
        public Vocabulary vocabulary() {
            return vocabulary;
        }

        @Override
        public TextEncoder encoder() {
            return text -> new int[0];
        }

        @Override
        public int contextLength() {
            return contextLength;
        }

        @Override
        public List<Logits> forward(int[] prompt, Canvas canvas, int[] slots) {
            seen.add(canvas);
            asked.add(slots);
            List<Logits> rows = new ArrayList<>();
            for (int slot : slots) {
                float[] logits = new float[vocabulary.size()];
                for (int token = 0; token < logits.length; token++) {
                    logits[token] = (float) row.logit(canvas, slot, token);
                }
                rows.add(Logits.of(logits));
            }
            return rows;
        }

        @Override
        public void close() {}
    }
}
