// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.backends.checkpoint.TensorPlace;
import dev.espalier.backends.torch.TorchProgram;
import dev.espalier.backends.torch.WeightForm;
import dev.espalier.core.error.ModelException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why logits are not finite: a tensor that holds NaN or infinity, or else the first step of the network whose values overflow. Cost:
 * one pass over the weights, and one forward pass.
 */
final class NumericFault {

    private static final String LOGITS = "so that the logits are not finite";

    private final TorchProgram program;
    private final Map<String, TensorPlace> places;
    private final WeightForm precision;

    /**
     * A search.
     *
     * @param places the tensors of the files by their names in the program
     */
    NumericFault(TorchProgram program, Map<String, TensorPlace> places, WeightForm precision) {
        this.program = program;
        this.places = places;
        this.precision = precision;
    }

    /**
     * The failure that names what was found.
     *
     * @param pass the forward pass that gave such logits; null if it cannot be repeated
     */
    ModelException find(@Nullable Runnable pass) {
        String tensor = program.text("damaged");
        if (!tensor.isEmpty()) {
            return inWeights(tensor);
        }
        String step = pass == null ? "" : overflow(pass);
        return step.isEmpty()
                ? new ModelException(
                        "the logits are not finite in " + precision + ", though all weights are" + remedy())
                : inValues(step);
    }

    private String overflow(Runnable pass) {
        program.run("watch", true);
        try {
            pass.run();
            return program.text("overflow");
        } finally {
            program.run("watch", false);
        }
    }

    private ModelException inWeights(String tensor) {
        String cause = precision == WeightForm.FLOAT16
                ? "; it is damaged, or its weights are too large for float16: try bf16 or f32"
                : "; it is damaged: fetch the file again";
        return new ModelException(
                at(tensor) + " has a weight that is not finite in " + precision + ", " + LOGITS + cause);
    }

    private ModelException inValues(String step) {
        int last = step.lastIndexOf(' ');
        String kind = step.substring(0, last);
        return new ModelException(at(step.substring(last + 1)) + ": the forward pass gives " + kind + " here in "
                + precision + ", " + LOGITS + ", though all weights are" + remedy());
    }

    private String remedy() {
        return precision == WeightForm.FLOAT16
                ? "; float16 is too narrow for this model: try bf16 or f32"
                : "; the weights do not belong to this configuration, or are damaged";
    }

    /** The file and the tensor: of a name in the program, or of a step, the prefix of the tensors that it works with. */
    private String at(String name) {
        String tensorName = name.endsWith(".weight") || name.endsWith(".bias") ? name : name + ".weight";
        String joint = tensorName
                .replaceFirst("\\.[qkv]_proj\\.", ".qkv_proj.")
                .replaceFirst("\\.(gate|up)_proj\\.", ".gate_up_proj.");
        for (String tensor : List.of(tensorName, joint)) {
            TensorPlace place = places.get(tensor);
            if (place != null) {
                return place.source() + ": tensor " + place.name();
            }
        }
        String source =
                places.values().stream().map(TensorPlace::source).findFirst().orElse("the model");
        return source + ": " + name;
    }
}
