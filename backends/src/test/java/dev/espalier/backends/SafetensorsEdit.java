// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.file.SafetensorsFile;
import dev.espalier.backends.file.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file {@code model.safetensors} with other weights. */
final class SafetensorsEdit {

    private static final String NAME = "model.safetensors";

    /** A new weight for an old one. */
    interface Change {
        float of(int row, int column, float weight);
    }

    private SafetensorsEdit() {}

    /** The files with each weight of a tensor replaced; types of 16 bits lose what they cannot hold. */
    static ModelFiles of(ModelFiles files, String tensor, Change change) throws IOException {
        byte[] bytes = files.open(NAME).readAllBytes();
        SafetensorsFile file = SafetensorsFile.open(new ModelFileSource(files), NAME);
        SafetensorsFile.Entry entry = file.entries().stream()
                .filter(each -> each.name().equals(tensor))
                .findFirst()
                .orElseThrow();
        int columns = (int) entry.shape()[entry.shape().length - 1];
        ByteBuffer data = data(file, entry);
        int at = indexOf(bytes, data.array());
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean brain = entry.type() == TensorType.BF16;
        if (!brain && entry.type() != TensorType.F32) {
            throw new AssertionError(tensor + " is of type " + entry.type());
        }
        for (int i = 0; i < entry.elements(); i++) {
            int place = at + i * entry.type().bytes();
            float old = brain ? Float.intBitsToFloat(all.getShort(place) << 16) : all.getFloat(place);
            float next = change.of(i / columns, i % columns, old);
            if (brain) {
                all.putShort(place, (short) (Float.floatToIntBits(next) >>> 16));
            } else {
                all.putFloat(place, next);
            }
        }
        return Overlay.of(files, NAME, bytes);
    }

    /** The files with one weight replaced. */
    static ModelFiles of(ModelFiles files, String tensor, int row, int column, float weight) throws IOException {
        return of(files, tensor, (r, c, old) -> r == row && c == column ? weight : old);
    }

    private static ByteBuffer data(SafetensorsFile file, SafetensorsFile.Entry wanted) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        file.read(wanted.name()::equals, (entry, offset, chunk) -> {
            while (chunk.hasRemaining()) {
                content.write(chunk.get());
            }
        });
        return ByteBuffer.wrap(content.toByteArray());
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (ByteBuffer.wrap(bytes, at, part.length).equals(ByteBuffer.wrap(part))) {
                return at;
            }
        }
        throw new AssertionError("the tensor's bytes are not in the file");
    }
}
