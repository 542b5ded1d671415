// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.mask.stats.StoreStats;
import java.util.Optional;

/**
 * What is known of a run beside the results of its schemas; of a run that went on, of its last part.
 *
 * @param store what the store of masks did, of several engines that of the first
 * @param collectionNanos garbage collection while schemas were read, in nanoseconds
 * @param retained what compiled schemas keep on the heap, if that was measured
 */
public record RunFigures(StoreStats store, long collectionNanos, Optional<RetainedSummary> retained) {}
