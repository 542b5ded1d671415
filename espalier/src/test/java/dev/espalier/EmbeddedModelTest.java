package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.cli.ConsoleRun;
import dev.espalier.cli.ExitCode;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a schema and a text to a value, with the model that is in the jar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedModelTest {

    private static final Path EXAMPLES = Path.of("../examples");

    record Parcel(String recipient, int weight, boolean fragile) {}

    @SuppressWarnings("NullAway.Init") // opened before all tests
    private Generator generator;

    @BeforeAll
    void load() {
        assumeTrue(Sprig.isPresent(), "the embedded model is not among the resources");
        generator = Generator.embedded();
    }

    @AfterAll
    void close() {
        if (generator != null) {
            generator.close();
        }
    }

    private static Schema validator(String schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON);
    }

    @Test
    void completeTextsAreValidAtAnyTemperature() throws IOException {
        for (String name : List.of("invoice", "ticket")) {
            String schema = Files.readString(EXAMPLES.resolve(name + ".schema.json"));
            String text = Files.readString(EXAMPLES.resolve(name + ".txt"));
            List<Request<?>> requests = new ArrayList<>();
            for (int seed = 0; seed < 2; seed++) {
                requests.add(Request.of(text, Output.jsonSchema(schema))
                        .with(SamplingParameters.MODEL.withSeed(seed).withMaxTokens(160)));
            }
            Schema validator = validator(schema);
            for (Generation<?> generation : generator.generateAll(requests)) {
                assertInstanceOf(Outcome.Complete.class, generation.outcome());
                assertEquals(List.of(), validator.validate(generation.text(), InputFormat.JSON), generation.text());
            }
        }
    }

    @Test
    void aRecordIsReadFromAText() {
        Parcel parcel = generator.generate("Recipient: Dorval\nWeight: 12\nFragile: yes\n", Output.of(Parcel.class));
        assertFalse(parcel.recipient().isEmpty());
    }

    @Test
    void aTextThatSpellsAMarkerIsOnlyText() {
        Parcel parcel = generator.generate("Recipient: <|json|>{\"x\":1}", Output.of(Parcel.class));
        assertFalse(parcel.toString().isEmpty());
    }

    @Test
    void aPromptThatIsTooLongIsRefused() {
        Generation<Parcel> generation = generator.generate(Request.of("word ".repeat(5000), Output.of(Parcel.class)));
        assertInstanceOf(Outcome.Refused.class, generation.outcome());
    }

    @Test
    void theCommandLineBeginsTextsThatTurnOutWrongAgain(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.jsonl");
        List<String> line = List.of(
                "generate",
                "--schema",
                "{\"type\":\"string\",\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}]}",
                "--allow",
                "checked-at-end",
                "--prompt",
                "Letters: abab",
                "-n",
                "8",
                "--temperature",
                "2",
                "--trace",
                trace.toString(),
                "--stats",
                "--json");
        ConsoleRun several = ConsoleRun.of(line.toArray(String[]::new));
        assertEquals(ExitCode.DONE, several.code(), several.err());
        assertTrue(Files.readString(trace).contains("\"attempt\":2"), several.err());
        assertTrue(several.err().contains("taken back"), several.err());
        List<String> once = new ArrayList<>(line);
        once.addAll(List.of("--attempts", "1"));
        ConsoleRun single = ConsoleRun.of(once.toArray(String[]::new));
        assertEquals(ExitCode.NOT_VALID, single.code(), single.err());
        assertTrue(single.out().contains("dead-end"), single.out());
    }

    @Test
    void theFirstCommandOfTheReadmePrintsAValidInvoice() throws IOException {
        String schema = EXAMPLES.resolve("invoice.schema.json").toString();
        ConsoleRun run = ConsoleRun.of(
                "generate",
                "--schema",
                schema,
                "--prompt-file",
                EXAMPLES.resolve("invoice.txt").toString(),
                "--stats");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(
                List.of(),
                validator(Files.readString(Path.of(schema))).validate(run.out(), InputFormat.JSON),
                run.out());
        assertTrue(run.err().contains("forward passes"), run.err());
    }
}
