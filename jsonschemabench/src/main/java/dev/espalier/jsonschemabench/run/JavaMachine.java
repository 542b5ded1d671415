// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the Java machine says of its heap and its time. Thread-safe. */
public final class JavaMachine {

    private static final int COLLECTIONS = 3;
    /** Asked for once: asking takes more than a kilobyte of the heap that is measured. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private JavaMachine() {}

    /** Nanoseconds that garbage collection took so far. */
    public static long collectionNanos() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                * 1_000_000;
    }

    /** Bytes that this thread took on the heap so far; 0 where the machine does not count them. */
    public static long allocatedBytes() {
        return THREADS instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    /** Nanoseconds that a processor worked for this thread. */
    public static long processorNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Nanoseconds that processors worked for all threads of this machine so far; 0 where nobody knows. */
    public static long allProcessorsNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** The most bytes of memory that this process had so far, what is outside of the heap included; 0 where nobody knows. */
    public static long peakResidentBytes() {
        return statusBytes("VmHWM:");
    }

    /** Bytes of memory that this process has, what is outside of the heap included; 0 where nobody knows. */
    public static long residentBytes() {
        return statusBytes("VmRSS:");
    }

    private static long statusBytes(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Bytes on the heap that are in use, after what is not was collected. Cost: some tens of milliseconds. */
    public static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
