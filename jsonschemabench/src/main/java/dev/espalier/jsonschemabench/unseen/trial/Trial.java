// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.unseen.input.Dice;
import dev.espalier.jsonschemabench.unseen.input.TextChanges;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Kind;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Reading;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tries one input: compiles it, cancels that once, writes texts, reads texts and has them judged. One thread. */
public final class Trial implements Runnable {

    private static final long WORTH_CANCELLING_NANOS = 2_000_000;
    private static final long JUDGE_NANOS = 1_000_000_000;
    private static final int MUTATIONS = 4;
    private static final int LONGEST_JUDGED = 4_000;

    /** The limits that may end a step. */
    private static final Set<String> LIMITS_OF_STEPS = Set.of("stepDeadline", "wallClockFactor", "maxCompileBytes");

    private final TrialRequest request;
    private final TrialEngine engine;
    private final Walker walker;
    private final Judges judges;
    private final Watch watch;
    private final TrialRecord record;
    private final Dice dice;
    private final List<String> written = new ArrayList<>();
    private final long start = JavaMachine.processorNanos();

    Trial(TrialRequest request, TrialEngine engine, Tokens tokens, Judges judges, Watch watch, TrialRecord record) {
        this.request = request;
        this.engine = engine;
        this.judges = judges;
        this.watch = watch;
        this.record = record;
        this.dice = Dice.of(request.seed(), 0);
        this.walker = new Walker(
                tokens, watch, record, engine.limits().stepDeadline().toNanos(), () -> engine.isExact(request));
    }

    @Override
    public void run() {
        try {
            all();
        } catch (TrialOver over) {
            return;
        } catch (OutOfMemoryError e) {
            record.fault(
                    Fault.Kind.MEMORY, step(), EnginePlace.of(e.getStackTrace()), String.valueOf(e), walker.text());
        } finally {
            watch.end();
        }
    }

    /** Runs a part of the trial; what it throws is a fault, and the parts behind it are run all the same. */
    private void part(Runnable work) {
        try {
            work.run();
        } catch (EspalierException e) {
            if (e instanceof DeadEndException && !engine.isExact(request)) {
                return; // what is checked at the end may leave no way to it
            }
            record.fault(e, "", walker.text());
        } catch (TrialOver over) {
            throw over;
        } catch (RuntimeException | StackOverflowError e) {
            String place = EnginePlace.of(e.getStackTrace());
            record.fault(
                    Fault.Kind.FOREIGN_ERROR, e.getClass().getSimpleName(), place, String.valueOf(e), walker.text());
        }
    }

    /** Ends a trial whose fault is noted. */
    static final class TrialOver extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private String step() {
        return record.result().status().equals("unfinished") ? "compile" : "text";
    }

    /** What an error after a compilation is: a refusal that a step may end with, or a fault. */
    static Fault.Kind kind(EspalierException e) {
        return e instanceof LimitExceededException limit && LIMITS_OF_STEPS.contains(limit.limit())
                ? Fault.Kind.REFUSED_STEP
                : Fault.Kind.LATE_ERROR;
    }

    /** What kind of error it is, and of which limit. */
    static String code(EspalierException e) {
        return e instanceof LimitExceededException limit
                ? "limit " + limit.limit()
                : e instanceof UnsupportedFeatureException feature ? "unsupported " + feature.feature() : e.code();
    }

    private void all() {
        List<CompiledGrammar> compiled = new ArrayList<>();
        part(() -> compiled(request.reading(), true).ifPresent(compiled::add));
        for (CompiledGrammar grammar : compiled) {
            part(() -> record.firstMask(walker.firstMask(grammar.matcher(watch.counter()))));
            request.replays().forEach(text -> part(() -> walker.replay(grammar.matcher(watch.counter()), text)));
            for (int i = 0; i < request.settings().walks() && (i == 0 || hasTime()); i++) {
                boolean bound = i > 0 && dice.once(2);
                part(() -> walk(grammar.matcher(watch.counter()), bound).ifPresent(written::add));
            }
        }
        if (request.judged() && !record.result().status().equals("refused")) {
            part(() -> judge(compiled.stream().findFirst()));
        }
    }

    private Optional<String> walk(Matcher matcher, boolean bound) {
        return bound
                ? walker.bound(matcher, dice)
                : walker.free(matcher, request.settings().tokens(), this::hasTime, dice);
    }

    private boolean hasTime() {
        return JavaMachine.processorNanos() - start < request.settings().totalMillis() * 1_000_000L;
    }

    /** The language; empty if it is refused, or has no text. */
    private Optional<CompiledGrammar> compiled(Reading reading, boolean first) {
        long allowed = engine.limits().compileDeadline().toNanos();
        Cancellation cancellation = watch.counter();
        Watch.Step step = watch.begin("compile", allowed, cancellation);
        long before = System.nanoTime();
        String status = "compiled";
        String reason = "";
        Optional<CompiledGrammar> compiled = Optional.empty();
        try {
            compiled = Optional.of(engine.compile(request, reading, new WorkBudget(engine.limits(), cancellation)));
        } catch (UnsatisfiableException e) {
            status = "empty";
        } catch (CancelledException e) {
            status = "refused";
            reason = "cancelled";
        } catch (EspalierException e) {
            status = "refused";
            reason = code(e) + ": " + e.getMessage();
        }
        long nanos = System.nanoTime() - before;
        watch.end();
        checkOverrun(step, "");
        if (first) {
            record.compiled(status, reason, nanos);
            if (nanos > WORTH_CANCELLING_NANOS && dice.once(6)) {
                cancel(reading, (long) (nanos * dice.below(100) / 100.0));
            }
        } else if (status.equals("refused")) {
            throw new TrialOver();
        }
        return compiled;
    }

    private void checkOverrun(Watch.Step step, String text) {
        if (step.isOverrun()) {
            Thread.interrupted();
            record.fault(Fault.Kind.OVERRUN, step.name(), step.place(), Watch.PAST, text);
            throw new TrialOver();
        }
    }

    /** Compiles again and cancels that after a while. */
    private void cancel(Reading reading, long afterNanos) {
        Cancellation cancellation = Cancellation.after(Duration.ofNanos(afterNanos));
        record.stopped();
        Watch.Step step = watch.beginTimed("cancelled compile", afterNanos);
        try {
            engine.compile(request, reading, new WorkBudget(engine.limits(), cancellation));
        } catch (EspalierException expected) {
            Thread.interrupted();
        } finally {
            watch.end();
        }
        if (step.isOverrun() && cancellation.isRequested()) {
            Thread.interrupted();
            record.fault(Fault.Kind.UNSTOPPABLE, "compile", step.place(), "not cancelled for 100 ms", "");
        }
    }

    private void judge(Optional<CompiledGrammar> compiled) {
        boolean schema = request.kind() == Kind.SCHEMA;
        written.forEach(text -> part(() -> verdict(text, true)));
        if (schema && request.reading() != Reading.CHECKING && !request.fresh() && (!hasTime() || dice.once(2))) {
            return;
        }
        long before = JavaMachine.processorNanos();
        BooleanSupplier judging =
                () -> JavaMachine.processorNanos() - before < request.settings().totalMillis() * 1_000_000L;
        Optional<CompiledGrammar> checking =
                schema && request.reading() != Reading.CHECKING ? compiled(Reading.CHECKING, false) : compiled;
        List<String> texts = new ArrayList<>(request.texts());
        TextChanges changes = new TextChanges(dice);
        List<String> known = written.isEmpty() ? request.texts() : written;
        for (int i = 0; i < MUTATIONS && !known.isEmpty() && !request.fresh(); i++) {
            texts.add(changes.changed(dice.one(known)));
        }
        for (String text : texts) {
            if (judging.getAsBoolean() && text.length() <= LONGEST_JUDGED) {
                part(() -> {
                    Optional<Boolean> ours = checking.isEmpty()
                            ? Optional.of(false)
                            : walker.reads(checking.get().matcher(watch.counter()), text, dice);
                    ours.ifPresent(accepted -> verdict(text, accepted));
                });
            }
        }
    }

    private void verdict(String text, boolean accepted) {
        if (request.kind() == Kind.SCHEMA) {
            opinions(text, accepted);
        } else {
            record.verdict(text, accepted);
        }
    }

    /** Has a text judged by both validators; what both say against the engine is a fault. */
    private void opinions(String text, boolean ours) {
        if (text.length() > LONGEST_JUDGED) {
            return;
        }
        Judges.Opinion first = opinion(() -> judges.first(request.source(), text));
        Judges.Opinion second = opinion(() -> judges.second(request.source(), text));
        if (first.accepts().isPresent() && first.accepts().equals(second.accepts())) {
            record.judged(first.accepts().get());
            if (first.accepts().get() != ours && isDisputed(text, ours)) {
                record.split(new Split("both, of a format,", !ours, first.why(), text));
            } else if (first.accepts().get() != ours) {
                Fault.Kind kind = ours ? Fault.Kind.WRONG_ACCEPTANCE : Fault.Kind.WRONG_REFUSAL;
                record.fault(kind, "both validators differ", "", first.why(), text);
            }
            return;
        }
        if (first.accepts().isPresent() && first.accepts().get() != ours) {
            record.split(new Split("networknt", !ours, first.why(), text));
        }
        if (second.accepts().isPresent() && second.accepts().get() != ours) {
            record.split(new Split("dev.harrel", !ours, second.why(), text));
        }
    }

    private Judges.Opinion opinion(Supplier<Judges.Opinion> judge) {
        watch.beginTimed("judge", JUDGE_NANOS);
        Judges.Opinion opinion = judge.get();
        watch.end();
        Thread.interrupted();
        return opinion;
    }

    /** Whether both validators refuse a text for nothing but a format that they are known to read otherwise. */
    private boolean isDisputed(String text, boolean ours) {
        String without = Judges.withoutDisputedFormats(request.source());
        return ours
                && !without.equals(request.source())
                && opinion(() -> judges.first(without, text)).accepts().orElse(false)
                && opinion(() -> judges.second(without, text)).accepts().orElse(false);
    }
}
