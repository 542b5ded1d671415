// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.convert.FrameGrammar;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.gbnf.GbnfWriter;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas as grammars: at every byte of random texts both automata may read the same bytes, and end at the same places. */
class SchemaGrammarTest {

    private static PushdownAutomaton compiled(String schema, SchemaOptions options) {
        return new SchemaCompiler().compile(schema.replace('\'', '"'), options).automaton();
    }

    private static void compare(String schema, SchemaOptions options) {
        PushdownAutomaton automaton = compiled(schema, options);
        String text = GbnfWriter.write(FrameGrammar.of(automaton, WorkBudget.standard()));
        Grammar read = new GbnfReader().read(text);
        PushdownAutomaton grammar = AutomatonCompiler.compile(read, Map.of(), WorkBudget.standard());
        for (long seed = 0; seed < 12; seed++) {
            walk(automaton, grammar, new Random(seed), schema + " seed " + seed + "\n" + text);
        }
    }

    private static void walk(PushdownAutomaton schema, PushdownAutomaton grammar, Random random, String about) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet left = StackSet.of(schema.start());
        StackSet right = StackSet.of(grammar.start());
        for (int length = 0; length < 60; length++) {
            int[] readable = readable(stepper, left);
            assertArrayEquals(readable, readable(stepper, right), about + " after " + length);
            assertEquals(
                    stepper.results(left).length > 0, stepper.results(right).length > 0, about + " after " + length);
            if (readable.length == 0) {
                return;
            }
            int symbol = readable[random.nextInt(readable.length)];
            left = stepper.step(left, symbol);
            right = stepper.step(right, symbol);
        }
    }

    private static int[] readable(Stepper stepper, StackSet set) {
        return IntStream.range(0, 256)
                .filter(symbol -> !stepper.step(set, symbol).isEmpty())
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'id':{'type':'string','pattern':'^[a-z]{2}'},"
                        + "'n':{'type':'integer','minimum':3,'maximum':250}},'required':['n'],'additionalProperties':false}",
                "{'type':'string','minLength':2,'maxLength':4}",
                "{'enum':['é','日本',1,null,[true],{'a':'😀'}]}",
                "{'type':['number','boolean']}",
                "{'type':'array','items':{'type':'string'},'minItems':1,'maxItems':3}",
                "{'type':'array','prefixItems':[{'type':'null'},{'const':7}],'items':{'type':'boolean'}}",
                "{'type':'string','format':'date-time'}",
                "{'type':'string','format':'uuid'}",
                "{'type':'number','minimum':-1.5,'exclusiveMaximum':20}",
                "{'type':'array','items':{'type':'integer','minimum':0},'contains':{'const':5},'maxItems':3}",
                "{'$ref':'#/$defs/t','$defs':{'t':{'type':'object','properties':{'l':{'$ref':'#/$defs/t'},"
                        + "'r':{'$ref':'#/$defs/t'}},'additionalProperties':false}}}",
                "{'oneOf':[{'type':'integer','minimum':3},{'type':'integer','maximum':5}]}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'integer'}},"
                        + "'dependentRequired':{'a':['b']},'additionalProperties':false}"
            })
    void aWrittenSchemaAllowsTheSameBytesEverywhere(String schema) {
        compare(schema, SchemaOptions.DEFAULT);
        compare(schema, SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.FLEXIBLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'object','properties':{'a':{'type':'integer'}},'additionalProperties':{'type':'null'}}",
                "{'type':'object','patternProperties':{'^x':{'type':'boolean'}},'additionalProperties':false}"
            })
    void objectsOfOtherMembersHaveGrammarsIfKeysMayComeTwice(String schema) {
        assertThrows(
                UnsupportedFeatureException.class,
                () -> FrameGrammar.of(compiled(schema, SchemaOptions.DEFAULT), WorkBudget.standard()));
        compare(schema, SchemaOptions.DEFAULT.withRepeatedKeys(true).allow(Enforcement.CHECKED_AT_END));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'array','items':{'type':'integer'},'uniqueItems':true}",
                "{'type':'string','maxLength':20000}"
            })
    void whatHasTooManyStatesIsRefused(String schema) {
        UnsupportedFeatureException error = assertThrows(
                UnsupportedFeatureException.class,
                () -> FrameGrammar.of(compiled(schema, SchemaOptions.DEFAULT), WorkBudget.standard()));
        assertTrue(String.valueOf(error.getMessage()).contains("cannot be written as rules"), error.getMessage());
    }
}
