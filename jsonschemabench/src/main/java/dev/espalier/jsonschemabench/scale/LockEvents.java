// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * How often, and how long, threads waited for monitors and virtual threads held their carriers while something ran: by Java
 * Flight Recorder, whose events cost only where there is something to tell.
 */
final class LockEvents {

    private static final Map<String, String> EVENTS =
            Map.of("jdk.JavaMonitorEnter", "waits for monitors", "jdk.VirtualThreadPinned", "pinned virtual threads");

    private LockEvents() {}

    /** Runs a task; counts of events, and the milliseconds that they took in all. */
    static Map<String, Double> during(Runnable task) {
        Map<String, Double> figures = new HashMap<>();
        EVENTS.values().forEach(name -> {
            figures.put(name, 0.0);
            figures.put(name + ", ms", 0.0);
        });
        try (Recording recording = new Recording()) {
            EVENTS.keySet().forEach(event -> recording.enable(event).withThreshold(Duration.ZERO));
            recording.start();
            task.run();
            recording.stop();
            Path file = Files.createTempFile("espalier", ".jfr");
            try {
                recording.dump(file);
                for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                    String name = EVENTS.get(event.getEventType().getName());
                    if (name != null) {
                        figures.merge(name, 1.0, Double::sum);
                        figures.merge(name + ", ms", event.getDuration().toNanos() / 1e6, Double::sum);
                    }
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return figures;
    }
}
