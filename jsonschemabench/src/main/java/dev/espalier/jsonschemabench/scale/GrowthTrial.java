// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What compiling, the first mask and all masks along a text cost, at one size. */
record GrowthTrial(Vocabulary vocabulary, TextEncoder encoder, Cancellation stop) {

    static final String FIRST = "schema to first mask";
    static final String COMPILE = "compile";
    static final String MASK = "mask and commit";

    private static final int REPETITIONS = 4;
    private static final int LEAST_NESTING = 4_000;

    /**
     * A family of generated schemas.
     *
     * @param part whether it grows in size or depth
     * @param line its name
     * @param order of members
     * @param member the schema of a size
     */
    record Family(ScaleResult.Part part, String line, MemberOrder order, IntFunction<Written> member) {}

    /** All families. */
    static final List<Family> FAMILIES = List.of(
            new Family(ScaleResult.Part.SIZE, "members, declared order", MemberOrder.DECLARED, Families::members),
            new Family(ScaleResult.Part.SIZE, "members, any order", MemberOrder.ANY, Families::members),
            new Family(ScaleResult.Part.SIZE, "strings of an enum", MemberOrder.DECLARED, Families::choice),
            new Family(ScaleResult.Part.SIZE, "maxLength", MemberOrder.DECLARED, Families::bounded),
            new Family(
                    ScaleResult.Part.SIZE,
                    "items that differ, of an enum",
                    MemberOrder.DECLARED,
                    Families::differentChoices),
            new Family(ScaleResult.Part.SIZE, "used items that differ", MemberOrder.DECLARED, Families::differentTexts),
            new Family(ScaleResult.Part.SIZE, "words of a pattern", MemberOrder.DECLARED, Families::words),
            new Family(ScaleResult.Part.DEPTH, "levels of schema and text", MemberOrder.DECLARED, Families::nested),
            new Family(ScaleResult.Part.DEPTH, "levels of a tree's text", MemberOrder.DECLARED, Families::tree));

    /** A generated schema, some times with caches that are empty at first; the first time is not counted. */
    ScaleResult of(Family family, int size) {
        Written written = family.member().apply(size);
        SchemaOptions options = ScaleSettings.OPTIONS
                .withMemberOrder(family.order())
                .withLimits(ScaleSettings.OPTIONS.limits().withMaxNesting(LEAST_NESTING + 8 * size));
        Times times = new Times();
        try {
            for (int i = 0; i <= REPETITIONS; i++) {
                Times counted = i == 0 ? new Times() : times;
                try (GrammarCompiler grammars = new GrammarCompiler(vocabulary, options.limits())) {
                    walk(new SchemaCompiler(), grammars, options, written, counted);
                }
            }
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException refused) {
            return new ScaleResult(
                    family.part(), family.line(), size, Map.of(), Map.of(), String.valueOf(refused.getMessage()));
        }
        return new ScaleResult(
                family.part(),
                family.line(),
                size,
                times.all(),
                Map.of("schema bytes", (double) written.schema().length()),
                "");
    }

    /** Schemas of a corpus, one after another with the caches of one compiler; a first time through is not counted. */
    ScaleResult of(String name, List<Written> texts, double readMillis) {
        Times times = new Times();
        for (Times counted : List.of(new Times(), times)) {
            SchemaCompiler schemas = new SchemaCompiler();
            try (GrammarCompiler grammars = new GrammarCompiler(vocabulary, ScaleSettings.OPTIONS.limits())) {
                for (Written written : texts) {
                    walk(schemas, grammars, ScaleSettings.OPTIONS, written, counted);
                }
            }
        }
        return new ScaleResult(
                ScaleResult.Part.VOCABULARY,
                name,
                vocabulary.size(),
                times.all(),
                Map.of("vocabulary read and laid out, ms", readMillis),
                "");
    }

    private void walk(
            SchemaCompiler schemas, GrammarCompiler grammars, SchemaOptions options, Written written, Times times) {
        int[] tokens = written.tokens(encoder);
        long start = System.nanoTime();
        Matcher matcher = grammars.compile(
                        schemas.compile(written.schema(), options).automaton())
                .matcher();
        times.compile.add(System.nanoTime() - start);
        matcher.mask();
        times.first.add(System.nanoTime() - start);
        for (int token : tokens) {
            if (stop.isRequested()) {
                throw new CancelledException("stopped");
            }
            long before = System.nanoTime();
            matcher.mask();
            matcher.accept(token);
            times.mask.add(System.nanoTime() - before);
        }
    }

    /** Times of one size. */
    private static final class Times {

        private final LatencyHistogram compile = new LatencyHistogram();
        private final LatencyHistogram first = new LatencyHistogram();
        private final LatencyHistogram mask = new LatencyHistogram();

        Map<String, LatencyHistogram> all() {
            return Map.of(COMPILE, compile, FIRST, first, MASK, mask);
        }
    }
}
