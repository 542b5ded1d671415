// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.espalier.backends.file.TokenizerDocument;
import dev.espalier.backends.torch.TorchEngine;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextPiece;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The canonical tokenizer of a {@code tokenizer.json}, through Hugging Face's tokenizers library.
 *
 * <p>{@link #encode} never returns a special token: it reads {@code <|im_end|>} in a text as those ten characters. {@link #encodePrompt} reads
 * special tokens as such and adds those that the model expects around a prompt.
 *
 * <p>Thread-safe. Owns native memory: {@link #close()} frees it. The library is unpacked on first use to
 * {@code DJL_CACHE_DIR}; nothing is downloaded.
 */
public final class HuggingFaceEncoder implements PromptEncoder {

    static {
        TorchEngine.prepare();
    }

    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerDocument document;
    private final String source;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private HuggingFaceEncoder(HuggingFaceTokenizer tokenizer, TokenizerDocument document, String source) {
        this.tokenizer = tokenizer;
        this.document = document;
        this.source = source;
    }

    /**
     * Reads a {@code tokenizer.json}, plain or gzipped. Cost: up to a second for vocabularies of 100,000 tokens.
     *
     * @throws ModelException if the file cannot be read or the library does not understand it
     */
    public static HuggingFaceEncoder read(ModelFiles files, String name) {
        String source = files.describe(name);
        try (InputStream raw = new BufferedInputStream(files.open(name), 1 << 16)) {
            raw.mark(2);
            boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            byte[] json = (zipped ? new GZIPInputStream(raw, 1 << 16) : raw).readAllBytes();
            TokenizerDocument document = TokenizerDocument.read(json, source);
            Map<String, String> options = Map.of("truncation", "false", "padding", "false");
            return new HuggingFaceEncoder(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(document.json()), options),
                    document,
                    source);
        } catch (EspalierException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new ModelException(source + ": not a tokenizer.json: " + TorchEngine.rootMessage(e), e);
        }
    }

    @Override
    public int[] encode(String text) {
        IntStream.Builder ids = IntStream.builder();
        for (String piece : document.cut(wellFormed(text))) {
            for (int id : ids(piece)) {
                if (document.isSpecial(id)) {
                    throw new ModelException(source + ": the text spells the special token " + id);
                }
                ids.add(id);
            }
        }
        return ids.build().toArray();
    }

    @Override
    public int[] encode(List<TextPiece> pieces) {
        StringBuilder text = new StringBuilder();
        IntStream.Builder ids = IntStream.builder();
        for (TextPiece piece : pieces) {
            List<String> parts = piece.trusted() ? List.of(piece.text()) : document.cut(piece.text());
            for (int i = 0; i < parts.size(); i++) {
                text.append(parts.get(i));
                if (i < parts.size() - 1) { // within a special token that is none here
                    Arrays.stream(ids(wellFormed(text.toString()))).forEach(ids::add);
                    text.setLength(0);
                }
            }
        }
        Arrays.stream(ids(wellFormed(text.toString()))).forEach(ids::add);
        return ids.build().toArray();
    }

    /** The tokens of a prompt, special tokens read and added. Cost: linear in the prompt. */
    @Override
    public int[] encodePrompt(String prompt) {
        return document.around(ids(wellFormed(prompt)));
    }

    private int[] ids(String text) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new ModelException(source + ": this tokenizer is closed");
            }
            return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                    .mapToInt(Math::toIntExact)
                    .toArray();
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelException(source + ": the tokenizer failed: " + TorchEngine.rootMessage(e), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The text with each lone surrogate, which UTF-8 cannot represent, replaced by U+FFFD. */
    private static String wellFormed(String string) {
        StringBuilder changed = null;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                changed = changed == null ? new StringBuilder(string) : changed;
                changed.setCharAt(i, '\ufffd');
            }
        }
        return changed == null ? string : changed.toString();
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
