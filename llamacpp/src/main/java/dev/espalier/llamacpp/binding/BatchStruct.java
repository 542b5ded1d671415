// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import org.jspecify.annotations.Nullable;

/** The struct {@code llama_batch}, which is the same in all known builds. */
@FieldOrder({"count", "tokens", "embeddings", "positions", "counts", "sequences", "wanted"})
public final class BatchStruct extends Structure implements Structure.ByValue {

    public int count;
    public @Nullable Pointer tokens;
    public @Nullable Pointer embeddings;
    public @Nullable Pointer positions;
    public @Nullable Pointer counts;
    public @Nullable Pointer sequences;
    public @Nullable Pointer wanted;

    /** A batch without tokens. */
    public BatchStruct() {}
}
