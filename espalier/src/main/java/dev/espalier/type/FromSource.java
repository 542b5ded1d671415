// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import dev.espalier.schemas.options.SpanMatch;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A string, or each string of a list, that must be quoted from a source: a span of it that is not empty. The source comes with the output or the
 * request ({@code Output.withSource}, {@code Request.withSource}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface FromSource {

    /** The name of the source; the one without a name unless changed. */
    String source() default "";

    /** How the string must match the span. */
    SpanMatch match() default SpanMatch.EXACT;

    /** Whether the span must not begin or end inside a word. */
    boolean words() default false;
}
