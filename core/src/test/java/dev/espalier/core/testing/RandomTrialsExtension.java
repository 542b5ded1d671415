// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** Runs the trials of a {@link RandomTrials} test, all as one test. */
final class RandomTrialsExtension implements InvocationInterceptor, ParameterResolver {

    private static final String SEED = "espalier.test.seed";
    private static final String SCALE = "espalier.test.scale";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Parameter wanted = parameter.getParameter();
        return wanted.getType() == long.class || wanted.getType() == Random.class;
    }

    /** Stands in until {@link #interceptTestMethod} calls the method itself. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return argument(parameter.getParameter(), 0);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip(); // the trials take its place
        Method test = method.getExecutable();
        Object instance = context.getRequiredTestInstance();
        Long seed = Long.getLong(SEED);
        if (seed != null) {
            run(test, instance, seed);
            return;
        }
        long trials = trials(test.getAnnotation(RandomTrials.class).value());
        for (long trial = 0; trial < trials; trial++) {
            run(test, instance, trial);
        }
        if (instance instanceof CountedTrials counted) {
            counted.afterTrials();
        }
    }

    /** So many trials, times what the property says. */
    static long trials(int usual) {
        return usual * Long.getLong(SCALE, 1);
    }

    private static void run(Method test, Object instance, long seed) {
        Object[] arguments = Arrays.stream(test.getParameters())
                .map(parameter -> argument(parameter, seed))
                .toArray();
        try {
            ReflectionSupport.invokeMethod(test, instance, arguments);
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (Throwable failure) {
            throw new AssertionError(message(test.getName(), seed, failure), failure);
        }
    }

    private static Object argument(Parameter parameter, long seed) {
        return parameter.getType() == Random.class ? new Random(seed) : Long.valueOf(seed);
    }

    /** What a failed trial says: how to run it again by itself. */
    static String message(String test, long seed, Throwable failure) {
        return test + " failed with seed " + seed + " (alone: -D" + SEED + "=" + seed + "): " + failure.getMessage();
    }
}
