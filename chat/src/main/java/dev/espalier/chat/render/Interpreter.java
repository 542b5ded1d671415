// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.render;

import dev.espalier.chat.function.Arguments;
import dev.espalier.chat.library.Library;
import dev.espalier.chat.python.Chosen;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.syntax.Expression;
import dev.espalier.chat.syntax.Statement;
import dev.espalier.chat.syntax.Statement.Branch;
import dev.espalier.chat.syntax.Statement.Macro;
import dev.espalier.chat.syntax.Statement.Target;
import dev.espalier.chat.syntax.Template;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Namespace;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;
import dev.espalier.core.error.TemplateException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out the statements of a template. */
public final class Interpreter {

    /** What goes on after a statement. */
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    private final Evaluator evaluator;
    private final Meter meter;

    private Interpreter(Meter meter, LocalDateTime now) {
        this.meter = meter;
        this.evaluator = new Evaluator(Library.STANDARD, meter, now);
    }

    /**
     * The text that a template makes of variables.
     *
     * @throws TemplateException if the template raises an error, or uses a value wrongly
     */
    public static Text render(Template template, Map<String, Value> variables, Meter meter, LocalDateTime now) {
        try {
            TextBuilder out = new TextBuilder(meter);
            new Interpreter(meter, now).execute(template.body(), new Scope(new HashMap<>(variables)), out);
            return out.toText();
        } catch (Fault fault) {
            throw new TemplateException(
                    fault.reason(), fault.message(), template.source().place(fault.offset()));
        }
    }

    private Flow execute(List<Statement> statements, Scope scope, TextBuilder out) {
        return evaluator.nested(() -> {
            for (Statement statement : statements) {
                Flow flow = execute(statement, scope, out);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        });
    }

    private Text text(List<Statement> statements, Scope scope) {
        TextBuilder out = new TextBuilder(meter);
        execute(statements, scope, out);
        return out.toText();
    }

    private Flow execute(Statement statement, Scope scope, TextBuilder out) {
        if (statement instanceof Statement.Data data) {
            out.append(data.text());
        } else if (statement instanceof Statement.Output output) {
            print(output.value(), scope, out);
        } else if (statement instanceof Statement.If conditional) {
            return conditional(conditional, scope, out);
        } else if (statement instanceof Statement.For loop) {
            loop(loop, evaluator.value(loop.elements(), scope), 0, scope, out);
        } else if (statement instanceof Statement.Assignment assignment) {
            bind(assignment.target(), evaluator.value(assignment.value(), scope), scope);
        } else if (statement instanceof Statement.Jump jump) {
            return jump.isBreak() ? Flow.BREAK : Flow.CONTINUE;
        } else if (statement instanceof Macro macro) {
            scope.set(macro.name(), macro(macro, scope));
        } else {
            return block(statement, scope, out);
        }
        return Flow.NEXT;
    }

    private Flow block(Statement statement, Scope scope, TextBuilder out) {
        Scope inner = new Scope(scope);
        if (statement instanceof Statement.BlockAssignment assignment) {
            TextBuilder body = new TextBuilder(meter);
            Flow flow = execute(assignment.body(), inner, body);
            inner.set(Statement.BODY, body.toText());
            bind(assignment.target(), evaluator.value(assignment.filtered(), inner), scope);
            return flow;
        }
        if (statement instanceof Statement.FilterBlock filter) {
            TextBuilder body = new TextBuilder(meter);
            Flow flow = execute(filter.body(), inner, body);
            inner.set(Statement.BODY, body.toText());
            print(filter.filtered(), inner, out);
            return flow;
        }
        if (statement instanceof Statement.With with) {
            for (int i = 0; i < with.targets().size(); i++) {
                bind(with.targets().get(i), evaluator.value(with.values().get(i), scope), inner);
            }
            return execute(with.body(), inner, out);
        }
        Statement.CallBlock block = (Statement.CallBlock) statement;
        callBlock(block, scope, out);
        return Flow.NEXT;
    }

    private void callBlock(Statement.CallBlock block, Scope scope, TextBuilder out) {
        Expression.Call call = block.call();
        try {
            Value callee = evaluator.value(call.callee(), scope);
            Arguments arguments = evaluator.arguments(call.arguments(), scope);
            Map<Text, Value> named = new LinkedHashMap<>(arguments.named());
            named.put(Text.trusted("caller"), macro(block.caller(), scope));
            out.append(evaluator.call(callee, new Arguments(arguments.positional(), named)));
        } catch (Fault fault) {
            throw fault.at(call.offset());
        }
    }

    private void print(Expression expression, Scope scope, TextBuilder out) {
        Value value = evaluator.value(expression, scope);
        try {
            value.print(out);
        } catch (Fault fault) {
            throw fault.at(expression.offset());
        }
    }

    private Value macro(Macro macro, Scope scope) {
        return new MacroValue(macro, scope, evaluator, inner -> text(macro.body(), inner));
    }

    private Flow conditional(Statement.If conditional, Scope scope, TextBuilder out) {
        for (Branch branch : conditional.branches()) {
            if (evaluator.value(branch.condition(), scope).isTrue()) {
                return execute(branch.body(), scope, out);
            }
        }
        return execute(conditional.otherwise(), scope, out);
    }

    private void loop(Statement.For statement, Value whole, int depth, Scope scope, TextBuilder out) {
        Expression condition = statement.condition();
        Loop loop = new Loop(
                elements(statement, whole, scope),
                condition == null ? whole : null,
                depth,
                statement.isRecursive() ? inside -> recursive(statement, inside, depth + 1, scope) : null,
                meter);
        boolean isDone = false;
        for (Value element = loop.advance(); element != null; element = loop.advance()) {
            meter.spend(1);
            Scope inner = new Scope(scope);
            bind(statement.target(), element, inner);
            inner.set("loop", loop);
            Flow flow = execute(statement.body(), inner, out);
            if (flow == Flow.BREAK) {
                break;
            }
            isDone |= flow == Flow.NEXT;
        }
        // as in jinja2, a loop none of whose bodies came to its end has its else, too
        if (!isDone && !statement.otherwise().isEmpty()) {
            execute(statement.otherwise(), new Scope(scope), out);
        }
    }

    private Text recursive(Statement.For statement, Value whole, int depth, Scope scope) {
        TextBuilder out = new TextBuilder(meter);
        loop(statement, whole, depth, scope, out);
        return out.toText();
    }

    private Iterator<Value> elements(Statement.For statement, Value whole, Scope scope) {
        Iterator<Value> all;
        try {
            all = Elements.iterator(whole);
        } catch (Fault fault) {
            throw fault.at(statement.elements().offset());
        }
        Expression condition = statement.condition();
        return condition == null
                ? all
                : new Chosen(all, element -> {
                    Scope inner = new Scope(scope);
                    bind(statement.target(), element, inner);
                    return evaluator.value(condition, inner).isTrue();
                });
    }

    private void bind(Target target, Value value, Scope scope) {
        if (target instanceof Target.Variable variable) {
            scope.set(variable.name(), value);
        } else if (target instanceof Target.Attribute attribute) {
            if (!(scope.find(attribute.owner()) instanceof Namespace namespace)) {
                throw Fault.type("cannot assign attribute on non-namespace object")
                        .at(attribute.offset());
            }
            namespace.set(Text.trusted(attribute.name()), value);
        } else if (target instanceof Target.Several several) {
            unpack(several, value, scope);
        }
    }

    private void unpack(Target.Several several, Value value, Scope scope) {
        try {
            List<Value> values = Elements.list(value, meter);
            int expected = several.targets().size();
            if (values.size() != expected) {
                String problem = values.size() > expected ? "too many" : "not enough";
                throw Fault.value(problem + " values to unpack (expected " + expected + ", got " + values.size() + ")");
            }
            for (int i = 0; i < expected; i++) {
                bind(several.targets().get(i), values.get(i), scope);
            }
        } catch (Fault fault) {
            throw fault.at(several.offset());
        }
    }
}
