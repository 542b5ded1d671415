// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFailureLeavesTheFileAsItWasAndNothingBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        assertThrows(
                IOException.class,
                () -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the disk is full");
                }));
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void noLinkBesideIsFollowedAndALinkToTheFileIs() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve("a.new"), victim);
        Files.createSymbolicLink(folder.resolve("a.part"), victim);
        WholeFile.write(folder.resolve("a"), "result");
        assertEquals("precious", Files.readString(victim));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
        WholeFile.write(link, "again");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("again", Files.readString(folder.resolve("a")));
        assertEquals(List.of("a", "a.new", "a.part", "link", "victim"), names());
    }

    @Test
    void writersAtTheSameTimeDoNotMeet() throws Exception {
        Path file = folder.resolve("a");
        CyclicBarrier both = new CyclicBarrier(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> writers = Stream.of("x", "y")
                    .<Future<?>>map(letter -> pool.submit(() -> {
                        WholeFile.write(file, out -> {
                            out.write(letter.repeat(50_000).getBytes());
                            await(both);
                            out.write(letter.repeat(50_000).getBytes());
                        });
                        return letter;
                    }))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            pool.shutdownNow();
        }
        String written = Files.readString(file);
        assertEquals(written.substring(0, 1).repeat(100_000), written);
        assertEquals(List.of("a"), names());
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IOException(broken);
        }
    }

    @Test
    void devicesAreWrittenDirectly() throws IOException {
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            WholeFile.write(device, "nothing");
            assertTrue(Files.exists(device) && !Files.isRegularFile(device));
        }
    }
}
