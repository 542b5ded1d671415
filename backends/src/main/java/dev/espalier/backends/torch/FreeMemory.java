// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory that a process may still take outside of the Java heap, as far as the system says it. */
public final class FreeMemory {

    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    /** The memory of a container: its limit and what it uses, of which the page cache is given back when it is needed. */
    private static final Path GROUP = Path.of("/sys/fs/cgroup");

    private static final Pattern CACHE = Pattern.compile("(?m)^(?:inactive_file|active_file) (\\d+)$");

    private FreeMemory() {}

    /** Bytes; empty where the system does not say it. */
    public static OptionalLong bytes() {
        OptionalLong machine = machine();
        OptionalLong group = group(GROUP);
        return machine.isPresent() && group.isPresent()
                ? OptionalLong.of(Math.min(machine.getAsLong(), group.getAsLong()))
                : group.isPresent() ? group : machine;
    }

    private static OptionalLong machine() {
        try {
            Matcher found = AVAILABLE.matcher(Files.readString(MACHINE));
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** What the group of a container leaves; empty if there is no group, or it has no limit. */
    static OptionalLong group(Path folder) {
        try {
            String limit = Files.readString(folder.resolve("memory.max")).strip();
            if (limit.equals("max")) {
                return OptionalLong.empty();
            }
            long free = Long.parseLong(limit)
                    - Long.parseLong(
                            Files.readString(folder.resolve("memory.current")).strip());
            Matcher cache = CACHE.matcher(Files.readString(folder.resolve("memory.stat")));
            while (cache.find()) {
                free += Long.parseLong(cache.group(1));
            }
            return OptionalLong.of(Math.max(0, free));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
