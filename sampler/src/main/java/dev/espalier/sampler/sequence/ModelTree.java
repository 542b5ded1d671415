// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.law.TokenLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a language model may write after a prompt.
 *
 * <p>Keeps the sessions of the texts that it was asked about last, so that a text that grows is read once. Texts that share
 * a beginning share the reading of it. Cost of a question: the tokens since the nearest such session, and one pass over the
 * logits. One thread at a time; takes turns at the model with others.
 */
@FastPath(oracle = "ModelTreeTest")
public final class ModelTree implements TokenTree, AutoCloseable {

    /** Sessions that are kept. */
    private static final int MAX_SESSIONS = 32;

    private final LanguageModel model;
    private final int[] prompt;
    private final Prefix root;
    private final Situation situation;
    private final double temperature;
    private final Map<Prefix, Session> sessions = new LinkedHashMap<>();
    private @Nullable Session read;
    private @Nullable TokenLaw first;
    private long calls;

    /**
     * The texts after a prompt.
     *
     * @param prompt the prompt's tokens, at least one
     * @param constraint what may be written, from the beginning, for the model's vocabulary
     * @param parameters the temperature, above 0, and the most tokens; filters are refused, since with them it is not
     *     defined which law is restricted to the language
     * @throws InvalidInputException if the parameters, the prompt or the constraint do not fit
     */
    public ModelTree(LanguageModel model, int[] prompt, TokenConstraint constraint, SamplingParameters parameters) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(constraint, "constraint");
        Objects.requireNonNull(parameters, "parameters");
        if (parameters.hasFilter()
                || parameters.isGreedy()
                || !parameters.changes().isNone()
                || !parameters.parts().isEmpty()) {
            throw new InvalidInputException("samplers of whole texts need a temperature above 0, and no top-k, top-p,"
                    + " min-p, penalties, biases or ways of drawing in parts: their law would not be the model's");
        }
        int room = model.contextLength() - prompt.length;
        if (prompt.length == 0 || room < 0) {
            throw new InvalidInputException("the prompt must have 1 to " + model.contextLength()
                    + " tokens, the model's context, but has " + prompt.length);
        }
        constraint.requireFit(model.vocabulary(), model.name());
        this.model = model;
        this.prompt = prompt.clone();
        int maxTokens = Math.min(parameters.maxTokens(), room);
        this.root = Prefix.empty(constraint, maxTokens);
        this.temperature = parameters.temperature();
        this.situation = new Situation(
                model, Arrays.stream(prompt).boxed().toList(), constraint.language(), temperature, maxTokens);
    }

    private record Situation(
            LanguageModel model, List<Integer> prompt, Object language, double temperature, int maxTokens) {}

    /** The texts of a grammar after a prompt; see the constructor. */
    public static ModelTree of(
            LanguageModel model, int[] prompt, CompiledGrammar grammar, SamplingParameters parameters) {
        return new ModelTree(model, prompt, TokenConstraint.of(grammar), parameters);
    }

    @Override
    public Prefix root() {
        return root;
    }

    @Override
    public Object situation() {
        return situation;
    }

    @Override
    public boolean isEnd(int token) {
        return model.vocabulary().isEnd(token);
    }

    @Override
    public long calls() {
        return calls;
    }

    @Override
    public List<TokenLaw> next(List<Prefix> prefixes) {
        synchronized (model) {
            Map<Prefix, TokenLaw> laws = new IdentityHashMap<>();
            try {
                laws.put(root, afterPrompt());
                readAll(prefixes, laws);
            } catch (EspalierException failure) {
                throw failure;
            } catch (RuntimeException failure) {
                throw new ModelException("the model " + model.name() + " failed: " + failure, failure);
            }
            return prefixes.stream().map(laws::get).toList();
        }
    }

    private TokenLaw afterPrompt() {
        TokenLaw known = first;
        if (known == null) {
            Session session = model.open();
            try {
                known = law(model.forward(List.of(Step.of(session, prompt))).get(0));
            } catch (RuntimeException failure) {
                session.close();
                throw failure;
            }
            read = session;
            first = known;
            calls++;
        }
        return known;
    }

    private void readAll(List<Prefix> prefixes, Map<Prefix, TokenLaw> laws) {
        Map<Prefix, Prefix> nearest = new LinkedHashMap<>();
        Map<Prefix, Integer> heirs = new HashMap<>();
        for (Prefix prefix : prefixes) {
            if (prefix != root && !nearest.containsKey(prefix)) {
                Prefix from = nearest(prefix);
                nearest.put(prefix, from);
                heirs.merge(from, 1, Integer::sum);
            }
        }
        if (nearest.isEmpty()) {
            return;
        }
        List<Prefix> order = List.copyOf(nearest.keySet());
        List<Step> steps = new ArrayList<>();
        List<Session> taken = new ArrayList<>();
        try {
            for (Prefix prefix : order) {
                Prefix from = nearest.getOrDefault(prefix, root);
                int left = heirs.merge(from, -1, Integer::sum);
                Session session =
                        from == root ? copy(read, heirs) : left == 0 ? take(from) : copy(sessions.get(from), heirs);
                taken.add(session);
                steps.add(Step.of(session, since(from, prefix)));
            }
            List<Logits> rows = model.forward(steps);
            for (int i = 0; i < order.size(); i++) {
                laws.put(order.get(i), law(rows.get(i)));
                calls++;
            }
        } catch (RuntimeException failure) {
            taken.forEach(Session::close);
            throw failure;
        }
        for (int i = 0; i < order.size(); i++) {
            Session before = sessions.remove(order.get(i));
            if (before != null) {
                before.close();
            }
            sessions.put(order.get(i), taken.get(i));
        }
        evict(Math.max(MAX_SESSIONS, order.size()), Map.of());
    }

    /** The longest beginning of a text, not all of it, that a session has read. */
    private Prefix nearest(Prefix prefix) {
        Prefix at = prefix.parent();
        while (at != null && at != root && !sessions.containsKey(at)) {
            at = at.parent();
        }
        return at == null ? root : at;
    }

    private Session take(Prefix prefix) {
        Session session = sessions.remove(prefix);
        if (session == null) {
            throw new IllegalStateException("no session has read this text");
        }
        return session;
    }

    /** A copy of a session; if there is no room, in place of those that nothing is to be written after. */
    private Session copy(@Nullable Session session, Map<Prefix, Integer> heirs) {
        if (session == null) {
            throw new IllegalStateException("nothing was read");
        }
        try {
            return session.fork();
        } catch (ModelException full) {
            evict(0, heirs);
            return session.fork();
        }
    }

    /** Closes the sessions that were not used for longest, but for those of texts that still have heirs. */
    private void evict(int most, Map<Prefix, Integer> heirs) {
        Iterator<Map.Entry<Prefix, Session>> oldest = sessions.entrySet().iterator();
        while (sessions.size() > most && oldest.hasNext()) {
            Map.Entry<Prefix, Session> session = oldest.next();
            if (heirs.getOrDefault(session.getKey(), 0) == 0) {
                session.getValue().close();
                oldest.remove();
            }
        }
    }

    private static int[] since(Prefix from, Prefix to) {
        return Arrays.copyOfRange(to.tokens(), from.length(), to.length());
    }

    private TokenLaw law(Logits logits) {
        float[] values = logits.toArray();
        if (values.length != model.vocabulary().size()) {
            throw new ModelException("expected " + model.vocabulary().size() + " logits, but got " + values.length);
        }
        return TokenLaw.ofLogits(values, temperature);
    }

    /** Closes the sessions. The model stays open. */
    @Override
    public void close() {
        synchronized (model) {
            evict(0, Map.of());
            Session prompted = read;
            if (prompted != null) {
                prompted.close();
            }
            read = null;
            first = null;
        }
    }
}
