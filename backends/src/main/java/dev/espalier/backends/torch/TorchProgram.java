// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.espalier.core.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A TorchScript module in PyTorch's memory, whose methods can be called.
 *
 * <p>Used by one thread at a time. Every exception of PyTorch becomes a {@link ModelException}.
 */
public final class TorchProgram implements AutoCloseable {

    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final int threads;
    private boolean closed;

    private TorchProgram(PtNDManager manager, PtSymbolBlock block, int threads) {
        this.manager = manager;
        this.block = block;
        this.threads = threads;
    }

    /**
     * Loads a module; starts PyTorch if it is not running.
     *
     * @param source the name of the module
     * @throws ModelException if it is not a TorchScript module that this PyTorch can read
     */
    public static TorchProgram load(InputStream stream, String source, TorchSettings settings) {
        PtNDManager manager = TorchEngine.start(settings);
        try {
            JniUtils.setGraphExecutorOptimize(false);
            int threads = settings.threads() > 0 ? settings.threads() : CpuCores.physical();
            return new TorchProgram(manager, JniUtils.loadModule(manager, stream, false, false), threads);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw new ModelException(source + ": not a TorchScript module that PyTorch 2.7.1 reads: " + brief(e), e);
        }
    }

    /**
     * Loads a program that is a resource of this module.
     *
     * @throws ModelException if PyTorch does not start
     */
    public static TorchProgram resource(String name, TorchSettings settings) {
        try (InputStream stream = TorchProgram.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new ModelException("resource " + name + " is missing from the module backends");
            }
            return load(stream, name, settings);
        } catch (IOException e) {
            throw new ModelException("resource " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Calls a method whose result is of no interest. The arguments are freed. */
    public void run(String method, IValue... arguments) {
        call(method, arguments).close();
    }

    /** Calls a method without a result that takes a truth value. */
    public void run(String method, boolean argument) {
        run(method, IValue.from(argument));
    }

    /** Calls a method without arguments whose result is a text. */
    public String text(String method) {
        try (IValue result = call(method)) {
            return result.toStringValue();
        }
    }

    /** Calls a method whose result is a tensor; the caller closes it. The arguments are freed. */
    public PtNDArray tensor(String method, IValue... arguments) {
        try (IValue result = call(method, arguments)) {
            return result.toTensor(manager);
        }
    }

    /** Calls a method; the caller closes the result. The arguments are freed. */
    public IValue call(String method, IValue... arguments) {
        try {
            // settings that PyTorch keeps for each calling thread
            JniUtils.setGraphExecutorOptimize(false);
            JniUtils.setGradMode(false);
            if (JniUtils.getNumThreads() != threads) {
                JniUtils.setNumThreads(threads);
            }
            return IValueUtils.runMethod(block, method, arguments);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            throw new ModelException("PyTorch failed in " + method + ": " + brief(e), e);
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    /** A tensor on the CPU that shares memory with a direct buffer; the caller closes it. */
    public PtNDArray wrap(ByteBuffer direct, long size, DataType type) {
        return manager.create(direct, new Shape(size), type);
    }

    /** A tensor of 64-bit integers on the CPU; the caller closes it. */
    public PtNDArray longs(long[] values, Shape shape) {
        return (PtNDArray) manager.create(values, shape);
    }

    /** The number of tensors that were handed out and are not closed. */
    public int tensors() {
        return manager.getManagedArrays().size();
    }

    /** PyTorch's message without the trace of the program around it. */
    private static String brief(Throwable thrown) {
        String message = TorchEngine.rootMessage(thrown);
        String last = message;
        for (String line : message.split("\n", -1)) {
            last = line.isBlank() ? last : line;
        }
        int error = message.lastIndexOf("RuntimeError: ");
        String text = error >= 0 ? message.substring(error + "RuntimeError: ".length()) : last;
        text = text.strip();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                block.close();
            } finally {
                manager.close();
            }
        }
    }
}
