// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Learned tries as bytes, big-endian: a magic number, a version, what is learned, the SHA-256 of the fingerprint, the number
 * of nodes, the nodes in the order in which they were learned (parent, token, log probability, whether it is complete, log
 * rest), and a CRC-32 of all that. The bounds are worked out anew.
 */
@FastPath(oracle = "LearnedTrieTest")
final class LearnedTrieFile {

    private static final int MAGIC = 0x45535452;
    private static final int VERSION = 1;
    private static final int DIGEST = 32;

    private LearnedTrieFile() {}

    static void write(LearnedTrie trie, OutputStream out, String fingerprint) throws IOException {
        CRC32 crc = new CRC32();
        DataOutputStream data = new DataOutputStream(new CheckedOutputStream(out, crc));
        data.writeInt(MAGIC);
        data.writeByte(VERSION);
        data.writeByte(trie.learning().ordinal());
        data.write(digest(fingerprint));
        data.writeInt(trie.size());
        for (int node = 0; node < trie.size(); node++) {
            data.writeInt(trie.parent(node));
            data.writeInt(trie.token(node));
            data.writeDouble(trie.logProbability(node));
            data.writeBoolean(trie.isComplete(node));
            data.writeDouble(trie.logRest(node));
        }
        data.writeInt((int) crc.getValue());
        data.flush();
    }

    static LearnedTrie read(InputStream in, String fingerprint, int maxNodes) throws IOException {
        CRC32 crc = new CRC32();
        DataInputStream data = new DataInputStream(new CheckedInputStream(in, crc));
        try {
            require(data.readInt() == MAGIC, "this is no learned trie");
            require(data.readByte() == VERSION, "this learned trie is of another version; learn it anew");
            int learning = data.readByte();
            require(learning >= 0 && learning < LearnedTrie.Learning.values().length, damaged());
            byte[] found = new byte[DIGEST];
            data.readFully(found);
            require(
                    Arrays.equals(found, digest(fingerprint)),
                    "this trie was learned from another model, vocabulary, prompt, temperature or language");
            int size = data.readInt();
            require(size >= 0, damaged());
            require(size <= maxNodes, "this trie has " + size + " nodes, more than the " + maxNodes + " allowed");
            LearnedTrie trie = new LearnedTrie(LearnedTrie.Learning.values()[learning], maxNodes);
            for (int node = 0; node < size; node++) {
                readNode(trie, data);
            }
            int expected = (int) crc.getValue();
            require(data.readInt() == expected, damaged());
            for (int node = size - 1; node >= 0; node--) {
                trie.settleOne(node);
            }
            return trie;
        } catch (EOFException end) {
            throw new InvalidInputException("this learned trie ends too early: " + damaged(), end);
        }
    }

    private static void readNode(LearnedTrie trie, DataInputStream data) throws IOException {
        int parent = data.readInt();
        int token = data.readInt();
        double logProbability = data.readDouble();
        boolean complete = data.readBoolean();
        double logRest = data.readDouble();
        boolean root = trie.size() == 0;
        boolean below = parent >= 0 && parent < trie.size() && !trie.isComplete(parent) && token >= 0;
        require(root ? parent == LearnedTrie.NONE : below, damaged());
        require(logProbability <= 1e-9 && logRest <= 1e-9, damaged());
        if (complete) {
            trie.addComplete(parent, token, logProbability);
        } else {
            trie.add(parent, token, logProbability, logRest);
        }
    }

    private static String damaged() {
        return "the file is damaged; learn it anew";
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidInputException(message);
        }
    }

    private static byte[] digest(String fingerprint) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(fingerprint.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java platform has SHA-256", missing);
        }
    }
}
