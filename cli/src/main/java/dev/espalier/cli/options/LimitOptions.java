// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.name.NearestName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Limits other than the usual ones, by their names. */
public final class LimitOptions {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s)");

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--with-limit",
            paramLabel = "NAME=VALUE",
            description = "Another value of the limit that a message names, such as maxNesting=5000 or"
                    + " compileDeadline=60s. May be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    public LimitOptions() {}

    /** The usual limits with the values that were given. */
    public Limits limits() {
        Limits limits = Limits.DEFAULT;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            limits = with(limits, entry.getKey(), entry.getValue());
        }
        return limits;
    }

    private Limits with(Limits limits, String name, String value) {
        RecordComponent[] all = Limits.class.getRecordComponents();
        RecordComponent limit = Arrays.stream(all)
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = new ArrayList<>();
                    Arrays.stream(all).forEach(one -> names.add(one.getName()));
                    return misused("there is no limit " + name + NearestName.question(name, names) + " Limits are "
                            + String.join(", ", names));
                });
        String method = "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        try {
            return (Limits)
                    Limits.class.getMethod(method, limit.getType()).invoke(limits, read(limit.getType(), name, value));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidInputException wrong) {
                throw misused("--with-limit " + name + " must be positive, not " + value, wrong);
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object read(Class<?> type, String name, String value) {
        if (type == Duration.class) {
            Matcher time = TIME.matcher(value);
            if (!time.matches()) {
                throw misused("expected --with-limit " + name + " as 60s or 500ms, not " + value);
            }
            long number = Long.parseLong(time.group(1));
            return time.group(2).equals("s") ? Duration.ofMillis(number * 1000) : Duration.ofMillis(number);
        }
        try {
            return type == int.class ? (Object) Integer.parseInt(value) : (Object) Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw misused("expected --with-limit " + name + " as a whole number, not " + value, e);
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private ParameterException misused(String message, Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
