package dev.espalier.schemas;

import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullUnmarked;

/** Reads the corpora of schemas with judged documents. */
@NullUnmarked // every member that is asked for is in the corpora
final class CorpusRun {

    private CorpusRun() {}

    /** Every {@code step}-th schema of all files of JSONSchemaBench in a folder. */
    static Verdicts bench(Path folder, int step) throws IOException {
        int number = 0;
        Verdicts verdicts = new Verdicts();
        SchemaCompiler compiler = new SchemaCompiler();
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jsonl.gz")) {
            stream.forEach(files::add);
        }
        files.sort(null);
        for (Path file : files) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (number++ % step == 0) {
                        Map<String, String> entry = RawJson.members(line);
                        String id = RawJson.string(need(entry, "id"));
                        List<Verdicts.Document> documents = documents(need(entry, "tests"));
                        verdicts.check(compiler, id, need(entry, "schema"), documents, SchemaOptions.CHECKING);
                    }
                }
            }
        }
        return verdicts;
    }

    private static String need(Map<String, String> members, String name) {
        return java.util.Objects.requireNonNull(members.get(name), name);
    }

    private static List<Verdicts.Document> documents(String tests) {
        List<Verdicts.Document> documents = new ArrayList<>();
        for (String test : RawJson.items(tests)) {
            Map<String, String> members = RawJson.members(test);
            String name = RawJson.string(members.getOrDefault("description", "\"\""));
            documents.add(new Verdicts.Document(
                    need(members, "data"), need(members, "valid").equals("true"), name));
        }
        return documents;
    }

    /** The documents that the official test suite refers to, by their URI. */
    static Map<String, String> remotes(Path tar) throws IOException {
        Map<String, String> remotes = new TreeMap<>();
        tar(tar, "/remotes/").forEach((name, text) -> remotes.put("http://localhost:1234/" + name, text));
        return remotes;
    }

    /**
     * The files of one draft in the official test suite; files are told apart by their names.
     *
     * @param remotes the documents that they may refer to
     */
    private static ExtraKeyword[] extras(String file) {
        return file.equals("optional/dependencies-compatibility.json")
                ? new ExtraKeyword[] {ExtraKeyword.DEPENDENCIES}
                : new ExtraKeyword[0];
    }

    static Map<String, Verdicts> suite(Map<String, String> files, Draft draft, Map<String, String> remotes) {
        Map<String, Verdicts> all = new TreeMap<>();
        SchemaCompiler compiler = new SchemaCompiler();
        files.forEach((name, text) -> {
            SchemaOptions options = SchemaOptions.CHECKING
                    .withDefaultDraft(draft)
                    .withDocuments(remotes)
                    .withExtraKeywords(extras(name))
                    .withFormats(name.startsWith("optional/format/"))
                    .withContents(name.equals("optional/content.json"))
                    .allow(
                            name.startsWith("optional/format/") || name.equals("optional/content.json")
                                    ? Enforcement.CHECKED_AT_END
                                    : Enforcement.EXACT);
            Verdicts verdicts = all.computeIfAbsent(name, k -> new Verdicts());
            for (String group : RawJson.items(text)) {
                Map<String, String> members = RawJson.members(group);
                String title = name + " / " + RawJson.string(need(members, "description"));
                verdicts.check(compiler, title, need(members, "schema"), documents(need(members, "tests")), options);
            }
        });
        return all;
    }

    /** The entries of a gzipped tar file below a folder, by their path. */
    static Map<String, String> tar(Path file, String below) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] header = in.readNBytes(512);
            while (header.length == 512 && header[0] != 0) {
                String name = new String(header, 0, 100, StandardCharsets.UTF_8).split("\0", 2)[0];
                int size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.UTF_8).trim(), 8);
                byte[] content = in.readNBytes(size);
                in.readNBytes((512 - size % 512) % 512);
                if (header[156] == '0' && name.contains(below) && name.endsWith(".json")) {
                    entries.put(
                            name.substring(name.indexOf(below) + below.length()),
                            new String(content, StandardCharsets.UTF_8));
                }
                header = in.readNBytes(512);
            }
        }
        return entries;
    }
}
