// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.core.error.InvalidInputException;
import java.util.Locale;

/**
 * Who says which token should stand where.
 *
 * @param kind which model
 * @param corruption of a simulated model, the share of slots in which it is mistaken; 0 of others
 */
public record ModelChoice(Kind kind, double corruption) {

    /** The models. */
    public enum Kind {
        /** The embedded model. */
        SPRIG_DIFFUSION,
        /** Logits with peaks at a valid text. */
        SIMULATED,
        /** The same logit for all tokens. */
        UNIFORM
    }

    /**
     * Reads {@code sprig-diffusion}, {@code uniform}, {@code simulated} or, with a corruption in percent, {@code simulated:20}.
     *
     * @throws InvalidInputException if it is none of them
     */
    @JsonCreator
    public static ModelChoice parse(String name) {
        String[] parts = name.split(":", 2);
        try {
            Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
            double percent = parts.length < 2 ? 0 : Double.parseDouble(parts[1]);
            if (percent >= 0 && percent <= 100 && (parts.length < 2 || kind == Kind.SIMULATED)) {
                return new ModelChoice(kind, percent / 100);
            }
        } catch (IllegalArgumentException unknown) {
            throw unknown(name);
        }
        throw unknown(name);
    }

    private static InvalidInputException unknown(String name) {
        return new InvalidInputException(
                "\"" + name
                        + "\" is no model; known are sprig-diffusion, simulated, simulated:<percent of corruption> and uniform");
    }

    /** A name that {@link #parse} reads back. */
    @JsonValue
    public String label() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return kind == Kind.SIMULATED ? name + ":" + Math.round(corruption * 100) : name;
    }
}
