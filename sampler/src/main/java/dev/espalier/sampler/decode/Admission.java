// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.decode.draft.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts that are under way and those that wait, by priority, then by turns between the threads that asked for them. A text is under way as
 * long as the cache has room for what it has and what its grammar needs at least to end; where the cache becomes too small the last one
 * steps back, and is read again later. Used by the thread that leads.
 */
final class Admission {

    private final BatchOptions options;
    private final DecodingTools tools;
    private final PrefixStore prefixes;
    private final List<Row> waiting = new ArrayList<>();
    private final List<Row> active = new ArrayList<>();

    Admission(BatchOptions options, DecodingTools tools, PrefixStore prefixes) {
        this.options = options;
        this.tools = tools;
        this.prefixes = prefixes;
    }

    /** The rows under way, in the order in which they were admitted. */
    List<Row> active() {
        return active;
    }

    /** The number of rows that wait. */
    int waiting() {
        return waiting.size();
    }

    void add(List<Row> rows) {
        waiting.addAll(rows);
    }

    /** Ends rows that wait and were interrupted, cancelled or refused, and admits those that there is room for; whether anything changed. */
    boolean admit() {
        boolean changed = false;
        for (Row row : List.copyOf(waiting)) {
            row.poll();
            if (!row.sequence().isActive()) {
                waiting.remove(row);
                row.end();
                changed = true;
            }
        }
        for (Row next = next(); next != null; next = next()) {
            waiting.remove(next);
            active.add(next);
            changed = true;
        }
        return changed;
    }

    /** The row whose turn it is; null if there is none, or no room for it. */
    private @Nullable Row next() {
        if (waiting.isEmpty() || active.size() >= options.maxRows()) {
            return null;
        }
        Map<Waiter, Integer> served = new HashMap<>();
        active.forEach(row -> served.merge(row.waiter(), 1, Integer::sum));
        Row best = waiting.get(0);
        for (Row row : waiting) {
            int order = Integer.compare(row.priority(), best.priority());
            int turn = served.getOrDefault(best.waiter(), 0) - served.getOrDefault(row.waiter(), 0);
            best = order > 0 || (order == 0 && turn > 0) ? row : best;
        }
        long room = options.cacheTokens() - used();
        return active.isEmpty() || best.tokensNeeded() <= room ? best : null;
    }

    /**
     * Makes room in the cache for what is read next: prefixes go first, then drafts, then the rows that were admitted last.
     *
     * @return false if there is room only once the masks are there that some rows wait for, which cannot step back before
     */
    boolean makeRoom() {
        if (options.cacheTokens() == Long.MAX_VALUE) {
            return true;
        }
        prefixes.shrink(options.cacheTokens() - used());
        if (used() > options.cacheTokens()) {
            active.forEach(row -> row.sequence().input().draft(Draft.NONE));
        }
        while (active.size() > 1 && used() > options.cacheTokens()) {
            Row last = lastThatCanWait();
            if (last == null) {
                return active.stream().noneMatch(row -> row.sequence().awaitsMask());
            }
            Session session = last.sequence().stepBack();
            if (session != null) {
                tools.close(session);
            }
            active.remove(last);
            waiting.add(0, last);
        }
        return true;
    }

    private @Nullable Row lastThatCanWait() {
        for (int i = active.size() - 1; i > 0; i--) {
            DecodingSequence sequence = active.get(i).sequence();
            if (sequence.wantsPass() && !sequence.wantsAllRows()) {
                return active.get(i);
            }
        }
        return null;
    }

    /** The tokens that the rows under way have, read next, and need at least. */
    private long used() {
        return active.stream().mapToLong(Row::tokensNeeded).sum();
    }

    /** The tokens in the cache. */
    long cached() {
        return prefixes.size()
                + active.stream()
                        .mapToLong(row -> row.sequence().input().length()
                                + row.sequence().input().aheadTokens())
                        .sum();
    }
}
