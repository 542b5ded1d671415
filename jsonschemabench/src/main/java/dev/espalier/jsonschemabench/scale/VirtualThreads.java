package dev.espalier.jsonschemabench.scale;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads where the Java machine has them: from 21 on. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** An executor that starts one for each task; empty on older Java machines. */
    static Optional<ExecutorService> executor() {
        try {
            MethodHandle handle = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return Optional.of((ExecutorService) handle.invokeExact());
        } catch (NoSuchMethodException | IllegalAccessException older) {
            return Optional.empty();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
