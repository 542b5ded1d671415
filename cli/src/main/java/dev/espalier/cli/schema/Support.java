// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.schema;

import java.util.Locale;

/** What a server does about a keyword. */
enum Support {
    /** Its texts keep it. */
    ENFORCED,
    /** They keep it in part, or in some schemas. */
    PARTLY,
    /** They need not keep it, and nothing is said. */
    IGNORED,
    /** The request is an error. */
    REFUSED,
    /** Nothing is documented. */
    UNKNOWN;

    /** How reports write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
