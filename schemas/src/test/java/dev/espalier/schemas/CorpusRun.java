// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.schemas.options.SchemaOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullUnmarked;

/** Reads a corpus of schemas with judged documents. */
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
}
