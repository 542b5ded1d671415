// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No test of any module reads the clock: what it finds depends on no machine, and what is to be measured is a benchmark. */
class ClockTest {

    private static final Pattern CLOCK =
            Pattern.compile("nanoTime\\(|currentTimeMillis\\(|CpuTime\\(|assertTimeout\\w*\\(");

    @Test
    void noTestReadsTheClock() throws IOException {
        List<String> readers = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> sources = Files.walk(tests)) {
                    for (Path source : sources.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        if (CLOCK.matcher(Files.readString(source)).find()) {
                            readers.add(source.toString());
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), readers);
    }
}
