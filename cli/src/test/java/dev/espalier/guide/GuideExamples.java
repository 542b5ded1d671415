// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Infiller;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Result;
import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the examples of the guide are run, by the names of their classes. */
final class GuideExamples {

    private static final Path FILES = Path.of("..", "examples");
    private static final String BACK_REFERENCE = "{\"type\":\"string\",\"pattern\":\"^(a|b)\\\\1$\"}";

    /** A run of an example: what it returns, as text. */
    interface Example {
        String run() throws IOException;
    }

    private static String file(String name) throws IOException {
        return Files.readString(FILES.resolve(name));
    }

    /** Two texts in a batch, one of which begins in the middle of a token; then a tree of drafts. */
    private static String engine() {
        try (GrammarCompiler compiler = new GrammarCompiler(ToyExample.toy())) {
            CompiledGrammar grammar = compiler.compile(new GbnfReader().read("root ::= (\"ab\" | \"b\"){2} \"b\"*"));
            Matcher whole = grammar.matcher();
            Matcher healed = grammar.matcherAfter("a"); // the prompt's last token was "a": it is taken back
            List<String> texts = EngineExample.write(
                    rows -> rows.stream()
                            .map(row -> new float[] {3, 1, 2, row.length})
                            .toArray(float[][]::new),
                    List.of(whole, healed),
                    grammar,
                    7);
            whole.reset();
            int[] draft = {0, 1, 2};
            int valid = whole.validate(draft);
            float[] likesFirst = {2, 1, 0, 0};
            EngineExample.verify(
                    whole, draft, new int[] {-1, -1, 0}, new float[][] {likesFirst, likesFirst, likesFirst, likesFirst
                    });
            return texts + ", a draft of which " + valid + " tokens are valid, and " + whole.length() + " is right";
        }
    }

    /** All but {@code DirectoryExample}, {@code LlamaExample}, {@code ToolLoopExample} and {@code EagerToolsExample}, which need a model's files. */
    static Map<String, Example> all(Path written) {
        Map<String, Example> all = new LinkedHashMap<>();
        all.put("RecordExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return RecordExample.read(generator, file("ticket.txt")).toString();
            }
        });
        all.put("TypesExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return TypesExample.read(generator, TypesExample.MAIL).toString();
            }
        });
        all.put(
                "TypeSchemaExample",
                () -> TypeSchemaExample.schema() + "\n" + TypeSchemaExample.refusal(TypeSchemaExample.Event.class));
        all.put("StreamExample", () -> {
            try (Generator generator = Sprig.generator()) {
                StringBuilder chunks = new StringBuilder();
                String text = StreamExample.stream(
                        generator, file("ticket.txt"), file("ticket.schema.json"), new Cancellation(), chunks::append);
                return chunks.toString().equals(text) ? text : "other chunks";
            }
        });
        all.put("ElementsExample", () -> {
            try (Generator generator = Sprig.generator()) {
                StringBuilder shown = new StringBuilder();
                ElementsExample.streamed(
                        generator,
                        file("invoice.txt"),
                        part -> shown.append(part).append('\n'));
                return shown.toString();
            }
        });
        all.put("SnapshotExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return SnapshotExample.whileItems(generator, file("invoice.txt"));
            }
        });
        all.put("DemandExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return DemandExample.untilSmall(generator, file("invoice.txt")).toString();
            }
        });
        all.put("TrackerExample", () -> {
            try (OutputCompiler compiler = new OutputCompiler(Sprig.readVocabulary())) {
                CompiledGrammar schema = compiler.compile(Output.jsonSchema("{\"enum\":[\"glad\",\"angry\"]}"))
                        .grammar();
                return TrackerExample.events(schema, List.of("\"", "a", "ngry\"")).stream()
                        .map(Object::toString)
                        .collect(Collectors.joining("\n"));
            }
        });
        all.put("BatchExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return BatchExample.together(generator).stream()
                        .map(Result::text)
                        .collect(Collectors.joining("\n"));
            }
        });
        all.put("SubmitExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return SubmitExample.submitted(generator, List.of("The parcel has arrived.", "It is broken again!"))
                        .toString();
            }
        });
        all.put("ServingExample", () -> {
            try (LanguageModel model = Sprig.load(LoadOptions.DEFAULT);
                    Generator generator = ServingExample.serving(model)) {
                return generator.generate("Hello", Output.choice("good", "bad"));
            }
        });
        all.put("ErrorExample", () -> ErrorExample.verdict(Sprig.readVocabulary(), BACK_REFERENCE));
        all.put("SchemaExample", () -> {
            try (OutputCompiler compiler = new OutputCompiler(Sprig.readVocabulary())) {
                return SchemaExample.weakened(compiler, BACK_REFERENCE);
            }
        });
        all.put("PartsExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return PartsExample.reply(generator, file("ticket.txt"));
            }
        });
        all.put("WeightsExample", () -> {
            try (Generator generator = Sprig.generator()) {
                double positive = WeightsExample.share(generator, "The parcel has arrived.", "positive");
                double negative = WeightsExample.share(generator, "The parcel has arrived.", "negative");
                return positive + negative > 0.999 ? Double.toString(positive) : "no law";
            }
        });
        all.put("FillExample", () -> {
            try (Infiller infiller = Sprig.infiller()) {
                return FillExample.fill(infiller, "Name: Mira Holm\nAge: 42").toString();
            }
        });
        all.put("GapsExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return GapsExample.fill(generator, "Name: Mira Holm\nAge: 42");
            }
        });
        all.put(
                "TagExample",
                () -> TagExample.quoted()
                        .read("She said <q>yes</q>, then <q>no</q>.")
                        .toString());
        all.put(
                "ToolsExample",
                () -> ToolsExample.called(ToolsExample.calls().output().read("""
                        I ask.
                        <tool_call>
                        {"name": "forecast", "arguments": {"city": "Oslo", "days": 3}}
                        </tool_call>
                        <tool_call>
                        {"name": "road", "arguments": {"name": "E6"}}
                        </tool_call>"""))
                        .toString());
        all.put("ReasoningExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return ReasoningExample.vote(generator, "The motion was agreed to by 3 votes.")
                        .toString();
            }
        });
        all.put("ConfidenceExample", () -> {
            try (Generator generator = Sprig.generator()) {
                return ConfidenceExample.vote(generator, "The motion was agreed to by 3 votes.");
            }
        });
        all.put("ToyExample", () -> "" + ToyExample.toy().size());
        all.put(
                "LoopExample",
                () -> LoopExample.decode(ToyExample.toy(), "root ::= \"ab\"{2} \"b\"?", ToyExample::first));
        all.put("ForkExample", () -> {
            try (GrammarCompiler compiler = new GrammarCompiler(ToyExample.toy())) {
                return ForkExample.lookAhead(
                        compiler.compile(new GbnfReader().read("root ::= \"ab\" (\"ab\" | \"aaa\")")));
            }
        });
        all.put(
                "PiecesExample",
                () -> new String(
                        Sprig.readVocabulary()
                                .decode(PiecesExample.prompt(
                                        Sprig.readTokenizer().encoder(), "Good morning")),
                        StandardCharsets.UTF_8));
        all.put("EngineExample", GuideExamples::engine);
        all.put("SchemaMaskExample", () -> {
            try (OutputCompiler compiler = new OutputCompiler(Sprig.readVocabulary())) {
                return ""
                        + SchemaMaskExample.matcher(compiler, file("ticket.schema.json"))
                                .mask()
                                .count();
            }
        });
        all.put("SchemaAloneExample", () -> {
            try (GrammarCompiler masks = new GrammarCompiler(Sprig.readVocabulary())) {
                return ""
                        + SchemaAloneExample.compile(masks, new SchemaCompiler(), file("ticket.schema.json"))
                                .matcher()
                                .mask()
                                .count();
            }
        });
        all.put("ModelExample", () -> {
            float[] logits = {0, -1, -2, -3};
            LanguageModel model = new ModelExample.FunctionModel(
                    ToyExample.toy(), text -> text.chars().map(c -> c - 'a' + 1).toArray(), 1024, tokens -> logits);
            try (Generator generator = Generator.of(model)) {
                return generator.generate("a", Output.regex("(ab|b){2}a"));
            }
        });
        all.put(
                "SavedExample",
                () -> ""
                        + SavedExample.saved("{}", written.resolve("saved.compiled"))
                                .schema());
        all.put("PromptingExample", () -> {
            try (LanguageModel model = new TemplatedModel(
                            Sprig.load(LoadOptions.DEFAULT), "{{ messages[1].content }}{{ enable_thinking }}");
                    Generator generator = PromptingExample.extracting(model)) {
                return generator.generate("Good morning", Output.choice("yes", "no"));
            }
        });
        return all;
    }

    private GuideExamples() {}
}
