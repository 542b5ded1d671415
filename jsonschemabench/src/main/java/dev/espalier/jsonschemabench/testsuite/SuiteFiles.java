// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.core.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The JSON files of the suite by their paths below its folder, {@code tests/draft7/not.json} and
 * {@code remotes/integer.json}, out of a clone or out of a {@code .tar.gz} of one. Immutable.
 *
 * @param texts the files' texts
 */
public record SuiteFiles(SortedMap<String, String> texts) {

    private static final String REMOTES = "remotes/";
    private static final String REMOTE_BASE = "http://localhost:1234/";

    /**
     * Reads the suite.
     *
     * @throws InvalidInputException if there is no such file or folder, or no test in it
     */
    public static SuiteFiles read(Path archiveOrFolder) {
        try {
            SortedMap<String, String> texts =
                    Files.isDirectory(archiveOrFolder) ? folder(archiveOrFolder) : archive(archiveOrFolder);
            if (texts.keySet().stream().noneMatch(name -> name.startsWith("tests/"))) {
                throw new InvalidInputException(
                        archiveOrFolder + ": expected a clone of JSON-Schema-Test-Suite, or a .tar.gz of one, with a"
                                + " folder tests");
            }
            return new SuiteFiles(texts);
        } catch (IOException e) {
            throw new InvalidInputException(archiveOrFolder + ": cannot be read: " + e, e);
        }
    }

    private static SortedMap<String, String> folder(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String part : new String[] {"tests", "remotes"}) {
            Path below = folder.resolve(part);
            if (Files.isDirectory(below)) {
                try (Stream<Path> files = Files.walk(below)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = folder.relativize(file).toString().replace('\\', '/');
                        if (name.endsWith(".json")) {
                            texts.put(name, Files.readString(file));
                        }
                    }
                }
            }
        }
        return texts;
    }

    private static SortedMap<String, String> archive(Path file) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                // the archive's own folder comes before tests/ and remotes/
                String name = entry.getName().replaceFirst("^(\\./)?(?!(tests|remotes)/)[^/]*/", "");
                if (entry.isFile() && name.matches("(tests|remotes)/.*\\.json")) {
                    texts.put(name, new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    /** The test files of one draft, by their paths below {@code tests/} and the draft's folder. */
    public SortedMap<String, String> tests(String folder) {
        String prefix = "tests/" + folder + "/";
        SortedMap<String, String> some = new TreeMap<>();
        for (Map.Entry<String, String> entry : texts.tailMap(prefix).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            some.put(entry.getKey().substring(prefix.length()), entry.getValue());
        }
        return some;
    }

    /** The documents that tests refer to, by their URIs. */
    Map<String, String> remotes() {
        Map<String, String> remotes = new TreeMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(REMOTES)) {
                remotes.put(REMOTE_BASE + name.substring(REMOTES.length()), text);
            }
        });
        return remotes;
    }
}
