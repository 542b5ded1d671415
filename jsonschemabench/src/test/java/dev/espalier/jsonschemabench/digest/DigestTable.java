// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hashes by item and column, and the resource file that says what they should be: one digest of all in the first line, then the
 * names of the columns, then a line for each item. {@code -Despalier.test.digest=write} writes it anew.
 */
final class DigestTable {

    private static final String FOLDER = "src/test/resources/dev/espalier/jsonschemabench/digest";
    private static final boolean WRITES =
            System.getProperty("espalier.test.digest", "").equals("write");
    private static final int SHOWN = 60;

    private final String name;
    private final List<String> columns;
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    /**
     * A table without rows.
     *
     * @param name the resource file's name without its ending
     * @param columns the names of the columns
     */
    DigestTable(String name, List<String> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    /** Sets a cell; those of one item are set in the order of the columns. */
    void add(String item, String cell) {
        rows.computeIfAbsent(item, key -> new ArrayList<>()).add(cell);
    }

    /** The number of items. */
    int size() {
        return rows.size();
    }

    /** Fails with the list of items that differ from the resource file; or writes that file. */
    void check() {
        if (WRITES) {
            write();
            return;
        }
        List<String> wanted = lines();
        List<String> found = text().lines().toList();
        if (wanted.equals(found)) {
            return;
        }
        List<String> changes = changes(rows(wanted), rows(found));
        fail(
                "masks differ from " + FOLDER + "/" + name + ".tsv for " + changes.size() + " items ("
                        + found.get(0) + "):\n"
                        + String.join("\n", changes.subList(0, Math.min(SHOWN, changes.size())))
                        + (changes.size() > SHOWN ? "\n…" : "")
                        + "\nIf a mended fault explains every one of them, write the file anew with -Despalier.test.digest=write");
    }

    private List<String> changes(Map<String, String> wanted, Map<String, String> found) {
        List<String> changes = new ArrayList<>();
        wanted.forEach((item, cells) -> {
            String now = found.getOrDefault(item, "gone");
            if (!now.equals(cells)) {
                changes.add(item + ": " + cells.replace('\t', ' ') + " became " + now.replace('\t', ' '));
            }
        });
        found.forEach((item, cells) -> {
            if (!wanted.containsKey(item)) {
                changes.add(item + ": is new");
            }
        });
        return changes;
    }

    private static Map<String, String> rows(List<String> lines) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : lines) {
            int end = line.indexOf('\t');
            if (end > 0) {
                rows.put(line.substring(0, end), line.substring(end + 1));
            }
        }
        return rows;
    }

    private String text() {
        StringBuilder table = new StringBuilder("item\t" + String.join("\t", columns) + "\n");
        rows.forEach((item, cells) ->
                table.append(item).append('\t').append(String.join("\t", cells)).append('\n'));
        BitHash all = new BitHash();
        all.add(table.toString().getBytes(StandardCharsets.UTF_8));
        return "digest " + all + ", " + rows.size() + " items\n" + table;
    }

    private List<String> lines() {
        try (InputStream stream = DigestTable.class.getResourceAsStream(name + ".tsv")) {
            return stream == null
                    ? List.of()
                    : new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        Path module = Path.of("jsonschemabench");
        Path folder = (Files.isDirectory(module) ? module : Path.of("")).resolve(FOLDER);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".tsv"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
