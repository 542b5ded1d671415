// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import java.util.List;
import java.util.function.Consumer;

/** Free text up to the first of some stops, told as soon as it is certain to be before one: what may be the beginning of a stop is held back. One text, one thread at a time. */
public final class StoppedText {

    private final List<String> stops;
    private final int longest;
    private final Consumer<String> told;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /**
     * A text of which nothing is written yet.
     *
     * @param stops none of them empty; of several that are in the text, the one that ends first counts
     * @param told takes what is certain, piece by piece
     */
    public StoppedText(List<String> stops, Consumer<String> told) {
        this.stops = stops;
        this.longest = stops.stream().mapToInt(String::length).max().orElse(0);
        this.told = told;
    }

    /** The text grew. */
    public void add(String chunk) {
        if (stopped) {
            return;
        }
        held.append(chunk);
        int end = firstStop();
        stopped = end >= 0;
        tell(stopped ? end : held.length() - heldBack());
    }

    /** The text has ended. */
    public void end() {
        if (!stopped) {
            tell(held.length());
        }
    }

    /** The text ends here, as with a stop. */
    void stop() {
        end();
        stopped = true;
    }

    /** Whether a stop was written. */
    public boolean isStopped() {
        return stopped;
    }

    /** All is taken back. */
    public void restart() {
        held.setLength(0);
        stopped = false;
    }

    /** Where the stop begins that ends first, and of those the one that begins first; -1 if there is none. */
    private int firstStop() {
        int begin = -1;
        int first = Integer.MAX_VALUE;
        for (String stop : stops) {
            int place = held.indexOf(stop);
            int end = place + stop.length();
            if (place >= 0 && (end < first || (end == first && place < begin))) {
                first = end;
                begin = place;
            }
        }
        return begin;
    }

    /** How many characters at the end may be the beginning of a stop. */
    private int heldBack() {
        for (int length = Math.min(longest - 1, held.length()); length > 0; length--) {
            String end = held.substring(held.length() - length);
            if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
                return length;
            }
        }
        return 0;
    }

    private void tell(int length) {
        if (length > 0) {
            String chunk = held.substring(0, length);
            held.delete(0, length);
            told.accept(chunk);
        }
    }
}
