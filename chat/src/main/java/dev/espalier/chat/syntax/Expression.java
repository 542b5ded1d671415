// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a template. */
public sealed interface Expression {

    /** Where it is in the source. */
    int offset();

    /** A literal. */
    record Constant(int offset, Value value) implements Expression {}

    /** A variable. */
    record Name(int offset, String name) implements Expression {}

    /** A list or tuple. */
    record Display(int offset, boolean isTuple, List<Expression> items) implements Expression {}

    /** A dict. */
    record DictDisplay(int offset, List<Expression> keys, List<Expression> values) implements Expression {}

    /** {@code owner.name}. */
    record Attribute(int offset, Expression owner, String name) implements Expression {}

    /** {@code owner[key]}. */
    record Element(int offset, Expression owner, Expression key) implements Expression {}

    /** {@code owner[from:to:by]}. */
    record Slice(int offset, Expression owner, Expression from, Expression to, Expression by) implements Expression {}

    /** {@code callee(arguments)}. */
    record Call(int offset, Expression callee, Passed arguments) implements Expression {}

    /** {@code subject | name(arguments)}. */
    record Filter(int offset, Expression subject, String name, Passed arguments) implements Expression {}

    /** {@code subject is name(arguments)}. */
    record Test(int offset, Expression subject, String name, Passed arguments) implements Expression {}

    /** {@code not}, minus or plus. */
    record Unary(int offset, String operator, Expression operand) implements Expression {}

    /** Arithmetic. */
    record Binary(int offset, String operator, Expression left, Expression right) implements Expression {}

    /** {@code and}, {@code or}. */
    record Logic(int offset, boolean isAnd, Expression left, Expression right) implements Expression {}

    /** A chain of comparisons. */
    record Comparison(int offset, Expression first, List<String> operators, List<Expression> operands)
            implements Expression {}

    /** Printed values one after the other: {@code ~}. */
    record Concatenation(int offset, List<Expression> parts) implements Expression {}

    /** {@code then if condition else otherwise}. */
    record Conditional(
            int offset,
            Expression condition,
            Expression then,
            @Nullable Expression otherwise) implements Expression {}

    /**
     * The arguments that a call passes.
     *
     * @param rest what is spread to positional ones
     * @param namedRest what is spread to named ones
     */
    record Passed(
            List<Expression> positional,
            List<String> names,
            List<Expression> named,
            @Nullable Expression rest,
            @Nullable Expression namedRest) {

        /** No arguments. */
        static final Passed NONE = new Passed(List.of(), List.of(), List.of(), null, null);
    }
}
