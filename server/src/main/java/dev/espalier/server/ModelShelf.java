// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.assistant.Assistant;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.protocol.ServedModel;
import dev.espalier.protocol.ServedModels;
import dev.espalier.sampler.LanguageModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Models by name, each loaded when it is first asked for. Thread-safe. */
public final class ModelShelf implements ServedModels, AutoCloseable {

    private final long created = System.currentTimeMillis() / 1000;
    private final Map<String, Shelved> models = new LinkedHashMap<>();

    /**
     * What has been loaded under one name.
     *
     * @param assistant what answers
     * @param models what it computes with; closed after it
     */
    public record Loaded(Assistant assistant, List<LanguageModel> models) implements AutoCloseable {

        /** Copies the list. */
        public Loaded {
            models = List.copyOf(models);
        }

        /** Loads one model, and makes an assistant of it; closes it again if there can be none. */
        public static Loaded of(LanguageModel model, Function<LanguageModel, Assistant> assistant) {
            try {
                return new Loaded(assistant.apply(model), List.of(model));
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }

        @Override
        public void close() {
            assistant.close();
            models.forEach(LanguageModel::close);
        }
    }

    private static final class Shelved {

        private final Supplier<Loaded> load;
        private final int mostTokens;
        private @Nullable Loaded loaded;
        private @Nullable ServedModel served;
        private volatile Status status = Status.UNLOADED;
        private volatile boolean isAwaited;

        Shelved(Supplier<Loaded> load, int mostTokens) {
            this.load = load;
            this.mostTokens = mostTokens;
        }

        synchronized ServedModel served(String id, long created) {
            ServedModel known = served;
            if (known == null) {
                status = Status.LOADING;
                try {
                    Loaded fresh = load.get();
                    loaded = fresh;
                    known = new ServedModel(id, fresh.assistant(), created, mostTokens);
                    served = known;
                } finally {
                    status = known == null ? Status.UNLOADED : Status.LOADED;
                }
            }
            isAwaited = false;
            return known;
        }

        synchronized void close() {
            if (loaded != null) {
                loaded.close();
            }
            served = null;
            loaded = null;
            status = Status.UNLOADED;
        }
    }

    /** A shelf without models. */
    public ModelShelf() {}

    /**
     * Adds a model. Before the server is started.
     *
     * @param id its name
     * @param load loads it
     * @param mostTokens the most tokens of answers that do not say how long they may be
     */
    public ModelShelf add(String id, Supplier<Loaded> load, int mostTokens) {
        if (models.putIfAbsent(id, new Shelved(load, mostTokens)) != null) {
            throw new InvalidInputException("two models are called \"" + id + "\"");
        }
        return this;
    }

    @Override
    public List<String> ids() {
        return List.copyOf(models.keySet());
    }

    @Override
    public long created(String id) {
        return created;
    }

    @Override
    public ServedModel model(String id) {
        return shelved(id).served(id, created);
    }

    private Shelved shelved(String id) {
        Shelved model = models.get(id);
        if (model == null) {
            throw new InvalidInputException("there is no model \"" + id + "\"");
        }
        return model;
    }

    @Override
    public Status status(String id) {
        return shelved(id).status;
    }

    @Override
    public boolean mayUnload(String id) {
        return true;
    }

    /** Says that the server is not ready before all models have been loaded. */
    public void awaitAll() {
        models.values().forEach(each -> each.isAwaited = true);
    }

    @Override
    public boolean isReady() {
        return models.values().stream().noneMatch(each -> each.isAwaited);
    }

    /** Unloads a model; answers under way are ended. It is loaded again when it is asked for. */
    @Override
    public void unload(String id) {
        shelved(id).close();
    }

    /** Unloads all. */
    @Override
    public void close() {
        models.values().forEach(Shelved::close);
    }
}
