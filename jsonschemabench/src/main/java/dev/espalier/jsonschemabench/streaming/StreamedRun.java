// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.streaming;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.TextMatcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.stream.ValueEvent;
import dev.espalier.stream.ValueTracker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows long documents of some shapes in pieces of four bytes, of three lengths each, so that it shows whether the work grows with the length.
 * The best of several rounds counts.
 *
 * @param bytes the length of the longest
 * @param rounds how often each is followed
 * @param setting what is run in words
 */
public record StreamedRun(int bytes, int rounds, String setting) implements Measurement {

    private static final int PIECE = 4;
    private static final int[] PARTS = {16, 4, 1};

    @Override
    public int steps() {
        return StreamedShape.values().length * PARTS.length;
    }

    @Override
    public View run(Path folder, Cancellation stop, Runnable step) {
        Settings.refuseUnfinished(folder);
        List<StreamedResult> results = new ArrayList<>();
        try (OutputCompiler compiler = new OutputCompiler(vocabulary())) {
            for (StreamedShape shape : StreamedShape.values()) {
                CompiledGrammar grammar =
                        compiler.compile(Output.jsonSchema(shape.schema())).grammar();
                follow(grammar, bytes(shape.document(bytes)), new AtomicLong()); // compiled code first
                for (int part : PARTS) {
                    if (!stop.isRequested()) {
                        results.add(measured(shape, grammar, shape.document(bytes / part)));
                        step.run();
                    }
                }
            }
        }
        return written(results, folder);
    }

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int symbol = 0; symbol < 256; symbol++) {
            builder.token(symbol, ByteString.of((byte) symbol));
        }
        return builder.special(256, "</s>").endIds(256).build();
    }

    private View written(List<StreamedResult> results, Path folder) {
        View view = new View("Values while they are written", setting)
                .table(Table.of("Documents in pieces of " + PIECE + " bytes.", StreamedResult.COLUMNS, results))
                .member("documents", results.size());
        JsonLines file = new JsonLines(folder.resolve(ResultsFile.NAME));
        try {
            Files.createDirectories(folder);
            file.replace(results.stream().map(StreamedResult::toJson).toList(), view.toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file.path() + ": " + e, e);
        }
        return view;
    }

    private StreamedResult measured(StreamedShape shape, CompiledGrammar grammar, String document) {
        byte[] text = bytes(document);
        AtomicLong events = new AtomicLong();
        double follow = best(() -> follow(grammar, text, events));
        double match = best(() -> match(grammar, text));
        double parse = best(() -> JsonMapper.shared().readTree(text));
        return new StreamedResult(shape.toString(), text.length, events.get(), follow, match, parse);
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    /** The time of the fastest round, in microseconds. */
    private double best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e3;
    }

    private static void follow(CompiledGrammar grammar, byte[] text, AtomicLong events) {
        events.set(0);
        ValueTracker tracker =
                ValueTracker.of(grammar, ValueEvent.to(event -> events.incrementAndGet()), new Cancellation());
        for (int at = 0; at < text.length; at += PIECE) {
            tracker.accept(Arrays.copyOfRange(text, at, Math.min(text.length, at + PIECE)));
            tracker.snapshot();
        }
        tracker.finish();
        if (!tracker.snapshot().isKnown()) {
            throw new IllegalStateException("a document was not followed to its end");
        }
    }

    private static void match(CompiledGrammar grammar, byte[] text) {
        TextMatcher matcher = new TextMatcher(grammar, new Cancellation());
        for (byte symbol : text) {
            matcher.read(symbol);
        }
    }
}
