// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.hard.CaseCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A matcher in a state of some class, and what opens more of them. One thread. */
@State(Scope.Thread)
public class Place {

    /** The tokenizer's file. */
    @Param("")
    @SuppressWarnings("NullAway.Init") // JMH sets it
    public String tokenizer;

    /** The class of states. */
    @Param("STRING")
    @SuppressWarnings("NullAway.Init") // JMH sets it
    public StateClass stateClass;

    @SuppressWarnings("NullAway.Init") // made before any benchmark
    private Vocabulary vocabulary;

    @SuppressWarnings("NullAway.Init") // made before any benchmark
    private CaseCompiler compiler;

    @SuppressWarnings("NullAway.Init") // made before any benchmark
    private Matcher matcher;

    @SuppressWarnings("NullAway.Init") // made before any benchmark
    private Matcher running;

    private int[] tokens = {};
    private int at;

    /** Reads the vocabulary, and the text up to the place. */
    @Setup(Level.Trial)
    public void open() {
        Path file = Path.of(tokenizer).toAbsolutePath();
        vocabulary = Vocabulary.read(file);
        tokens = TextEncoders.read(file).encode(stateClass.prefix());
        compiler = newCompiler();
        matcher = standing(compiler);
        matcher.mask();
        running = matcher.grammar().matcher();
    }

    /** A compiler that has seen nothing. */
    CaseCompiler newCompiler() {
        return new CaseCompiler(vocabulary, Limits.DEFAULT);
    }

    /** A matcher at the place, of a grammar that is compiled for it. */
    Matcher standing(CaseCompiler by) {
        Matcher opened = by.compile(stateClass.language()).matcher();
        for (int token : tokens) {
            opened.accept(token);
        }
        return opened;
    }

    /** A matcher at the place whose mask is remembered. */
    Matcher matcher() {
        return matcher;
    }

    /** A compiler whose store has the masks that the place needs. */
    CaseCompiler compiler() {
        return compiler;
    }

    /** Reads the next token of the text that leads to the place, over and over. */
    Matcher readNext() {
        if (at == tokens.length) {
            at = 0;
            running = matcher.grammar().matcher();
        }
        running.accept(tokens[at++]);
        return running;
    }

    /** The last token before the place. */
    int lastToken() {
        return tokens[tokens.length - 1];
    }
}
