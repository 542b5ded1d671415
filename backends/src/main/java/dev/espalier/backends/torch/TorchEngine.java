// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import dev.espalier.core.error.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch inside this process, started at most once.
 *
 * <p>DJL reads system properties when it starts. Those that keep it off the network, turn off its reports of use and make its speed steady are
 * set here first, unless the user has set them. On its first run on a machine DJL unpacks PyTorch's libraries, about 430 MB, into {@code
 * DJL_CACHE_DIR} (default {@code ~/.djl.ai}).
 */
public final class TorchEngine {

    private static final Logger LOG = LoggerFactory.getLogger(TorchEngine.class);

    private TorchEngine() {}

    /** Sets DJL's properties. Must run before any class of DJL does. */
    public static void prepare() {
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ai.djl.pytorch.graph_optimizer", "false");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
        setDefault("ai.djl.pytorch.num_threads", Integer.toString(CpuCores.physical()));
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * Starts PyTorch, if it is not running.
     *
     * @throws ModelException if its libraries or the device are missing
     */
    static PtNDManager start(TorchSettings settings) {
        prepare();
        try {
            pendingLibraries().ifPresent(folder -> LOG.info("PyTorch's libraries are unpacked once to {}", folder));
            Engine engine = Engine.getEngine("PyTorch");
            if (settings.cuda() && !engine.hasCapability(StandardCapabilities.CUDA)) {
                throw new ModelException(
                        "device " + settings.device() + " needs a PyTorch with CUDA, and the one here has"
                                + " none; point PYTORCH_LIBRARY_PATH to the lib folder of a PyTorch 2.7.1 with CUDA 12.8 and set"
                                + " PYTORCH_VERSION=2.7.1 and PYTORCH_FLAVOR=cu128, or use --device cpu");
            }
            return (PtNDManager) engine.newBaseManager(Device.cpu());
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new ModelException("PyTorch does not start: " + rootMessage(e), e);
        }
    }

    /** The folder that PyTorch's native libraries are unpacked to at its first start, if that is still to come; empty else. */
    public static Optional<Path> pendingLibraries() {
        prepare();
        if (System.getenv("PYTORCH_LIBRARY_PATH") != null) {
            return Optional.empty();
        }
        Platform platform = Platform.detectPlatform("pytorch");
        Path folder = Utils.getEngineCacheDir("pytorch")
                .resolve(platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier());
        return Files.exists(folder) ? Optional.empty() : Optional.of(folder);
    }

    /** The message of the deepest cause. */
    public static String rootMessage(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
