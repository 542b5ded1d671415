// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.value.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a template. */
public sealed interface Statement {

    /** The variable that stands for the text of a block in the filters of its tag. */
    String BODY = "(body)";

    /** Text that is written as it is. */
    record Data(Text text) implements Statement {}

    /** <code>{{ value }}</code>. */
    record Output(Expression value) implements Statement {}

    /** {@code if} with all its branches. */
    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /** A condition and what it is for. */
    record Branch(Expression condition, List<Statement> body) {}

    /** {@code for}. */
    record For(
            Target target,
            Expression elements,
            @Nullable Expression condition,
            boolean isRecursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** {@code set}. */
    record Assignment(Target target, Expression value) implements Statement {}

    /** {@code set} of a block. */
    record BlockAssignment(Target target, Expression filtered, List<Statement> body) implements Statement {}

    /** {@code filter}. */
    record FilterBlock(Expression filtered, List<Statement> body) implements Statement {}

    /** {@code with}; also what has a scope of its own for other reasons. */
    record With(List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {}

    /** {@code call}. */
    record CallBlock(Expression.Call call, Macro caller) implements Statement {}

    /** {@code break} or {@code continue}. */
    record Jump(boolean isBreak) implements Statement {}

    /**
     * {@code macro}.
     *
     * @param parameters names of its parameters
     * @param defaults values for the last parameters
     * @param specials which of {@code caller}, {@code varargs} and {@code kwargs} it takes
     */
    record Macro(
            String name,
            List<String> parameters,
            List<Expression> defaults,
            List<String> specials,
            List<Statement> body)
            implements Statement {}

    /** What a value is assigned to. */
    sealed interface Target {

        /** A variable. */
        record Variable(int offset, String name) implements Target {}

        /** An attribute of a namespace. */
        record Attribute(int offset, String owner, String name) implements Target {}

        /** Several targets for the elements of a value. */
        record Several(int offset, List<Target> targets) implements Target {}
    }
}
