// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process takes, the native part included. */
public final class Memory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    /** Resident bytes; 0 where the system does not tell. */
    static long resident() {
        return bytes("VmRSS:");
    }

    /** The most resident bytes since the peak was forgotten; 0 where the system does not tell. */
    static long peak() {
        return bytes("VmHWM:");
    }

    /** Makes the peak what is resident now. */
    static void forgetPeak() throws IOException {
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    }

    private static long bytes(String name) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
