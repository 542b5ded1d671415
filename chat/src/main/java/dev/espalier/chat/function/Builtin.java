// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter, test, method or function that is part of the language. */
public final class Builtin {

    /** What it does to a subject: the value before the bar or the dot. */
    public interface Body {

        /** The result. */
        Value apply(Value subject, Bound arguments, CallContext context);
    }

    private static final String ANY = "*";
    private static final String NAMELESS = "/";

    private final String name;
    private final List<String> parameters = new ArrayList<>();
    private final Body body;
    private int required;
    private boolean takesAny;
    private boolean takesNames = true;

    /**
     * A function.
     *
     * @param parameters their names, separated by blanks; optional ones end with a question mark, a star takes whatever comes, and
     *     after a slash at the end no argument may be given by its name
     */
    public Builtin(String name, String parameters, Body body) {
        this.name = name;
        this.body = body;
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split(" ")) {
            if (parameter.equals(ANY)) {
                takesAny = true;
            } else if (parameter.equals(NAMELESS)) {
                takesNames = false;
            } else if (parameter.endsWith("?")) {
                this.parameters.add(parameter.substring(0, parameter.length() - 1));
            } else {
                this.parameters.add(parameter);
                required++;
            }
        }
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its result for a subject and some arguments, which must fit its parameters. */
    public Value apply(Value subject, Arguments arguments, CallContext context) {
        Value first = arguments.positional().isEmpty()
                ? subject
                : arguments.positional().get(0);
        context.meter()
                .spend((subject instanceof Text ? subject.weight() : 1) + (first instanceof Text ? first.weight() : 0));
        return body.apply(subject, bind(arguments), context);
    }

    private Bound bind(Arguments arguments) {
        List<@Nullable Value> values = new ArrayList<>();
        int given = arguments.positional().size();
        for (int i = 0; i < parameters.size(); i++) {
            Value named = takesAny ? null : arguments.find(parameters.get(i));
            if (named != null && i < given) {
                throw Fault.type(name + "() got multiple values for argument '" + parameters.get(i) + "'");
            }
            Value value = i < given ? arguments.positional().get(i) : named;
            if (value == null && i < required) {
                throw Fault.type(name + "() missing the required argument '" + parameters.get(i) + "'");
            }
            values.add(value);
        }
        if (!takesAny) {
            checkAllTaken(arguments);
        }
        return new Bound(values, arguments);
    }

    private void checkAllTaken(Arguments arguments) {
        if (arguments.positional().size() > parameters.size()) {
            throw Fault.type(name + "() takes at most " + parameters.size() + " arguments, not "
                    + arguments.positional().size());
        }
        for (Text given : arguments.named().keySet()) {
            if (!takesNames || !parameters.contains(given.string())) {
                throw Fault.type(name + "() got an unexpected keyword argument '" + given + "'");
            }
        }
    }
}
