// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.ChatPrompting;
import dev.espalier.SchemaForm;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How an answer is asked for and written. All but {@link #FREE} are masked, and differ from {@link #DECLARED} in one thing. */
public enum AnswerWay {

    /** No constraint: the first JSON value in the text counts. */
    FREE(EnumSet.allOf(TaskKind.class)),

    /** Members in the order of the schema, compact text, the JSON Schema behind the prompt, a reason before the answer. */
    DECLARED(EnumSet.allOf(TaskKind.class)),

    /** A value that fits the schema behind the prompt. */
    EXAMPLE(EnumSet.allOf(TaskKind.class)),

    /** A declaration of the members behind the prompt. */
    RECORD(EnumSet.allOf(TaskKind.class)),

    /** Nothing of the schema in the prompt. */
    HIDDEN(EnumSet.allOf(TaskKind.class)),

    /** Members in any order. */
    ANY_ORDER(EnumSet.of(TaskKind.EXTRACTION)),

    /** Text in lines. */
    PRETTY(EnumSet.of(TaskKind.EXTRACTION)),

    /** Any layout. */
    FLEXIBLE(EnumSet.of(TaskKind.EXTRACTION)),

    /** Tokens guessed from the prompt, and checked in one pass. */
    DRAFTS(EnumSet.of(TaskKind.EXTRACTION)),

    /** The answer before the reason. */
    ANSWER_FIRST(EnumSet.of(TaskKind.REASONING));

    private static final int DRAFT = 15;

    private final Set<TaskKind> kinds;

    AnswerWay(Set<TaskKind> kinds) {
        this.kinds = kinds;
    }

    /** Whether tasks of a kind are asked for in this way. */
    boolean serves(TaskKind kind) {
        return kinds.contains(kind);
    }

    boolean isMasked() {
        return this != FREE;
    }

    /** The task as it is asked. */
    QualityTask asked(QualityTask task) {
        return this == ANSWER_FIRST ? task.withAnswerFirst() : task;
    }

    /** How the schema is read. */
    SchemaOptions options() {
        return switch (this) {
            case ANY_ORDER -> SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY);
            case PRETTY -> SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.pretty(2));
            case FLEXIBLE -> SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.FLEXIBLE);
            default -> SchemaOptions.DEFAULT;
        };
    }

    /** The most tokens that are guessed at a time. */
    int draftTokens() {
        return this == DRAFTS ? DRAFT : 0;
    }

    /** How the schema stands behind the prompt. */
    ChatPrompting prompting(ChatPrompting chat) {
        return switch (this) {
            case EXAMPLE -> chat.withSchemaForm(SchemaForm.EXAMPLE);
            case RECORD -> chat.withSchemaForm(SchemaForm.RECORD);
            case HIDDEN -> chat.withSchemaForm(SchemaForm.NONE);
            default -> chat;
        };
    }

    /** What it is called on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The way of a name.
     *
     * @throws InvalidInputException if there is none
     */
    public static AnswerWay parse(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "no way of answering is called " + name + "; there are " + Arrays.toString(values())));
    }
}
