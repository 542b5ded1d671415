// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.automata.state.Horizon;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Some texts. */
public final class TextHorizon implements Horizon {

    private final List<byte[]> tokens;
    private final Map<Class<?>, Object> known = new HashMap<>();

    private TextHorizon(List<byte[]> tokens) {
        this.tokens = tokens;
    }

    public static TextHorizon of(List<byte[]> tokens) {
        return new TextHorizon(tokens);
    }

    public static TextHorizon of(String... texts) {
        return of(Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** The texts; not to be modified. */
    public List<byte[]> tokens() {
        return tokens;
    }

    @Override
    public int bytes() {
        return tokens.stream().mapToInt(token -> token.length).max().orElse(0);
    }

    @Override
    public <T> T learned(Class<T> kind, Function<Horizon, T> find) {
        return kind.cast(known.computeIfAbsent(kind, asked -> find.apply(this)));
    }

    @Override
    public Texts texts() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int[] offsets = new int[tokens.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = all.size();
            all.writeBytes(tokens.get(i));
        }
        byte[] blob = all.toByteArray();
        return new Texts() {
            @Override
            public byte[] blob() {
                return blob;
            }

            @Override
            public int count() {
                return offsets.length;
            }

            @Override
            public int offset(int text) {
                return offsets[text];
            }

            @Override
            public int length(int text) {
                return tokens.get(text).length;
            }
        };
    }
}
