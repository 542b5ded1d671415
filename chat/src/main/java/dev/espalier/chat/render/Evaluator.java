// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.render;

import dev.espalier.chat.function.Arguments;
import dev.espalier.chat.function.Builtin;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.function.Callable;
import dev.espalier.chat.library.Library;
import dev.espalier.chat.python.Access;
import dev.espalier.chat.python.Arithmetic;
import dev.espalier.chat.python.Comparison;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.syntax.Expression;
import dev.espalier.chat.syntax.Expression.Passed;
import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import dev.espalier.core.work.DeepStack;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The values of expressions. */
final class Evaluator implements CallContext {

    private static final int SHALLOW = 250;
    private static final int STEPS_OF_A_STACK = 1000;

    private final Library library;
    private final Meter meter;
    private final LocalDateTime now;

    Evaluator(Library library, Meter meter, LocalDateTime now) {
        this.library = library;
        this.meter = meter;
        this.now = now;
    }

    @Override
    public <T> T nested(Supplier<T> work) {
        int depth = meter.enter();
        T result;
        if (depth == SHALLOW) {
            meter.spend(STEPS_OF_A_STACK);
            result = DeepStack.call(meter.depthLeft(), work);
        } else {
            result = work.get();
        }
        meter.leave();
        return result;
    }

    /** The value of an expression. */
    Value value(Expression expression, Scope scope) {
        if (expression instanceof Expression.Constant constant) {
            return constant.value();
        }
        try {
            return nested(() -> evaluate(expression, scope));
        } catch (Fault fault) {
            throw fault.at(expression.offset());
        }
    }

    private Value evaluate(Expression expression, Scope scope) {
        if (expression instanceof Expression.Name name) {
            return variable(name.name(), scope);
        }
        if (expression instanceof Expression.Attribute attribute) {
            return library.attribute(value(attribute.owner(), scope), attribute.name());
        }
        if (expression instanceof Expression.Element element) {
            Value owner = value(element.owner(), scope);
            Value key = value(element.key(), scope);
            meter.compare(owner.weight(), (owner instanceof Text ? owner : key).weight());
            return library.element(owner, key);
        }
        if (expression instanceof Expression.Call call) {
            return call(value(call.callee(), scope), arguments(call.arguments(), scope));
        }
        if (expression instanceof Expression.Filter filter) {
            return filter(filter.name(), value(filter.subject(), scope), arguments(filter.arguments(), scope));
        }
        if (expression instanceof Expression.Test test) {
            return Bool.of(test(test.name(), value(test.subject(), scope), arguments(test.arguments(), scope)));
        }
        return operation(expression, scope);
    }

    private Value variable(String name, Scope scope) {
        Value value = scope.find(name);
        if (value != null) {
            return value;
        }
        Value function = library.function(name);
        return function == null ? Undefined.variable(name) : function;
    }

    private Value operation(Expression expression, Scope scope) {
        if (expression instanceof Expression.Comparison comparison) {
            return Bool.of(holds(comparison, scope));
        }
        if (expression instanceof Expression.Logic logic) {
            Value left = value(logic.left(), scope);
            return left.isTrue() == logic.isAnd() ? value(logic.right(), scope) : left;
        }
        if (expression instanceof Expression.Binary binary) {
            return binary(binary.operator(), value(binary.left(), scope), value(binary.right(), scope));
        }
        if (expression instanceof Expression.Unary unary) {
            Value operand = value(unary.operand(), scope);
            return switch (unary.operator()) {
                case "not" -> Bool.of(!operand.isTrue());
                case "-" -> Arithmetic.negate(operand);
                default -> Arithmetic.plus(operand);
            };
        }
        if (expression instanceof Expression.Conditional conditional) {
            if (value(conditional.condition(), scope).isTrue()) {
                return value(conditional.then(), scope);
            }
            Expression otherwise = conditional.otherwise();
            return otherwise == null
                    ? Undefined.of("the inline if-expression is false and has no else")
                    : value(otherwise, scope);
        }
        return display(expression, scope);
    }

    private Value display(Expression expression, Scope scope) {
        if (expression instanceof Expression.Display display) {
            List<Value> items = values(display.items(), scope);
            return display.isTuple() ? new Tuple(items) : new ListValue(items);
        }
        if (expression instanceof Expression.DictDisplay display) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < display.keys().size(); i++) {
                Value key = Dict.key(value(display.keys().get(i), scope));
                entries.put(key, value(display.values().get(i), scope));
            }
            return new Dict(entries);
        }
        if (expression instanceof Expression.Concatenation concatenation) {
            TextBuilder joined = new TextBuilder(meter);
            values(concatenation.parts(), scope).forEach(joined::append);
            return joined.toText();
        }
        Expression.Slice slice = (Expression.Slice) expression;
        return Access.slice(
                value(slice.owner(), scope),
                value(slice.from(), scope),
                value(slice.to(), scope),
                value(slice.by(), scope),
                meter);
    }

    private List<Value> values(List<Expression> expressions, Scope scope) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    private Value binary(String operator, Value left, Value right) {
        meter.calculate(bits(left));
        meter.calculate(bits(right));
        Value result = operation(operator, left, right);
        meter.calculate(bits(result));
        return result;
    }

    private Value operation(String operator, Value left, Value right) {
        return switch (operator) {
            case "+" -> Arithmetic.add(left, right, meter);
            case "-" -> Arithmetic.subtract(left, right);
            case "*" -> Arithmetic.multiply(left, right, meter);
            case "/" -> Arithmetic.divide(left, right);
            case "//" -> Arithmetic.floorDivide(left, right);
            case "%" -> Arithmetic.remainder(left, right, meter);
            default -> Arithmetic.power(left, right);
        };
    }

    private boolean holds(Expression.Comparison comparison, Scope scope) {
        Value left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            Value right = value(comparison.operands().get(i), scope);
            if (!holds(comparison.operators().get(i), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private boolean holds(String operator, Value left, Value right) {
        return switch (operator) {
            case "==" -> Comparison.areEqual(left, right, meter);
            case "!=" -> !Comparison.areEqual(left, right, meter);
            case "in" -> Comparison.contains(right, left, meter);
            case "not in" -> !Comparison.contains(right, left, meter);
            default -> Comparison.holds(operator, left, right, meter);
        };
    }

    /** The values of arguments. */
    Arguments arguments(Passed passed, Scope scope) {
        if (passed.positional().isEmpty()
                && passed.names().isEmpty()
                && passed.rest() == null
                && passed.namedRest() == null) {
            return Arguments.NONE;
        }
        List<Value> positional = values(passed.positional(), scope);
        Map<Text, Value> named = new LinkedHashMap<>();
        for (int i = 0; i < passed.names().size(); i++) {
            named.put(Text.trusted(passed.names().get(i)), value(passed.named().get(i), scope));
        }
        Expression rest = passed.rest();
        if (rest != null) {
            positional.addAll(Elements.list(value(rest, scope), meter));
        }
        Expression namedRest = passed.namedRest();
        if (namedRest != null) {
            spread(value(namedRest, scope), named);
        }
        return new Arguments(positional, named);
    }

    private static void spread(Value value, Map<Text, Value> named) {
        if (!(Elements.defined(value) instanceof Dict dict)) {
            throw Fault.type("argument after ** must be a mapping, not " + value.type());
        }
        dict.entries().forEach((key, argument) -> {
            if (!(key instanceof Text name) || named.put(name, argument) != null) {
                throw Fault.type("keywords must be strings, each given once");
            }
        });
    }

    /** The result of a call. */
    Value call(Value callee, Arguments arguments) {
        if (Elements.defined(callee) instanceof Callable callable) {
            return callable.call(arguments, this);
        }
        throw Fault.type("'" + callee.type() + "' object is not callable");
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public LocalDateTime now() {
        return now;
    }

    @Override
    public Value attribute(Value owner, String name) {
        return library.attribute(owner, name);
    }

    @Override
    public Value ownAttribute(Value owner, String name) {
        return library.ownAttribute(owner, name);
    }

    @Override
    public Value element(Value owner, Value key) {
        return library.element(owner, key);
    }

    @Override
    public Value filter(String name, Value subject, Arguments arguments) {
        Builtin filter = library.filter(name);
        if (filter == null) {
            throw Fault.value("there is no filter \"" + name + "\"");
        }
        return filter.apply(subject, arguments, this);
    }

    @Override
    public boolean test(String name, Value subject, Arguments arguments) {
        Builtin test = library.test(name);
        if (test == null) {
            throw Fault.value("there is no test \"" + name + "\"");
        }
        return test.apply(subject, arguments, this).isTrue();
    }

    @Override
    public boolean hasFilter(String name) {
        return library.filter(name) != null;
    }

    @Override
    public boolean hasTest(String name) {
        return library.test(name) != null;
    }

    private static long bits(Value value) {
        return value instanceof Int integer ? integer.integer().bitLength() : 0;
    }
}
