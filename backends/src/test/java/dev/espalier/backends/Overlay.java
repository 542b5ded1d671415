// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.file.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A model's files with some of them replaced or, by an empty array, taken away. */
public record Overlay(ModelFiles files, Map<String, byte[]> changes) implements ModelFiles, FileSource {

    public static Overlay of(ModelFiles files, String name, byte[] content) {
        return new Overlay(files, Map.of(name, content));
    }

    public static Overlay without(ModelFiles files, String name) {
        return of(files, name, new byte[0]);
    }

    /** With a text of a file replaced by another. */
    public static Overlay edited(ModelFiles files, String name, String from, String to) throws IOException {
        String text = new String(files.open(name).readAllBytes(), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new AssertionError(from + " is not in " + name);
        }
        return of(files, name, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** With a member added to config.json. */
    public static Overlay configured(ModelFiles files, String member) throws IOException {
        return edited(files, "config.json", "\"use_cache\": true", "\"use_cache\": true, " + member);
    }

    Overlay and(String name, byte[] content) {
        Map<String, byte[]> all = new TreeMap<>(changes);
        all.put(name, content);
        return new Overlay(files, all);
    }

    @Override
    public boolean contains(String name) {
        byte[] change = changes.get(name);
        return change == null ? files.contains(name) : change.length > 0;
    }

    @Override
    public InputStream open(String name) throws IOException {
        byte[] change = changes.get(name);
        if (change != null && change.length == 0) {
            throw new IOException("no such file");
        }
        return change == null ? files.open(name) : new ByteArrayInputStream(change);
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        byte[] change = changes.get(name);
        return change == null ? files.size(name) : OptionalLong.of(change.length);
    }

    @Override
    public String describe(String name) {
        return "overlay/" + name;
    }
}
