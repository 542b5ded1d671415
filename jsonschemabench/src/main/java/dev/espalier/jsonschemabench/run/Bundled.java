// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Texts that come with the harness. */
public final class Bundled {

    private Bundled() {}

    /** A text beside a class, in UTF-8, compressed if its name ends in {@code .gz}. */
    public static String text(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the harness has no " + name);
            }
            InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(stream) : stream;
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
