// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.SchemaCompiler;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * As {@code MaskDigestTest}, for schemas of our own, which have every keyword and every draft between them, written in all ways,
 * and for two vocabularies that are made here. One compiler serves all ways to write.
 */
class OwnMaskDigestTest {

    /** Of questions under a budget one of so many is for a mask: those near the end are searches. */
    private static final int SELDOM = 40;

    private static final int SMALL_TOKENS = 40;
    private static final int SCHEMA_TOKENS = 30;
    private static final int GRAMMAR_TOKENS = 80;
    private static final int MADE_TOKENS = 3_000;
    private static final int CANVASES = 3;
    /** A canvas of it needs more memory than a canvas has. */
    private static final String TOO_RICH = "format-regex";

    private static final List<String> PIECES = List.of(
            "\"", "\":", "\",\"", "{\"", "\"}", "},{", "[{", "}]", "[]", "{}", ",", ": ", ", ", " ", "  ", "\n", "\n  ",
            "null", "true", "false", "0", "1", "12", "2.5", "-", "e", "E+", "a", "b", "id", "name", "kind", "value",
            "\\", "\\u00", "\\n", "é", "😀", "abc", "x", "(", ")", "<", "/", ".", "://", "@", "T", "Z");

    private static List<Vocabulary> vocabularies() {
        Random random = new Random(7);
        Set<String> made = new LinkedHashSet<>();
        while (made.size() < MADE_TOKENS) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            made.add(text.toString());
        }
        return List.of(vocabulary(PIECES.subList(0, SMALL_TOKENS)), vocabulary(made));
    }

    private static Vocabulary vocabulary(Iterable<String> texts) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (String text : texts) {
            builder.token(id++, text);
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private static SchemaCorpus schemas() {
        try {
            return SchemaCorpus.read(List.of(Path.of(Objects.requireNonNull(
                            OwnMaskDigestTest.class.getResource("own-schemas.jsonl"), "own-schemas.jsonl")
                    .toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void masksOfOwnSchemasAreWhatTheyWere() {
        DigestTable table =
                new DigestTable("own-schemas", List.of("small", "small under a budget", "made", "made under a budget"));
        SchemaCorpus schemas = schemas();
        for (Vocabulary vocabulary : vocabularies()) {
            MaskTrace trace = new MaskTrace(vocabulary, 1, SELDOM);
            GrammarCompiler grammars = new GrammarCompiler(vocabulary, SampleOptions.LIMITS);
            SchemaCompiler compiler = new SchemaCompiler();
            for (int i = 0; i < schemas.size(); i++) {
                for (SampleOptions how : SampleOptions.values()) {
                    MaskTrace.Hashes hashes = hashes(schemas.schema(i), how, compiler, grammars, trace);
                    String item = schemas.id(i) + "/" + how.label();
                    table.add(item, hashes.masks());
                    table.add(item, hashes.budgets());
                }
            }
        }
        table.check();
    }

    private static MaskTrace.Hashes hashes(
            BenchSchema schema, SampleOptions how, SchemaCompiler compiler, GrammarCompiler grammars, MaskTrace trace) {
        CompiledSchema compiled;
        try {
            compiled = compiler.compile(schema.schema(), how.options());
        } catch (EspalierException refused) {
            return MaskTrace.Hashes.of(refused);
        }
        CompiledGrammar grammar = grammars.compile(compiled.automaton());
        List<String> texts = new ArrayList<>();
        schema.tests().forEach(test -> texts.add(how.text(test)));
        texts.add("");
        return trace.walks(grammar, texts, SCHEMA_TOKENS);
    }

    @Test
    void masksOfGrammarsUnderOwnVocabulariesAreWhatTheyWere() {
        DigestTable table = new DigestTable(
                "own-grammars", List.of("small", "small under a budget", "made", "made under a budget"));
        for (Vocabulary vocabulary : vocabularies()) {
            MaskTrace trace = new MaskTrace(vocabulary, 1, SELDOM);
            GrammarCompiler grammars = new GrammarCompiler(vocabulary, SampleOptions.LIMITS);
            for (SampleGrammar grammar : SampleGrammar.all()) {
                CompiledGrammar compiled = grammars.compile(new GbnfReader().read(grammar.source()));
                List<String> texts = new ArrayList<>(grammar.texts());
                texts.add("");
                MaskTrace.Hashes hashes = trace.walks(compiled, texts, GRAMMAR_TOKENS);
                table.add(grammar.name(), hashes.masks());
                table.add(grammar.name(), hashes.budgets());
            }
        }
        table.check();
    }

    @Test
    void chartsOfOwnCanvasesAreWhatTheyWere() {
        DigestTable table = new DigestTable("own-canvases", List.of("small"));
        CanvasTrace trace = new CanvasTrace(vocabularies().get(0));
        GrammarCompiler grammars = new GrammarCompiler(trace.vocabulary(), SampleOptions.LIMITS);
        SchemaCompiler compiler = new SchemaCompiler();
        SchemaCorpus schemas = schemas();
        for (int i = 0; i < schemas.size(); i++) {
            BenchSchema schema = schemas.schema(i);
            int canvases = schema.id().equals(TOO_RICH)
                    ? 0
                    : Math.min(CANVASES, schema.tests().size());
            for (int seed = 0; seed < canvases; seed++) {
                String text = SampleOptions.COMPACT.text(schema.tests().get(seed));
                table.add(schema.id() + "/" + seed, chart(schema, text, seed, compiler, grammars, trace));
            }
        }
        table.check();
    }

    private static String chart(
            BenchSchema schema,
            String text,
            int seed,
            SchemaCompiler compiler,
            GrammarCompiler grammars,
            CanvasTrace trace) {
        try {
            CompiledSchema compiled = compiler.compile(
                    schema.schema(), SampleOptions.COMPACT.options().withRepeatedKeys(true));
            return trace.hash(grammars.compile(compiled.automaton()), text, false, new Random(seed));
        } catch (EspalierException refused) {
            return MaskTrace.Hashes.of(refused).masks();
        }
    }
}
