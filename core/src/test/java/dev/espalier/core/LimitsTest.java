// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.NamedLimit;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void eachComponentHasAMethodThatChangesItAlone() throws ReflectiveOperationException {
        for (RecordComponent changed : Limits.class.getRecordComponents()) {
            Limits limits = NamedLimit.with(Limits.DEFAULT, changed.getName(), 77);
            for (RecordComponent component : Limits.class.getRecordComponents()) {
                Object value = component.getAccessor().invoke(limits);
                Object expected = !component.getName().equals(changed.getName())
                        ? component.getAccessor().invoke(Limits.DEFAULT)
                        : value instanceof Duration ? Duration.ofMillis(77) : value instanceof Long ? (Object) 77L : 77;
                assertEquals(expected, value, component.getName());
            }
        }
    }

    @Test
    void limitsArePositive() {
        assertThrows(InvalidInputException.class, () -> Limits.DEFAULT.withMaxNesting(0));
        assertThrows(InvalidInputException.class, () -> Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(-1)));
        assertEquals(0, Limits.DEFAULT.withRollbackWindow(0).rollbackWindow());
    }
}
