// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.TestData;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * All masks of a fixed sample of the corpus, of grammars and of canvases, bit for bit, as they were: 500 schemas spread over the
 * corpus by a hash of their ids, up to 200 tokens of each, for three tokenizers. A difference is a fault, or a fault that was
 * mended. {@code OwnMaskDigestTest} does the same without data from elsewhere.
 */
class MaskDigestTest {

    private static final List<String> TOKENIZERS = List.of("gpt2", "llama3_1", "gemma3");
    private static final int SCHEMAS = 500;
    private static final int TOKENS = 200;
    private static final int SELDOM = 8;
    private static final int WALKS = 3;
    private static final int SCHEMA_CANVASES = 140;
    private static final int GRAMMAR_CANVASES = 5;
    private static final int CANVAS_TOKENS = 2_048;

    private static Vocabulary vocabulary(String name) {
        return Vocabulary.read(TestData.tokenizer(name));
    }

    /** The first tokens of a vocabulary and an end token: charts of canvases walk over all tokens often. */
    private static Vocabulary first(Vocabulary all, int count) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < count; id++) {
            builder.token(id, all.bytes(id));
        }
        return builder.special(count, "<end>").endIds(count).build();
    }

    private static List<BenchSchema> schemas(int count) {
        SchemaCorpus corpus =
                SchemaCorpus.read(List.of(TestData.of("jsonschemabench"))).limited(count);
        List<BenchSchema> schemas = new ArrayList<>();
        for (int i = 0; i < corpus.size(); i++) {
            schemas.add(corpus.schema(i));
        }
        return schemas;
    }

    private static SampleOptions options(BenchSchema schema) {
        return SampleOptions.values()[Math.floorMod(schema.id().hashCode(), SampleOptions.values().length)];
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(TOKENIZERS);
        columns.add(1, "under a budget");
        return columns;
    }

    /** Masks under a budget are asked for with the first tokenizer, and seldom: they cost many times what others do. */
    private static boolean hasBudgets(String tokenizer) {
        return tokenizer.equals(TOKENIZERS.get(0));
    }

    private static void add(DigestTable table, String item, String tokenizer, MaskTrace.Hashes hashes) {
        table.add(item, hashes.masks());
        if (hasBudgets(tokenizer)) {
            table.add(item, hashes.budgets());
        }
    }

    @Test
    void masksOfSchemasOfTheCorpusAreWhatTheyWere() {
        DigestTable table = new DigestTable("corpus", columns());
        List<BenchSchema> schemas = schemas(SCHEMAS);
        for (String tokenizer : TOKENIZERS) {
            MaskTrace trace = new MaskTrace(vocabulary(tokenizer), hasBudgets(tokenizer) ? SELDOM : 0, 1);
            try (GrammarCompiler grammars = new GrammarCompiler(trace.vocabulary(), SampleOptions.LIMITS)) {
                SchemaCompiler compiler = new SchemaCompiler();
                for (BenchSchema schema : schemas) {
                    add(table, schema.id(), tokenizer, hashes(schema, compiler, grammars, trace));
                }
            }
        }
        table.check();
    }

    private static MaskTrace.Hashes hashes(
            BenchSchema schema, SchemaCompiler compiler, GrammarCompiler grammars, MaskTrace trace) {
        SampleOptions how = options(schema);
        CompiledSchema compiled;
        try {
            compiled = compiler.compile(schema.schema(), how.options());
        } catch (EspalierException refused) {
            return MaskTrace.Hashes.of(refused);
        }
        Optional<String> text = schema.tests().stream()
                .filter(BenchSchema.Instance::valid)
                .map(how::text)
                .findFirst();
        return trace.walk(
                grammars.compile(compiled.automaton()),
                text.orElse(""),
                TOKENS,
                new Random(schema.id().hashCode()));
    }

    @Test
    void masksOfGrammarsAreWhatTheyWere() {
        DigestTable table = new DigestTable("grammars", columns());
        for (String tokenizer : TOKENIZERS) {
            MaskTrace trace = new MaskTrace(vocabulary(tokenizer), hasBudgets(tokenizer) ? SELDOM : 0, 1);
            GrammarCompiler grammars = new GrammarCompiler(trace.vocabulary(), SampleOptions.LIMITS);
            for (SampleGrammar grammar : SampleGrammar.all()) {
                CompiledGrammar compiled = grammars.compile(new GbnfReader().read(grammar.source()));
                for (int walk = 0; walk < WALKS; walk++) {
                    String text =
                            walk < grammar.texts().size() ? grammar.texts().get(walk) : "";
                    add(
                            table,
                            grammar.name() + "/" + walk,
                            tokenizer,
                            trace.walk(compiled, text, TOKENS, new Random(walk)));
                }
            }
        }
        table.check();
    }

    @Test
    void chartsOfCanvasesAreWhatTheyWere() {
        DigestTable table = new DigestTable("canvases", List.of("gpt2 to " + CANVAS_TOKENS));
        CanvasTrace trace = new CanvasTrace(first(vocabulary("gpt2"), CANVAS_TOKENS));
        GrammarCompiler grammars = new GrammarCompiler(trace.vocabulary(), SampleOptions.LIMITS);
        SchemaCompiler compiler = new SchemaCompiler();
        for (BenchSchema schema : schemas(SCHEMAS)) {
            Optional<String> text = schema.tests().stream()
                    .filter(BenchSchema.Instance::valid)
                    .map(SampleOptions.COMPACT::text)
                    .findFirst();
            if (table.size() < SCHEMA_CANVASES && text.isPresent() && trace.length(text.get()) <= CanvasTrace.MOST) {
                table.add(schema.id(), chart(schema, text.get(), compiler, grammars, trace));
            }
        }
        for (SampleGrammar grammar : SampleGrammar.all()) {
            CompiledGrammar compiled = grammars.compile(new GbnfReader().read(grammar.source()));
            for (int seed = 0; seed < GRAMMAR_CANVASES; seed++) {
                String text = grammar.texts().get(seed % grammar.texts().size());
                table.add(grammar.name() + "/" + seed, trace.hash(compiled, text, seed % 3 == 0, new Random(seed)));
            }
        }
        table.check();
    }

    private static String chart(
            BenchSchema schema, String text, SchemaCompiler compiler, GrammarCompiler grammars, CanvasTrace trace) {
        SchemaOptions options = SampleOptions.COMPACT.options().withRepeatedKeys(true);
        try {
            CompiledGrammar grammar =
                    grammars.compile(compiler.compile(schema.schema(), options).automaton());
            return trace.hash(grammar, text, false, new Random(schema.id().hashCode()));
        } catch (EspalierException refused) {
            return MaskTrace.Hashes.of(refused).masks();
        }
    }
}
