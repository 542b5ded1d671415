// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.core.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The native library of the jar {@code de.kherud:llama} as a file of its own, which goes when this is closed, or with the process where files that are
 * in use cannot be deleted.
 *
 * @param source where it comes from, for messages
 */
record BundledLibrary(String source, Path file) implements AutoCloseable {

    private static final String FOLDER = "de/kherud/llama/";

    /** Unpacks the library for this platform. */
    static BundledLibrary unpack() {
        String resource = resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        try (InputStream stream = BundledLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new ModelException(
                        "there is no " + resource + " on the class path: add the jar de.kherud:llama:4.2.0, or"
                                + " load a library of your own by LlamaLibrary.load(path)");
            }
            Path folder = Files.createTempDirectory("espalier-llamacpp");
            Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
            Files.copy(stream, file);
            return new BundledLibrary("classpath:/" + resource, file);
        } catch (IOException e) {
            throw new ModelException(resource + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** The name of the library in the jar, by the names that Java has for system and processor. */
    static String resource(String system, String processor) {
        String lower = system.toLowerCase(Locale.ROOT);
        String architecture = processor.equals("amd64") ? "x86_64" : processor;
        if (lower.startsWith("windows")) {
            return FOLDER + "Windows/" + architecture + "/jllama.dll";
        }
        return lower.startsWith("mac")
                ? FOLDER + "Mac/" + architecture + "/libjllama.dylib"
                : FOLDER + system + "/" + architecture + "/libjllama.so";
    }

    @Override
    public void close() {
        for (Path path : new Path[] {file, file.resolveSibling("")}) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException inUse) {
                path.toFile().deleteOnExit();
            }
        }
    }
}
