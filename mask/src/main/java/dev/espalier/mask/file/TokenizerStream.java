// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.file;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** A {@code tokenizer.json}, plain or gzipped, under limits. */
final class TokenizerStream {

    /** Keeps no table of property names: a vocabulary has a hundred thousand of them, each once. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /** What Jackson says of places without having them. */
    private static final Pattern PLACES = Pattern.compile("\\s*\\([^()]*\\[Source: .*?\\]\\)");

    private TokenizerStream() {}

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it cannot be read or is not JSON
     */
    public static void read(Path file, Limits limits, Consumer<JsonParser> reader) {
        String name = name(file);
        try (InputStream stream = Files.newInputStream(file)) {
            read(stream, name, limits, reader);
        } catch (IOException failure) {
            throw unreadable(name, failure);
        }
    }

    /** What a file is called in messages. */
    public static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Reads a stream, as {@link #read(Path, Limits, Consumer)} reads a file. */
    public static void read(InputStream stream, String name, Limits limits, Consumer<JsonParser> reader) {
        try (InputStream plain = new BoundedStream(
                        inflated(new BufferedInputStream(stream, 1 << 16)), limits.maxTokenizerBytes(), name);
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), plain)) {
            reader.accept(parser);
        } catch (IOException | JacksonException failure) {
            throw unreadable(name, failure);
        }
    }

    private static InvalidInputException unreadable(String name, Exception failure) {
        String reason = failure instanceof JacksonException json
                ? PLACES.matcher(json.getOriginalMessage()).replaceAll("")
                : String.valueOf(failure.getMessage());
        String shown = reason.length() <= 200 ? reason : reason.substring(0, 200) + "…";
        return new InvalidInputException(name + " cannot be read as a tokenizer.json: " + shown, failure);
    }

    private static InputStream inflated(InputStream raw) throws IOException {
        raw.mark(2);
        int first = raw.read();
        int second = raw.read();
        raw.reset();
        return first == 0x1f && second == 0x8b ? new GZIPInputStream(raw, 1 << 16) : raw;
    }
}
