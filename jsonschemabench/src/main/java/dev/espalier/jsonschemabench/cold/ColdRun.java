package dev.espalier.jsonschemabench.cold;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts Java machines one after the other, the ways to start in turn, so that what else the machine does falls on all alike.
 */
public final class ColdRun {

    /** What may be started at most for one line, in seconds. */
    private static final int PATIENCE = 300;

    private final Path tokenizer;
    private final Map<String, String> schemas;
    private final int runs;
    private final int masks;
    private final Settings settings;
    private final StringBuilder sizes = new StringBuilder();

    /**
     * A run.
     *
     * @param schemas texts by name
     * @param runs starts of each way and schema
     * @param masks masks of each start after the first
     */
    public ColdRun(Path tokenizer, Map<String, String> schemas, int runs, int masks, Settings settings) {
        this.tokenizer = tokenizer;
        this.schemas = new LinkedHashMap<>(schemas);
        this.runs = runs;
        this.masks = masks;
        this.settings = settings;
    }

    /** How many starts there are. */
    public int size() {
        return runs * schemas.size() * ColdVariant.all().size();
    }

    /**
     * Prepares the files and starts the machines, as far as the folder has no results of them yet.
     *
     * @param progress called after each start
     * @throws InvalidInputException if a machine fails, or files cannot be written
     */
    public ColdSummary run(Path out, Runnable progress) throws InterruptedException {
        try (ResultsFile<ColdResult> file = new ResultsFile<>(out, settings, ColdResult::read)) {
            Map<String, ColdFiles> prepared = prepare(out);
            Set<String> done =
                    file.results().stream().map(ColdResult::id).collect(Collectors.toCollection(HashSet::new));
            for (int round = 0; round < runs; round++) {
                for (Map.Entry<String, ColdFiles> schema : prepared.entrySet()) {
                    for (ColdVariant variant : ColdVariant.all()) {
                        String id = new ColdResult(schema.getKey(), variant.toString(), round, Map.of(), 0).id();
                        if (done.add(id)) {
                            String line = start(command(variant, schema.getValue()));
                            file.add(ColdResult.of(schema.getKey(), variant, round, line));
                        }
                        progress.run();
                    }
                }
            }
            ColdSummary summary = new ColdSummary(file.results(), sizes.toString());
            file.finish(summary.toJson());
            return summary;
        } catch (IOException e) {
            throw new InvalidInputException("cannot use " + out + ": " + e.getMessage(), e);
        }
    }

    /**
     * The files of one schema.
     *
     * @param vocabulary the prepared vocabulary
     * @param schema the schema's text
     */
    private record ColdFiles(Path vocabulary, Path schema) {}

    private Map<String, ColdFiles> prepare(Path out) throws IOException {
        Path folder = Files.createDirectories(out.resolve("prepared"));
        Path prepared = folder.resolve("vocabulary");
        Vocabulary vocabulary = Vocabulary.read(tokenizer);
        vocabulary.save(prepared);
        sizes.append("prepared vocabulary ").append(Files.size(prepared)).append(" bytes");
        Map<String, ColdFiles> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : schemas.entrySet()) {
            Path schema = Files.writeString(folder.resolve("schema" + files.size() + ".json"), entry.getValue());
            files.put(entry.getKey(), new ColdFiles(prepared, schema));
        }
        return files;
    }

    private List<String> command(ColdVariant variant, ColdFiles files) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(variant.options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ColdStart.class.getName());
        command.add(String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
        command.add((variant.vocabulary() ? files.vocabulary : tokenizer).toString());
        command.add(files.schema.toString());
        command.add(String.valueOf(masks));
        command.add(String.valueOf(variant.warm()));
        return command;
    }

    private static String start(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE, java.util.concurrent.TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new InvalidInputException("a Java machine failed: " + String.join(" ", command));
        }
        return line;
    }
}
