// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.Target;
import dev.espalier.sampler.sequence.Sample;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class EmpiricalLawTest {

    /** Z is 0.5: a has 0.8 of it and b 0.2. */
    private static final ExactLaw EXACT = new ExactLaw(Map.of(List.of(0), 0.4, List.of(1), 0.1), 0.5);

    private static Sample sample(int token, double weight) {
        return new Sample(List.of(token), -1, Math.log(weight), Target.WEIGHTED, weight > 0);
    }

    @Test
    void weightsDecideTheWeightedLawAlone() {
        List<Sample> samples = List.of(sample(0, 1e-300), sample(1, 0.5e-300), sample(1, 0.5e-300), sample(1, 0));
        EmpiricalLaw weighted = EmpiricalLaw.weighted(samples);
        assertEquals(0.5 * Math.log(0.5 / 0.8) + 0.5 * Math.log(0.5 / 0.2), weighted.divergence(EXACT), 1e-12);
        assertEquals(0.3, weighted.distance(EXACT), 1e-12);
        EmpiricalLaw alike = EmpiricalLaw.unweighted(samples);
        assertEquals((0.8 - 1 / 3.0), alike.distance(EXACT), 1e-12);
        assertEquals(0.5 - 1 / 3.0, alike.distance(weighted), 1e-12);
    }

    @Test
    void whatWasNeverSeenCountsInTheDistance() {
        EmpiricalLaw one = EmpiricalLaw.weighted(List.of(sample(1, 3)));
        assertEquals(0.8, one.distance(EXACT), 1e-12);
        assertEquals(Math.log(1 / 0.2), one.divergence(EXACT), 1e-12);
        assertEquals(1, one.distance(EmpiricalLaw.weighted(List.of(sample(0, 3)))), 1e-12);
    }

    @Test
    void noTextIsNoLaw() {
        EmpiricalLaw none = EmpiricalLaw.weighted(List.of(sample(0, 0)));
        assertTrue(none.isEmpty());
        assertEquals(1, none.distance(EXACT));
        assertTrue(EmpiricalLaw.unweighted(List.of(sample(0, 0))).isEmpty());
        assertFalse(EmpiricalLaw.unweighted(List.of(sample(0, 1))).isEmpty());
    }

    @Test
    void figuresHaveMeansAndTheirErrors() {
        Figure figure = Figure.of(DoubleStream.of(1, 2, 3));
        assertEquals(2, figure.mean());
        assertEquals(Math.sqrt(1 / 3.0), figure.error(), 1e-12);
        assertEquals(new Figure(4, 0, 1), Figure.of(DoubleStream.of(4)));
        assertFalse(Figure.of(DoubleStream.empty()).isKnown());
    }
}
