// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.MaskBatch;
import dev.espalier.mask.Matcher;
import java.nio.LongBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;

final class RowsExample {

    // guide: begin
    static LongBuffer rows(List<Matcher> sequences, int words, ExecutorService pool) {
        LongBuffer rows = LongBuffer.allocate(sequences.size() * words); // or a direct buffer beside the logits
        List<MaskBatch.Failure> failures = new MaskBatch(pool, 4).fill(sequences, rows, words);
        for (MaskBatch.Failure failure : failures) { // a row that fails allows nothing; the others are whole
            System.err.println(
                    "sequence " + failure.index() + ": " + failure.cause().getMessage());
        }
        return rows;
    }
    // guide: end

    private RowsExample() {}
}
