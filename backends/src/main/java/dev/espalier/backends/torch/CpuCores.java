// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The physical cores of this machine, which give the number of threads: a second hardware thread of a core makes matrix products slower, not
 * faster.
 */
public final class CpuCores {

    private static final Path TOPOLOGY = Path.of("/sys/devices/system/cpu");

    private CpuCores() {}

    /** The number of physical cores that the system reports, at most those that the process may use; at least 1. */
    public static int physical() {
        int usable = Runtime.getRuntime().availableProcessors();
        Set<String> cores = new HashSet<>();
        try (Stream<Path> processors = Files.list(TOPOLOGY)) {
            for (Path processor : (Iterable<Path>) processors::iterator) {
                Path siblings = processor.resolve("topology/thread_siblings_list");
                if (Files.isReadable(siblings)) {
                    cores.addAll(List.of(Files.readString(siblings).strip()));
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return usable;
        }
        return cores.isEmpty() ? usable : Math.min(usable, cores.size());
    }
}
