// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads where the Java machine has them: from 21 on. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** An executor that starts one for each task; empty on older Java machines. */
    static Optional<ExecutorService> executor() {
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException older) {
            return Optional.empty();
        }
    }
}
