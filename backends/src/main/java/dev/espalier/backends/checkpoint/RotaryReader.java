// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.JsonObject;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rotary embeddings of a {@code config.json}: {@code rope_theta}, {@code rope_scaling} or {@code rope_parameters}, {@code
 * partial_rotary_factor}. {@link RotaryScaling} has the formulas. Up to the model's own context, {@code dynamic} is the default.
 */
final class RotaryReader {

    private final JsonObject config;
    private final int size;
    private final int positions;
    private final int asked;

    /**
     * A reader of a configuration.
     *
     * @param size the size of a head
     * @param positions the model's {@code max_position_embeddings}
     * @param asked the most tokens of a sequence that are asked for; 0 for the usual number
     */
    RotaryReader(JsonObject config, int size, int positions, int asked) {
        this.config = config;
        this.size = size;
        this.positions = positions;
        this.asked = asked;
    }

    /**
     * The embedding of all layers.
     *
     * @throws UnsupportedFeatureException if the variant is unknown
     */
    RotaryEmbedding read() {
        return read(
                scaling(), "rope_theta", config.text("model_type").orElse("").equals("smollm3") ? 2e6 : 1e4);
    }

    /**
     * The embedding of the layers of a type, where each type has its own.
     *
     * @param type the member of {@code rope_parameters}; in older files {@code rope_scaling} is of the full layers
     * @param theta the member that is its base in older files
     * @param otherwise its base if no member says it
     */
    RotaryEmbedding read(String type, String theta, double otherwise) {
        Optional<JsonObject> own = config.object("rope_parameters").flatMap(all -> all.object(type));
        Optional<JsonObject> older = type.equals("full_attention") ? config.object("rope_scaling") : Optional.empty();
        return read(own.or(() -> older), theta, otherwise);
    }

    /** The most tokens of a sequence: with factors for short texts those of training, else the model's own. */
    int contextLength() {
        return scaling()
                .filter(s -> isLongrope(s) && asked <= original(s))
                .map(s -> (int) Math.min(positions, original(s)))
                .orElse(positions);
    }

    private static String type(JsonObject scaling) {
        return scaling.text("rope_type").or(() -> scaling.text("type")).orElse("default");
    }

    /** Early files of Phi-3 call it yarn. */
    private boolean isLongrope(JsonObject scaling) {
        boolean isPhi = config.text("model_type").orElse("").equals("phi3");
        return Set.of("longrope", "su").contains(type(scaling))
                || isPhi && type(scaling).equals("yarn");
    }

    private Optional<JsonObject> scaling() {
        return config.object("rope_parameters").or(() -> config.object("rope_scaling"));
    }

    /** How many components of a head turn. */
    int rotated() {
        double share = scaling()
                .flatMap(s -> s.number("partial_rotary_factor"))
                .or(() -> config.number("partial_rotary_factor"))
                .orElse(1.0);
        int rotated = (int) (size * share);
        if (!(share > 0 && share <= 1) || rotated == 0 || rotated % 2 != 0) {
            throw config.wrong(
                    "partial_rotary_factor", "a share of an even number of the " + size + " components of a head");
        }
        return rotated;
    }

    private RotaryEmbedding read(Optional<JsonObject> scaling, String member, double otherwise) {
        double theta = scaling.flatMap(s -> s.number("rope_theta"))
                .or(() -> config.number(member))
                .orElse(otherwise);
        if (!(theta > 1) || Double.isInfinite(theta)) {
            throw config.wrong(member, "a number above 1");
        }
        double[] base = RotaryScaling.none(theta, rotated());
        if (scaling.isEmpty()) {
            return embedding(base, 1);
        }
        RotaryEmbedding scaled = scaled(base, scaling.get(), theta);
        if (!scaled.isFinite()) {
            throw new ModelException(scaling.get().source() + ": expected numbers at "
                    + scaling.get().pointer("") + " of which each pair's angle per position is one, too");
        }
        return scaled;
    }

    private RotaryEmbedding scaled(double[] base, JsonObject s, double theta) {
        if (isLongrope(s)) {
            return longrope(base, s);
        }
        return switch (type(s)) {
            case "default", "dynamic" -> embedding(base, 1);
            case "linear" -> embedding(RotaryScaling.linear(base, factor(s)), 1);
            case "llama3" -> embedding(llama3(base, s, original(s)), 1);
            case "yarn" -> yarn(base, s, theta);
            default ->
                throw HuggingFaceConfig.refused(
                        s,
                        s.text("rope_type").isPresent() ? "rope_type" : "type",
                        "\"" + type(s)
                                + "\" is not supported; default, linear, dynamic, llama3, yarn and longrope are");
        };
    }

    private RotaryEmbedding embedding(double[] turning, double length) {
        return RotaryEmbedding.of(turning, length, size);
    }

    private static double factor(JsonObject scaling) {
        double factor = scaling.number("factor").orElseThrow(() -> scaling.missing("factor"));
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw scaling.wrong("factor", "a positive number");
        }
        return factor;
    }

    private double original(JsonObject scaling) {
        String name = "original_max_position_embeddings";
        double original = config.number(name).or(() -> scaling.number(name)).orElse((double) positions);
        if (!(original > 0)) {
            throw new ModelException(scaling.source() + ": expected a positive number at " + scaling.pointer(name));
        }
        return original;
    }

    private static double[] llama3(double[] base, JsonObject scaling, double original) {
        double low = scaling.number("low_freq_factor").orElseThrow(() -> scaling.missing("low_freq_factor"));
        double high = scaling.number("high_freq_factor").orElseThrow(() -> scaling.missing("high_freq_factor"));
        return RotaryScaling.llama3(base, factor(scaling), low, high, original);
    }

    private RotaryEmbedding yarn(double[] base, JsonObject scaling, double theta) {
        double original = original(scaling);
        double factor = scaling.number("factor").isPresent() ? factor(scaling) : positions / original;
        RotaryScaling.Yarn yarn = new RotaryScaling.Yarn(
                factor,
                theta,
                original,
                scaling.number("beta_fast").orElse(32.0),
                scaling.number("beta_slow").orElse(1.0),
                scaling.flag("truncate", true));
        return embedding(yarn.scaled(base), yarnLength(scaling, factor));
    }

    private static double yarnLength(JsonObject scaling, double factor) {
        Optional<Double> given = scaling.number("attention_factor");
        if (given.isPresent()) {
            return given.get();
        }
        double scale = scaling.number("mscale").orElse(0.0);
        double all = scaling.number("mscale_all_dim").orElse(0.0);
        return scale != 0 && all != 0
                ? RotaryScaling.stretch(factor, scale) / RotaryScaling.stretch(factor, all)
                : RotaryScaling.stretch(factor, 1);
    }

    /** Factors by pair, for short and for long texts (Ding et al. 2024, "LongRoPE"). */
    private RotaryEmbedding longrope(double[] base, JsonObject scaling) {
        double original = original(scaling);
        double[] factors = factors(scaling, asked > original ? "long_factor" : "short_factor", base.length);
        double factor = scaling.number("factor").isPresent() ? factor(scaling) : positions / original;
        double length = scaling.number("attention_factor")
                .orElse(factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original)));
        return embedding(RotaryScaling.divided(base, factors), length);
    }

    private static double[] factors(JsonObject scaling, String name, int count) {
        List<?> given = scaling.list(name).orElseThrow(() -> scaling.missing(name));
        double[] factors = given.stream()
                .mapToDouble(item -> item instanceof BigDecimal number ? number.doubleValue() : 0)
                .toArray();
        if (factors.length != count || Arrays.stream(factors).anyMatch(factor -> !(factor > 0))) {
            throw scaling.wrong(name, count + " positive numbers");
        }
        return factors;
    }
}
