package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.testing.RandomTrials;
import java.util.Random;

/** Tables that are forgotten and made anew are those that would be kept. */
class LengthTablesTest {

    @RandomTrials(200)
    void tablesAreTheSameWhateverIsKept(Random random) {
        long memory = 12L * random.nextInt(20);
        long[] spent = new long[1];
        LengthTables tables = new LengthTables(
                new int[] {0, 1, 2},
                table -> new int[] {table[0] + 1, table[1] * 3, table[2] + table[0]},
                new LengthTables.Memory() {
                    @Override
                    public boolean take(long bytes) {
                        boolean isFree = spent[0] + bytes <= memory;
                        spent[0] += isFree ? bytes : 0;
                        return isFree;
                    }

                    @Override
                    public void give(long bytes) {
                        spent[0] -= bytes;
                    }
                });
        for (int i = 0; i < 60; i++) {
            int number = random.nextInt(3) == 0 ? random.nextInt(300) : random.nextInt(30);
            int power = 1;
            for (int n = 0; n < number; n++) {
                power *= 3;
            }
            int[] table = tables.at(number);
            assertEquals(number, table[0]);
            assertEquals(power, table[1]);
            assertEquals(2 + number * (number - 1) / 2, table[2]);
            assertTrue(spent[0] <= memory);
        }
    }
}
