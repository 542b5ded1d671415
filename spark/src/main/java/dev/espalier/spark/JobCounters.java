// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts of a job, as accumulators that Spark's pages show, too. Rows that are computed again, by a retry or a second action, count again. Serialisable.
 */
public final class JobCounters implements Serializable {

    private static final long serialVersionUID = 1;

    private final LongAccumulator results;
    private final LongAccumulator errors;
    private final LongAccumulator resumed;
    private final LongAccumulator tokensIn;
    private final LongAccumulator tokensOut;

    private JobCounters(SparkContext context) {
        this.results = context.longAccumulator("espalier results");
        this.errors = context.longAccumulator("espalier errors");
        this.resumed = context.longAccumulator("espalier results of the journal");
        this.tokensIn = context.longAccumulator("espalier tokens in");
        this.tokensOut = context.longAccumulator("espalier tokens out");
    }

    /** Counters of a session, all 0. */
    public static JobCounters of(SparkSession session) {
        return new JobCounters(session.sparkContext());
    }

    /** Rows of the result, errors included. */
    public long results() {
        return results.sum();
    }

    /** Rows without a value. */
    public long errors() {
        return errors.sum();
    }

    /** Rows that were in the journal already. */
    public long resumed() {
        return resumed.sum();
    }

    /** Tokens of prompts, without rows of the journal. */
    public long tokensIn() {
        return tokensIn.sum();
    }

    /** Tokens that were written, without rows of the journal. */
    public long tokensOut() {
        return tokensOut.sum();
    }

    /** A row of the result. */
    void count(boolean whole, boolean known, int read, int written) {
        results.add(1L);
        errors.add(whole ? 0L : 1L);
        resumed.add(known ? 1L : 0L);
        tokensIn.add(known ? 0L : read);
        tokensOut.add(known ? 0L : written);
    }
}
