// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import dev.espalier.core.file.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file with one JSON value a line, in UTF-8. One thread at a time.
 *
 * @param path where it is, or will be
 */
public record JsonLines(Path path) {

    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    /** The values of all lines that can be read; none if there is no file. A line that was cut off is left out. */
    public List<JsonNode> read() throws IOException {
        List<JsonNode> values = new ArrayList<>();
        if (Files.exists(path)) {
            byte[] bytes = Files.readAllBytes(path);
            int start = 0;
            for (int i = 0; i <= bytes.length; i++) {
                if (i == bytes.length || bytes[i] == '\n') {
                    take(bytes, start, i, values);
                    start = i + 1;
                }
            }
        }
        return values;
    }

    private static void take(byte[] bytes, int start, int end, List<JsonNode> values) {
        try {
            JsonNode value = JsonMapper.shared().readTree(bytes, start, end - start);
            if (!value.isMissingNode()) {
                values.add(value);
            }
        } catch (JacksonException cutOff) {
            return;
        }
    }

    /** Writes the whole file anew, with {@code {"summary": …}} as the last line; as {@link #replace(List)}. */
    public void replace(List<String> lines, JsonNode summary) throws IOException {
        List<String> all = new ArrayList<>(lines);
        all.add(JsonMapper.shared().createObjectNode().set("summary", summary).toString());
        replace(all);
    }

    /** Writes the whole file anew; if that fails, or the process ends meanwhile, the file is what it was. */
    void replace(List<String> lines) throws IOException {
        WholeFile.write(path, out -> {
            BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            for (String line : lines) {
                write(line, writer);
            }
            writer.flush();
        });
    }

    /** Goes on after the last line. */
    BufferedWriter append() throws IOException {
        return Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes a line. */
    static void write(String json, BufferedWriter out) throws IOException {
        out.write(wellFormed(json));
        out.newLine();
    }

    /** The same JSON with halves of surrogate pairs, which UTF-8 does not have, as escapes. */
    public static String wellFormed(String json) {
        return HALF.matcher(json)
                .replaceAll(half -> Matcher.quoteReplacement(
                        String.format(Locale.ROOT, "\\u%04x", (int) half.group().charAt(0))));
    }
}
