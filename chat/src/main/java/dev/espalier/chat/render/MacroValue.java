// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.render;

import dev.espalier.chat.function.Arguments;
import dev.espalier.chat.function.Attributed;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.function.Callable;
import dev.espalier.chat.syntax.Statement.Macro;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A macro with the scope that it was defined in.
 *
 * @param body makes the text of a call, given its scope
 */
record MacroValue(Macro macro, Scope outer, Evaluator evaluator, Function<Scope, Text> body)
        implements Attributed, Callable {

    private static final String CALLER = "caller";

    @Override
    public Value call(Arguments arguments, CallContext context) {
        Scope scope = new Scope(outer);
        List<String> parameters = macro.parameters();
        Map<Text, Value> named = new LinkedHashMap<>(arguments.named());
        context.meter().spend(parameters.size());
        int given = arguments.positional().size();
        int firstDefault = parameters.size() - macro.defaults().size();
        for (int i = 0; i < parameters.size(); i++) {
            String parameter = parameters.get(i);
            Value value = i < given ? arguments.positional().get(i) : named.remove(Text.trusted(parameter));
            if (value == null) {
                value = i < firstDefault
                        ? Undefined.of("parameter '" + parameter + "' was not provided")
                        : evaluator.value(macro.defaults().get(i - firstDefault), scope);
            }
            scope.set(parameter, value);
        }
        bindSpecials(arguments, named, scope);
        return body.apply(scope);
    }

    private void bindSpecials(Arguments arguments, Map<Text, Value> named, Scope scope) {
        List<String> specials = macro.specials();
        if (specials.contains(CALLER)) {
            Value caller = named.remove(Text.trusted(CALLER));
            scope.set(CALLER, caller == null ? Undefined.of("No caller defined") : caller);
        }
        if (specials.contains("kwargs")) {
            scope.set("kwargs", Dict.of(named));
        } else if (!named.isEmpty()) {
            throw Fault.type("macro '" + macro.name() + "' takes no keyword argument '"
                    + named.keySet().iterator().next() + "'");
        }
        int most = macro.parameters().size();
        int given = arguments.positional().size();
        if (specials.contains("varargs")) {
            scope.set("varargs", new Tuple(arguments.positional().subList(Math.min(most, given), given)));
        } else if (given > most) {
            throw Fault.type("macro '" + macro.name() + "' takes not more than " + most + " argument(s)");
        }
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "name" -> Text.trusted(macro.name());
            case "arguments" ->
                new Tuple(macro.parameters().stream()
                        .map(each -> (Value) Text.trusted(each))
                        .toList());
            case "caller" -> Bool.of(macro.specials().contains(CALLER));
            case "catch_kwargs" -> Bool.of(macro.specials().contains("kwargs"));
            case "catch_varargs" -> Bool.of(macro.specials().contains("varargs"));
            default -> null;
        };
    }

    @Override
    public String type() {
        return "Macro";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("<Macro '" + macro.name() + "'>");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
