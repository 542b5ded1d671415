// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The messages of llama.cpp. They go to a logger: errors as warnings, all others as details, for most warnings of this library need nothing to be done. The last warnings and
 * errors are kept for the message of an exception. Thread-safe.
 */
public final class NativeLog implements Callback {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLog.class);
    private static final int WARNING = 3;
    private static final int ERROR = 4;
    private static final int SAME = 5;
    private static final int MOST_KEPT = 3;
    private static final int MOST_CHARACTERS = 400;

    private final ArrayDeque<String> kept = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();
    private int level;

    NativeLog() {}

    /** Called by the library with a part of a message, which ends with a line feed where it is complete. */
    public synchronized void callback(int part, @Nullable Pointer text, @Nullable Pointer unused) {
        level = part == SAME ? level : part;
        if (text != null && line.length() < MOST_CHARACTERS) {
            line.append(text.getString(0, StandardCharsets.UTF_8.name()));
        }
        if (line.length() >= MOST_CHARACTERS || (line.length() > 0 && line.charAt(line.length() - 1) == '\n')) {
            complete(line.toString().strip());
            line.setLength(0);
        }
    }

    private void complete(String message) {
        LOG.atLevel(level == ERROR ? Level.WARN : Level.DEBUG).log(message);
        if (level == WARNING || level == ERROR) {
            kept.addLast(message);
            if (kept.size() > MOST_KEPT) {
                kept.removeFirst();
            }
        }
    }

    /** Forgets the messages so far. */
    synchronized void clear() {
        kept.clear();
    }

    /** The last warnings and errors, as the end of a message; empty if there are none. */
    synchronized String said() {
        return kept.isEmpty() ? "" : ". llama.cpp says: " + String.join("; ", kept);
    }
}
