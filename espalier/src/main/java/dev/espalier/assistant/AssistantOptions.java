// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.Prompting;
import dev.espalier.SchemaForm;
import dev.espalier.core.Limits;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.tool.ToolConvention;
import java.util.Objects;
import java.util.Optional;

/**
 * How an assistant works. Immutable; start from {@link #DEFAULT}.
 *
 * @param limits of grammars, schemas, patterns and masks
 * @param batch bounds of the answers that are written together
 * @param passes told of each forward pass
 * @param convention how calls of tools are written; empty for what the chat template shows
 * @param prompting how a model without a chat template is told what to write: its prompt is what the messages say, with an empty line between them; empty for the prompt as it is
 * @param schemaForm how the model is told the schema of its answer
 * @param listener told of each answer
 */
public record AssistantOptions(
        Limits limits,
        BatchOptions batch,
        BatchListener passes,
        Optional<ToolConvention> convention,
        Optional<Prompting> prompting,
        SchemaForm schemaForm,
        AssistantListener listener) {

    /** Default limits and bounds, all else as the model's template has it, schemas as JSON Schema. */
    public static final AssistantOptions DEFAULT = new AssistantOptions(
            Limits.DEFAULT,
            BatchOptions.DEFAULT,
            BatchListener.NONE,
            Optional.empty(),
            Optional.empty(),
            SchemaForm.JSON_SCHEMA,
            AssistantListener.NONE);

    /** Checks that nothing is null. */
    public AssistantOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(passes, "passes");
        Objects.requireNonNull(convention, "convention");
        Objects.requireNonNull(prompting, "prompting");
        Objects.requireNonNull(schemaForm, "schemaForm");
        Objects.requireNonNull(listener, "listener");
    }

    /** These options with other limits. */
    public AssistantOptions with(Limits other) {
        return new AssistantOptions(other, batch, passes, convention, prompting, schemaForm, listener);
    }

    /** These options with other bounds of the batch, and an observer of its passes. */
    public AssistantOptions with(BatchOptions other, BatchListener observer) {
        return new AssistantOptions(limits, other, observer, convention, prompting, schemaForm, listener);
    }

    /** These options with a convention of calls, whatever the template shows. */
    public AssistantOptions with(ToolConvention other) {
        return new AssistantOptions(limits, batch, passes, Optional.of(other), prompting, schemaForm, listener);
    }

    /** These options with a prompting for a model that brings no chat template. */
    public AssistantOptions with(Prompting other) {
        return new AssistantOptions(limits, batch, passes, convention, Optional.of(other), schemaForm, listener);
    }

    /** These options with another form of schemas in prompts. */
    public AssistantOptions with(SchemaForm other) {
        return new AssistantOptions(limits, batch, passes, convention, prompting, other, listener);
    }

    /** These options with another listener. */
    public AssistantOptions with(AssistantListener other) {
        return new AssistantOptions(limits, batch, passes, convention, prompting, schemaForm, other);
    }
}
