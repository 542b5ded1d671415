// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.corpus;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * Schemas with instances, as MaskBench keeps them: a clone of its repository, folders of {@code .json} files with one schema
 * each, or {@code .jsonl} and {@code .jsonl.gz} files with one a line. The text is held in memory and read as JSON when a
 * schema is asked for. Immutable and thread-safe.
 */
public final class SchemaCorpus {

    private static final Pattern LINE_ID = Pattern.compile("\\A\\{\"id\": ?\"([^\"\\\\]+)\"");

    private final List<Source> sources;
    private final Optional<String> schema;

    /** A schema's name and its object, in what should be UTF-8. */
    private record Source(String id, byte[] object) {

        /**
         * The object's text.
         *
         * @throws InvalidInputException if it is not UTF-8
         */
        String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(object))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new InvalidInputException(id + ": not UTF-8 text", e);
            }
        }
    }

    private SchemaCorpus(List<Source> sources, Optional<String> schema) {
        this.sources = sources;
        this.schema = schema;
    }

    /**
     * Reads files and folders; of a folder all files with the endings above, in the order of their names, and of a clone of
     * MaskBench's repository those of its {@code maskbench/data}. What is named twice counts once. A line without an id
     * is called by its file and number.
     *
     * @throws InvalidInputException if one cannot be read, two different schemas have the same id, or there is none
     */
    public static SchemaCorpus read(List<Path> filesOrFolders) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (Path path : filesOrFolders) {
            for (Path file : files(path)) {
                for (Source source : sources(file)) {
                    Source before = sources.putIfAbsent(source.id(), source);
                    if (before != null && !Arrays.equals(before.object(), source.object())) {
                        throw new InvalidInputException(file + ": two schemas have the id " + source.id());
                    }
                }
            }
        }
        if (sources.isEmpty()) {
            throw new InvalidInputException("no .json, .jsonl or .jsonl.gz file with schemas in " + filesOrFolders);
        }
        return new SchemaCorpus(List.copyOf(sources.values()), Optional.empty());
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        Path inClone = path.resolve("maskbench").resolve("data");
        try (Stream<Path> files = Files.list(Files.isDirectory(inClone) ? inClone : path)) {
            return files.filter(file -> file.toString().matches(".*\\.(json|jsonl|jsonl\\.gz)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(path + ": cannot be read: " + e, e);
        }
    }

    private static List<Source> sources(Path file) {
        String name = file.getFileName().toString();
        try (InputStream raw = Files.newInputStream(file)) {
            if (name.endsWith(".json")) {
                return List.of(new Source("maskbench/data/" + name, raw.readAllBytes()));
            }
            return lines(name, name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e, e);
        }
    }

    /** Lines as bytes: one that is not UTF-8 is told when its schema is asked for, and keeps no other from being read. */
    private static List<Source> lines(String name, InputStream stream) throws IOException {
        List<Source> sources = new ArrayList<>();
        LineNumberReader lines = new LineNumberReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                byte[] object = line.getBytes(StandardCharsets.ISO_8859_1);
                String id = id(new String(object, StandardCharsets.UTF_8));
                sources.add(new Source(id.isEmpty() ? name + ":" + lines.getLineNumber() : id, object));
            }
        }
        return sources;
    }

    private static String id(String object) {
        Matcher first = LINE_ID.matcher(object);
        return first.find() ? first.group(1) : BenchSchema.id(object);
    }

    /** The number of schemas. */
    public int size() {
        return sources.size();
    }

    /** At most {@code limit} of them, spread over all by a hash of their ids: always the same. */
    public SchemaCorpus limited(int limit) {
        if (limit >= sources.size()) {
            return this;
        }
        Set<Source> chosen = sources.stream()
                .sorted(Comparator.comparingLong((Source source) -> hash(source.id()))
                        .thenComparing(Source::id))
                .limit(limit)
                .collect(Collectors.toSet());
        return new SchemaCorpus(sources.stream().filter(chosen::contains).toList(), schema);
    }

    /** At most {@code limit} of them in random order: for one seed and the same schemas always the same. */
    public SchemaCorpus sampled(int limit, long seed) {
        List<Source> shuffled = new ArrayList<>(sources);
        shuffled.sort(Comparator.comparing(Source::id));
        Collections.shuffle(shuffled, new Random(seed));
        return new SchemaCorpus(shuffled.subList(0, Math.min(limit, shuffled.size())), schema);
    }

    private static long hash(String id) {
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** The same instances, those that their own schemas call valid, under one schema, which must take them all. */
    public SchemaCorpus under(String oneSchema) {
        return new SchemaCorpus(sources, Optional.of(oneSchema));
    }

    /** The id of a schema. */
    public String id(int index) {
        return sources.get(index).id();
    }

    /**
     * A schema.
     *
     * @throws InvalidInputException if it is not a JSON object with a schema
     */
    public BenchSchema schema(int index) {
        Source source = sources.get(index);
        BenchSchema own = BenchSchema.read(source.text(), source.id());
        return schema.map(other -> under(own, other)).orElse(own);
    }

    private static BenchSchema under(BenchSchema own, String schema) {
        return new BenchSchema(
                own.id(),
                schema,
                own.tests().stream().filter(BenchSchema.Instance::valid).toList());
    }
}
