// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What JMH runs, for each class of states. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MicroBenchmarks {

    /** For JMH. */
    public MicroBenchmarks() {}

    /** A mask that the same worker made before: nothing on the heap. */
    @Benchmark
    public TokenMask remembered(Place place) {
        return place.matcher().mask();
    }

    /** A mask of a grammar that was compiled anew, beside a store that has the masks of its states. */
    @Benchmark
    public TokenMask warm(NewPlace.Warm place) {
        return place.matcher().mask();
    }

    /** A mask of a grammar that was compiled anew, with an empty store. */
    @Benchmark
    public TokenMask cold(NewPlace.Cold place) {
        return place.matcher().mask();
    }

    /** From a source's text to a compiled grammar, by readers and compilers that have seen nothing. */
    @Benchmark
    public CompiledGrammar compile(Place place) {
        return place.newCompiler().compile(place.stateClass.language());
    }

    /** From a source's text to the first mask, likewise, with an empty store. */
    @Benchmark
    public TokenMask firstMask(Place place) {
        return compile(place).matcher().mask();
    }

    /** A token of a text that was read before. */
    @Benchmark
    public Matcher accept(Place place) {
        return place.readNext();
    }

    /** A token taken back and read again. */
    @Benchmark
    public Matcher rollback(Place place) {
        place.matcher().rollback(1);
        place.matcher().accept(place.lastToken());
        return place.matcher();
    }

    /** A second matcher at the same place. */
    @Benchmark
    public Matcher fork(Place place) {
        return place.matcher().fork();
    }
}
