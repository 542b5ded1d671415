// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import io.opentelemetry.api.common.AttributesBuilder;

/** Which names of OpenTelemetry's conventions for generative models are told. Of what is told here one differs: the one of the system that answers. */
public enum ConventionNames {
    /** Those since version 1.37: {@code gen_ai.provider.name}. */
    LATEST(true, false),
    /** Those up to version 1.36: {@code gen_ai.system}. */
    EARLIER(false, true),
    /** Both, while dashboards move from one to the other. */
    BOTH(true, true);

    private static final String SYSTEM = "espalier";

    private final boolean isLatest;
    private final boolean isEarlier;

    ConventionNames(boolean isLatest, boolean isEarlier) {
        this.isLatest = isLatest;
        this.isEarlier = isEarlier;
    }

    /** Says that it is Espalier that answers. */
    void putSystem(AttributesBuilder attributes) {
        if (isLatest) {
            attributes.put("gen_ai.provider.name", SYSTEM);
        }
        if (isEarlier) {
            attributes.put("gen_ai.system", SYSTEM);
        }
    }
}
