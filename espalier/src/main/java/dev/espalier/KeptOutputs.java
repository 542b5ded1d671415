// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.source.OutputSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiled outputs by what they were made of, the latest of them: bounded in number and in the bytes that they hold, what they
 * learn while they are used included. Of more than that, what was not asked for longest goes; the one that was asked for
 * last stays. Thread-safe.
 */
final class KeptOutputs {

    private static final int MOST = 256;

    private final long maxBytes;
    private final Map<OutputSource, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private static final class Kept {
        final CompiledOutput output;
        final LongSupplier weight;
        final long source;
        long counted;

        Kept(CompiledOutput output, LongSupplier weight, long source) {
            this.output = output;
            this.weight = weight;
            this.source = source;
        }
    }

    /** Nothing yet; of so many estimated bytes at most. */
    KeptOutputs(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The output of a source; null if it is not there. Cost: a look-up, and giving up others if it has grown much. */
    synchronized @Nullable CompiledOutput get(OutputSource source) {
        Kept found = kept.get(source);
        if (found == null) {
            return null;
        }
        weigh(found);
        shrink();
        return found.output;
    }

    /**
     * Keeps an output.
     *
     * @param weight estimates the bytes that it holds now
     */
    synchronized void put(OutputSource source, CompiledOutput output, LongSupplier weight) {
        Kept added = new Kept(output, weight, source.size());
        Kept before = kept.put(source, added);
        bytes -= before == null ? 0 : before.counted;
        weigh(added);
        shrink();
    }

    private void weigh(Kept one) {
        long now = one.source + one.weight.getAsLong();
        bytes += now - one.counted;
        one.counted = now;
    }

    private void shrink() {
        Iterator<Kept> oldest = kept.values().iterator();
        for (int left = kept.size(); left > 1 && (left > MOST || bytes > maxBytes); left--) {
            bytes -= oldest.next().counted;
            oldest.remove();
        }
    }

    /** Estimated bytes of all, each as of when it was last asked for. */
    synchronized long bytes() {
        return bytes;
    }

    /** How many there are. */
    synchronized int size() {
        return kept.size();
    }

    /** Gives up all. */
    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }
}
