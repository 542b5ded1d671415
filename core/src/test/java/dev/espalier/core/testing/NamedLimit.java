// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import dev.espalier.core.Limits;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;

/** Limits by their names, for tests that go through all of them, or raise the one that a failure names. */
public final class NamedLimit {

    private NamedLimit() {}

    /**
     * Limits with one changed.
     *
     * @param name a component of {@link Limits}
     * @param value its new value; milliseconds for the deadlines; clipped to the component's range
     */
    public static Limits with(Limits limits, String name, long value) {
        String wither = "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        Method method = Arrays.stream(Limits.class.getMethods())
                .filter(each -> each.getName().equals(wither))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no limit is called " + name));
        Class<?> type = method.getParameterTypes()[0];
        Object argument = type == int.class
                ? (Object) (int) Math.min(value, Integer.MAX_VALUE)
                : type == long.class ? (Object) value : Duration.ofMillis(value);
        try {
            return (Limits) method.invoke(limits, argument);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
