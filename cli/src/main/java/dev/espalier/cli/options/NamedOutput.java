// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.CompiledOutput;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.cli.console.SourceFailure;
import dev.espalier.core.Cancellation;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.SourceCompiler;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An output with its name on the command line and its automaton, which is compiled once, when it is first needed. Used by one thread. */
public final class NamedOutput {

    private final String name;
    private final Output<String> output;
    private final SourceCompiler compiler;
    private @Nullable CompiledSource compiled;

    NamedOutput(String name, Output<String> output, SourceCompiler compiler) {
        this.name = name;
        this.output = output;
        this.compiler = compiler;
    }

    /** The same source, changed. */
    public NamedOutput with(UnaryOperator<Output<String>> change) {
        return new NamedOutput(name, change.apply(output), compiler);
    }

    /** Its name in messages: a file or a pattern. */
    public String name() {
        return name;
    }

    /** The output. */
    public Output<String> output() {
        return output;
    }

    /**
     * The automaton of the output, without a vocabulary.
     *
     * @throws SourceFailure if the source cannot be compiled
     */
    public CompiledSource source() {
        CompiledSource known = compiled;
        if (known == null) {
            known = SourceFailure.in(name, () -> compiler.compile(output.source(), new Cancellation()));
            compiled = known;
        }
        return known;
    }

    /**
     * The output compiled for a vocabulary; the compiler shares it among equal outputs.
     *
     * @throws SourceFailure if the source cannot be compiled at all, or not for this vocabulary
     */
    public CompiledOutput compile(OutputCompiler target) {
        CompiledSource known = source();
        return SourceFailure.in(name, () -> target.compile(known));
    }
}
