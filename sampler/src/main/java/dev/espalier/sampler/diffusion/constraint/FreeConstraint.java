// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The constraint that slots hold text or its end, and nothing else: special tokens other than end tokens, holes and padding are not proposed. */
class FreeConstraint implements CanvasConstraint {

    private final CanvasReader reader;
    private final EndTokens ends;
    private final TokenMask text;

    FreeConstraint(CanvasReader reader) {
        CompiledGrammar grammar = reader.grammar();
        Vocabulary vocabulary = grammar.vocabulary();
        this.reader = reader;
        this.ends = new EndTokens(grammar);
        this.text = TokenMask.of(
                vocabulary.size(),
                IntStream.range(0, vocabulary.size())
                        .filter(id -> vocabulary.isEnd(id)
                                || grammar.namedTokens().containsKey(id)
                                || (!vocabulary.isSpecial(id)
                                        && vocabulary.bytes(id).length() > 0))
                        .toArray());
    }

    /** The tokens that are text or its end. */
    TokenMask text() {
        return text;
    }

    /** The tokens that are text or its end, without some of them. */
    TokenMask without(Set<Integer> refused) {
        return refused.isEmpty()
                ? text
                : TokenMask.of(
                        text.size(),
                        Arrays.stream(text.ids())
                                .filter(id -> !refused.contains(id))
                                .toArray());
    }

    /** What a slot proposes when some tokens have been refused. */
    SlotScore otherThan(Set<Integer> refused, int slot, ModelPass pass) {
        return pass.propose(slot, without(refused));
    }

    EndTokens ends() {
        return ends;
    }

    CanvasReader reader() {
        return reader;
    }

    @Override
    public boolean grow(Canvas longer, int at, int count) {
        return true;
    }

    @Override
    public TokenMask mask(int slot) {
        return text;
    }

    @Override
    public Placement place(Canvas from, List<Commit> commits, ModelPass pass) {
        List<SlotChange> changes = new ArrayList<>();
        Canvas canvas = from;
        for (Commit commit : commits) {
            canvas = ends.with(canvas, commit, pass.rawProbability(commit.slot(), commit.token()), changes);
        }
        return new Placement(canvas, changes, 0);
    }

    @Override
    public boolean isExact() {
        return false;
    }

    /** The finished canvas is held to the grammar, exactly. */
    @Override
    public boolean isSentence(Canvas canvas) {
        return reader.read(canvas).isCompletable();
    }
}
