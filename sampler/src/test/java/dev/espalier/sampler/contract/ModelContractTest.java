// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.TreeStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract holds a model that keeps it, and one for each way of breaking it. */
class ModelContractTest {

    private static final Vocabulary VOCABULARY =
            Vocabulary.builder().token(0, "a").token(1, "b").token(2, "c").build();

    private enum Fault {
        FORK_SHARES,
        TRUNCATE_KEEPS_ONE,
        BATCH_IN_ANOTHER_ORDER,
        FORGETS_LENGTH,
        FEW_LOGITS,
        CLOSED_IS_READ,
        SAME_SESSION_TWICE,
        ANY_TOKEN,
        ANY_LENGTH,
        FOREIGN_EXCEPTION,
        EACH_GIVES_THE_LAST,
        TREE_IS_READ_AS_A_ROW,
        TREE_KEEPS_THE_FIRST_NODE,
        TREE_FORGETS_ALL,
        TREE_IS_KEPT_TWICE,
        FAILURE_KEEPS_TOKENS_OF_OTHERS
    }

    /** Logits are a hash of all tokens; with a fault, or none. */
    private static final class Toy implements LanguageModel {

        private final Set<Fault> faults;

        Toy(Fault... faults) {
            this.faults = Set.of(faults);
        }

        boolean has(Fault fault) {
            return faults.contains(fault);
        }

        private final class ToySession implements Session {
            private final List<Integer> tokens;
            private boolean closed;

            ToySession(List<Integer> tokens) {
                this.tokens = tokens;
            }

            @Override
            public int length() {
                return has(Fault.FORGETS_LENGTH) ? Math.min(3, tokens.size()) : tokens.size();
            }

            @Override
            public Session fork() {
                requireOpen();
                return new ToySession(has(Fault.FORK_SHARES) ? tokens : new ArrayList<>(tokens));
            }

            @Override
            public void truncate(int length) {
                requireOpen();
                if (length < 0 || length > tokens.size()) {
                    throw new ModelException("cannot keep " + length);
                }
                int kept = has(Fault.TRUNCATE_KEEPS_ONE) && length == 1 ? Math.min(2, tokens.size()) : length;
                tokens.subList(kept, tokens.size()).clear();
            }

            private void requireOpen() {
                if (closed && !has(Fault.CLOSED_IS_READ)) {
                    if (has(Fault.FOREIGN_EXCEPTION)) {
                        throw new IllegalStateException("closed");
                    }
                    throw new ModelException("closed");
                }
            }

            @Override
            public void close() {
                closed = true;
            }
        }

        @Override
        public Vocabulary vocabulary() {
            return VOCABULARY;
        }

        @Override
        public TextEncoder encoder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int contextLength() {
            return 30;
        }

        @Override
        public Session open() {
            return new ToySession(new ArrayList<>());
        }

        @Override
        public List<Logits> forward(List<Step> batch) {
            List<Logits> last = new ArrayList<>();
            for (List<Logits> rows : forwardEach(batch)) {
                last.add(rows.get(rows.size() - 1));
            }
            if (has(Fault.BATCH_IN_ANOTHER_ORDER) && last.size() > 2) {
                last.add(last.remove(0));
            }
            return last;
        }

        @Override
        public List<List<Logits>> forwardEach(List<Step> batch) {
            Set<Session> distinct = new HashSet<>();
            if (batch.isEmpty()) {
                throw new ModelException("empty");
            }
            if (has(Fault.FAILURE_KEEPS_TOKENS_OF_OTHERS)) {
                ToySession first = (ToySession) batch.get(0).session();
                if (batch.size() == 2 && first.tokens.isEmpty()) {
                    first.tokens.add(0, 2);
                    first.tokens.clear();
                    first.tokens.add(2);
                }
            }
            for (Step step : batch) {
                ToySession session = (ToySession) step.session();
                session.requireOpen();
                boolean fits = session.tokens.size() + step.size() <= contextLength();
                if (!has(Fault.SAME_SESSION_TWICE) && !distinct.add(session)) {
                    throw new ModelException("twice");
                }
                if (!has(Fault.ANY_LENGTH) && !fits) {
                    throw new ModelException("too long");
                }
                for (int token : step.tokens()) {
                    if (!has(Fault.ANY_TOKEN) && token >= VOCABULARY.size()) {
                        throw new ModelException("no such token");
                    }
                }
            }
            List<List<Logits>> all = new ArrayList<>();
            for (Step step : batch) {
                List<Logits> rows = new ArrayList<>();
                for (int token : step.tokens()) {
                    ((ToySession) step.session()).tokens.add(token);
                    rows.add(logits(((ToySession) step.session()).tokens));
                }
                if (has(Fault.EACH_GIVES_THE_LAST)) {
                    rows.replaceAll(row -> rows.get(rows.size() - 1));
                }
                all.add(rows);
            }
            return all;
        }

        @Override
        public List<ReadTree> forwardTree(List<TreeStep> batch) {
            if (has(Fault.TREE_IS_READ_AS_A_ROW)) {
                return LanguageModel.super.forwardTree(batch.stream()
                        .map(step -> TreeStep.of(
                                step.session(),
                                step.tokens(),
                                IntStream.range(-1, step.size() - 1).toArray()))
                        .toList());
            }
            return LanguageModel.super.forwardTree(batch).stream()
                    .map(this::faulty)
                    .toList();
        }

        private ReadTree faulty(ReadTree tree) {
            return new ReadTree() {
                private @Nullable Session kept;

                @Override
                public List<Logits> logits() {
                    return tree.logits();
                }

                @Override
                public Session keep(int node) {
                    int wrong = has(Fault.TREE_KEEPS_THE_FIRST_NODE)
                            ? Math.min(0, node)
                            : has(Fault.TREE_FORGETS_ALL) ? -1 : node;
                    Session session = kept != null && has(Fault.TREE_IS_KEPT_TWICE) ? kept : tree.keep(wrong);
                    kept = session;
                    return session;
                }
            };
        }

        private Logits logits(List<Integer> tokens) {
            int hash = 7 * tokens.hashCode();
            float[] values = new float[has(Fault.FEW_LOGITS) ? 2 : 3];
            for (int i = 0; i < values.length; i++) {
                values[i] = (hash >>> 5 * i & 31) / 4f;
            }
            return Logits.of(values);
        }

        @Override
        public void close() {}
    }

    @Test
    void aModelThatKeepsTheContractHasNoViolations() {
        assertEquals(List.of(), ModelContract.of(new Toy(), 0, 1, 2).violations());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsFound(Fault fault) {
        List<String> violations = ModelContract.of(new Toy(fault), 0, 1, 2).violations();
        assertFalse(violations.isEmpty(), fault.toString());
        assertTrue(violations.stream().noneMatch(String::isBlank));
    }
}
