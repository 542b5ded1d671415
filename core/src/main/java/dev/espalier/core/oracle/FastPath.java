// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.oracle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A mark for a class that trades simplicity for speed, with the test that compares it with a slower, simpler implementation. Internal. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface FastPath {

    /** The simple name of the test class; {@code module:Name} if it is among the tests of another module. */
    String oracle();
}
