// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as evaluated. Quotes in the schemas of this class are written as apostrophes. */
class UnevaluatedTest {

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void check(String schema, List<String> accepted, List<String> refused) {
        Recogniser recogniser = Recogniser.of(json(schema), SchemaOptions.CHECKING);
        accepted.forEach(text -> assertEquals(true, recogniser.accepts(json(text)), schema + " of " + text));
        refused.forEach(text -> assertEquals(false, recogniser.accepts(json(text)), schema + " of " + text));
    }

    @Test
    void conditionalSchemasCountOnlyWhereTheyAreApplied() {
        check(
                "{'if':{'required':['x'],'properties':{'x':true}},'then':{'properties':{'a':true}},"
                        + "'else':{'properties':{'b':true}},'unevaluatedProperties':false}",
                List.of("{'x':1}", "{'x':1,'a':1}", "{'b':1}", "{}"),
                List.of("{'a':1}", "{'x':1,'b':1}", "{'b':1,'a':1}"));
        check(
                "{'dependentSchemas':{'x':{'properties':{'a':true}}},'properties':{'x':true},'unevaluatedProperties':false}",
                List.of("{'x':1,'a':1}", "{'x':1}", "{}"),
                List.of("{'a':1}"));
    }

    @Test
    void whatOnlyTestsDoesNotCount() {
        check(
                "{'not':{'properties':{'a':{'const':1}},'required':['a']},'unevaluatedProperties':false}",
                List.of("{}"),
                List.of("{'a':1}", "{'a':2}"));
        check(
                "{'contains':{'const':1},'minContains':0,'unevaluatedItems':false}",
                List.of("[]", "[1]"),
                List.of("[2]"));
    }

    @Test
    void eachBranchThatHoldsCounts() {
        check(
                "{'anyOf':[{'properties':{'a':{'const':1}}},{'properties':{'b':{'const':1}}}],'unevaluatedProperties':false}",
                List.of("{'a':1,'b':1}", "{'a':1}", "{}"),
                List.of("{'a':1,'b':2}", "{'a':2,'b':1}", "{'c':1}"));
    }

    @Test
    void aNestedKeywordCoversEverything() {
        check(
                "{'anyOf':[{'properties':{'a':true},'required':['a'],'unevaluatedProperties':{'const':1}},true],"
                        + "'unevaluatedProperties':false}",
                List.of("{'a':5,'b':1}", "{}"),
                List.of("{'a':5,'b':2}", "{'b':1}"));
        check(
                "{'anyOf':[{'prefixItems':[{'const':1}],'minItems':1,'unevaluatedItems':{'const':2}},true],"
                        + "'unevaluatedItems':false}",
                List.of("[1,2,2]", "[]"),
                List.of("[1,3]", "[2]"));
    }

    @Test
    void patternsAndNamesOverlap() {
        check(
                "{'anyOf':[{'patternProperties':{'^a':{'type':'integer'}},'required':['x']},"
                        + "{'patternProperties':{'b$':{'type':'integer'}},'required':['y']},"
                        + "{'properties':{'ab':true},'required':['z']}],'properties':{'x':true,'y':true,'z':true},"
                        + "'unevaluatedProperties':false}",
                List.of(
                        "{'x':1,'a':1,'ab':1,'acb':1}",
                        "{'y':1,'b':1,'ab':1,'acb':1}",
                        "{'z':1,'ab':null}",
                        "{'x':1,'y':1,'a':1,'b':1}"),
                List.of(
                        "{'x':1,'b':1}",
                        "{'y':1,'a':1}",
                        "{'z':1,'acb':1}",
                        "{'x':1,'y':1,'a':1,'b':null}",
                        "{'x':1,'q':1}"));
    }

    @Test
    void aPatternOfABranchThatCannotBeTheOneDoesNotCount() {
        check(
                "{'anyOf':[{'oneOf':[{'patternProperties':{'a':false}},{}],'unevaluatedProperties':false},{'const':1}]}",
                List.of("1"),
                List.of("{'a':1}", "{}"));
        check(
                "{'allOf':[{'oneOf':[{'patternProperties':{'a':false}},{}]}],'type':'object','properties':{'ab':true},"
                        + "'unevaluatedProperties':false}",
                List.of("{'ab':1}"),
                List.of("{'a':1}", "{'ab':1,'a':1}", "{}"));
    }

    @Test
    void itemsThatAContainsOfABranchMatchesCountWithTheBranch() {
        check(
                "{'anyOf':[{'contains':{'const':1}},{'contains':{'minimum':5,'type':'integer'}},{'prefixItems':[{'const':'p'}],'minItems':1}],"
                        + "'unevaluatedItems':{'type':'null'}}",
                List.of("[1]", "[7,1,7]", "['p',1]", "[null,6]", "['p']"),
                List.of("[2]", "['p',2]", "[1,'p']", "[7,4]"));
        check(
                "{'anyOf':[{'contains':{'minimum':5},'minContains':2},{'contains':{'multipleOf':2},'maxContains':1}],"
                        + "'unevaluatedItems':false}",
                List.of("[6,7]", "[5,7]", "[2]", "[6]", "[5,5,5]", "[5,2,5]"),
                List.of("[5]", "[5,2,4,5]", "[1]", "[5,2]", "[2,1]"));
    }

    @Test
    void manyContainsCostLittleWhereTheyExcludeEachOther() {
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            branches.append(i == 0 ? "" : ",")
                    .append("{'contains':{'const':")
                    .append(i)
                    .append("}}");
        }
        check(
                "{'type':'array','anyOf':[" + branches + "],'unevaluatedItems':false}",
                List.of("[0,39,7]", "[12]"),
                List.of("[40]", "[0,40]", "[]"));
    }

    @Test
    void theOldSpellingOfItemsCounts() {
        String draft = "'$schema':'https://json-schema.org/draft/2019-09/schema',";
        check(
                "{" + draft + "'items':[{'const':1}],'contains':{'const':2},'unevaluatedItems':false}",
                List.of(),
                List.of("[1,2]", "[2]", "[1]"));
        check(
                "{" + draft + "'allOf':[{'items':[true],'additionalItems':{'const':2}}],'unevaluatedItems':false}",
                List.of("[1,2,2]", "[]"),
                List.of("[1,3]"));
        check(
                "{" + draft + "'allOf':[{'additionalItems':true}],'unevaluatedItems':false}",
                List.of("[]"),
                List.of("[1]"));
    }
}
