// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is found while an input is tried. Its methods may be called from the thread that tries and from the one that watches. */
final class TrialRecord {

    private static final int MOST_TEXTS = 3;
    private static final int LONGEST_TEXT = 4_000;

    private final String id;
    private final LatencyHistogram steps = new LatencyHistogram();
    private final LatencyHistogram budgeted = new LatencyHistogram();
    private final LatencyHistogram plainBeside = new LatencyHistogram();
    private final Map<String, Fault> faults = new LinkedHashMap<>();
    private final List<Split> splits = new ArrayList<>();
    private final List<TextVerdict> verdicts = new ArrayList<>();
    private String status = "";
    private String reason = "";
    private long compileNanos;
    private long firstMaskNanos;
    private long longestNanos;
    private String longestText = "";
    private int undecided;
    private int stopped;
    private int judged;
    private int valid;

    TrialRecord(String id) {
        this.id = id;
    }

    synchronized void compiled(String how, String why, long nanos) {
        status = how;
        reason = why;
        compileNanos = nanos;
    }

    synchronized void firstMask(long nanos) {
        firstMaskNanos = nanos;
    }

    /** Counts a mask and a commit; whether it is the longest so far. */
    synchronized boolean step(long nanos) {
        steps.add(nanos);
        boolean longest = nanos > longestNanos;
        longestNanos = Math.max(longestNanos, nanos);
        return longest;
    }

    synchronized void longestAt(String text) {
        longestText = shortened(text);
    }

    synchronized void budgeted(long nanos, long plain) {
        budgeted.add(nanos);
        plainBeside.add(plain);
    }

    synchronized void undecided() {
        undecided++;
    }

    synchronized void stopped() {
        stopped++;
    }

    synchronized void judged(boolean isValid) {
        judged++;
        valid += isValid ? 1 : 0;
    }

    synchronized void verdict(String text, boolean accepted) {
        verdicts.add(new TextVerdict(text, accepted));
    }

    /** Notes a fault, the first of each key. */
    synchronized void fault(Fault.Kind kind, String code, String place, String detail, String text) {
        Fault fault = new Fault(kind, code, place, detail, shortened(text));
        faults.putIfAbsent(fault.key(), fault);
    }

    /** Notes an error of the engine. */
    void fault(EspalierException error, String when, String text) {
        String place = EnginePlace.of(error.getStackTrace());
        fault(Trial.kind(error), Trial.code(error) + when, place, String.valueOf(error.getMessage()), text);
    }

    synchronized void split(Split split) {
        if (splits.size() < MOST_TEXTS) {
            splits.add(split);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** What was found so far. */
    synchronized TrialResult result() {
        return new TrialResult(
                id,
                status.isEmpty() ? "unfinished" : status,
                reason,
                compileNanos,
                firstMaskNanos,
                steps.toJson(),
                budgeted.toJson(),
                plainBeside.toJson(),
                undecided,
                longestNanos,
                longestText,
                stopped,
                judged,
                valid,
                verdicts,
                List.copyOf(faults.values()),
                splits);
    }
}
