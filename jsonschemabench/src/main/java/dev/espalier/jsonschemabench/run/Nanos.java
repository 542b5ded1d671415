// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A time in nanoseconds whose member of the JSON line has another unit, which its name
 * ends with: {@code compile_us}, {@code gc_ms}. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Nanos {

    /** The name of the member: it ends with {@code us} or {@code ms}. */
    String value();
}
