// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.JsonObject;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.Optional;

/**
 * The rotary position embedding of a model: the angle by which each pair of a head's components turns per position.
 *
 * <p>Scaling variants: {@code default}, {@code linear} (positions divided by a factor), {@code llama3} (long waves slowed
 * down, short ones kept, a ramp between) and {@code yarn} (Peng et al. 2023, "YaRN", sections 3.2 and 3.4). Those whose
 * angles depend on the length of the text ({@code dynamic}, {@code longrope}) are refused: cached keys would be wrong.
 *
 * @param frequencies the radians per position of each pair; there are half as many pairs as components of a head
 * @param length the length of a unit vector after rotation; 1 except for yarn
 */
public record RotaryEmbedding(double[] frequencies, double length) {

    /**
     * Reads {@code rope_theta}, {@code rope_scaling} or {@code rope_parameters}.
     *
     * @param size the size of a head
     * @param positions the model's {@code max_position_embeddings}
     * @throws UnsupportedFeatureException if the variant is not one of those above
     */
    static RotaryEmbedding of(JsonObject config, int size, int positions) {
        String name = config.object("rope_parameters").isPresent() ? "rope_parameters" : "rope_scaling";
        Optional<JsonObject> scaling = config.object(name);
        double theta = scaling.flatMap(s -> s.number("rope_theta"))
                .or(() -> config.number("rope_theta"))
                .orElse(10_000.0);
        double share = scaling.flatMap(s -> s.number("partial_rotary_factor"))
                .or(() -> config.number("partial_rotary_factor"))
                .orElse(1.0);
        if (share != 1) {
            throw refused(config, "partial_rotary_factor", "only 1 is supported");
        }
        if (!(theta > 1) || Double.isInfinite(theta)) {
            throw config.wrong("rope_theta", "a number above 1");
        }
        double[] base = new double[size / 2];
        for (int i = 0; i < base.length; i++) {
            base[i] = Math.pow(theta, -2.0 * i / size);
        }
        if (scaling.isEmpty()) {
            return new RotaryEmbedding(base, 1);
        }
        JsonObject s = scaling.get();
        String type = s.text("rope_type").or(() -> s.text("type")).orElse("default");
        return switch (type) {
            case "default" -> new RotaryEmbedding(base, 1);
            case "linear" -> new RotaryEmbedding(linear(base, factor(s)), 1);
            case "llama3" -> new RotaryEmbedding(llama3(base, s, original(config, s, positions)), 1);
            case "yarn" -> yarn(base, s, theta, original(config, s, positions), positions);
            default ->
                throw refused(
                        s, s.text("rope_type").isPresent() ? "rope_type" : "type", "\"" + type + "\" is not supported");
        };
    }

    private static UnsupportedFeatureException refused(JsonObject object, String name, String message) {
        return new UnsupportedFeatureException(
                name,
                message + "; default, linear, llama3 and yarn are",
                new Place(object.source(), 0, 0, object.pointer(name), ""));
    }

    private static double factor(JsonObject scaling) {
        double factor = scaling.number("factor").orElseThrow(() -> scaling.missing("factor"));
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw scaling.wrong("factor", "a positive number");
        }
        return factor;
    }

    private static double original(JsonObject config, JsonObject scaling, int positions) {
        String name = "original_max_position_embeddings";
        double original = config.number(name).or(() -> scaling.number(name)).orElse((double) positions);
        if (!(original > 0)) {
            throw new ModelException(scaling.source() + ": expected a positive number at " + scaling.pointer(name));
        }
        return original;
    }

    private static double[] linear(double[] base, double factor) {
        double[] scaled = base.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= factor;
        }
        return scaled;
    }

    private static double[] llama3(double[] base, JsonObject scaling, double original) {
        double factor = factor(scaling);
        double low = scaling.number("low_freq_factor").orElseThrow(() -> scaling.missing("low_freq_factor"));
        double high = scaling.number("high_freq_factor").orElseThrow(() -> scaling.missing("high_freq_factor"));
        double[] scaled = base.clone();
        for (int i = 0; i < scaled.length; i++) {
            double wave = 2 * Math.PI / base[i];
            if (wave > original / low) {
                scaled[i] = base[i] / factor;
            } else if (wave >= original / high) {
                double smooth = (original / wave - low) / (high - low);
                scaled[i] = (1 - smooth) * base[i] / factor + smooth * base[i];
            }
        }
        return scaled;
    }

    private static RotaryEmbedding yarn(
            double[] base, JsonObject scaling, double theta, double original, int positions) {
        double factor = scaling.number("factor").isPresent() ? factor(scaling) : positions / original;
        double fast = scaling.number("beta_fast").orElse(32.0);
        double slow = scaling.number("beta_slow").orElse(1.0);
        boolean truncate = scaling.flag("truncate", true);
        int size = 2 * base.length;
        double first = turningPair(fast, size, theta, original);
        double last = turningPair(slow, size, theta, original);
        double low = Math.max(truncate ? Math.floor(first) : first, 0);
        double high = Math.min(truncate ? Math.ceil(last) : last, size - 1);
        double span = high == low ? 0.001 : high - low;
        double[] scaled = base.clone();
        for (int i = 0; i < scaled.length; i++) {
            double interpolated = Math.min(1, Math.max(0, (i - low) / span));
            scaled[i] = base[i] / factor * interpolated + base[i] * (1 - interpolated);
        }
        return new RotaryEmbedding(scaled, yarnLength(scaling, factor));
    }

    /** The fractional index of the pair that turns so many times over the original context. */
    private static double turningPair(double turns, int size, double theta, double original) {
        return size * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    private static double yarnLength(JsonObject scaling, double factor) {
        Optional<Double> given = scaling.number("attention_factor");
        if (given.isPresent()) {
            return given.get();
        }
        double scale = scaling.number("mscale").orElse(0.0);
        double all = scaling.number("mscale_all_dim").orElse(0.0);
        return scale != 0 && all != 0 ? stretch(factor, scale) / stretch(factor, all) : stretch(factor, 1);
    }

    private static double stretch(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }
}
