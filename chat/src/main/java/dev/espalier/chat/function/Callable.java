// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Value;

/** A value that a template can call. */
public interface Callable extends Value {

    /** The result of a call. */
    Value call(Arguments arguments, CallContext context);
}
