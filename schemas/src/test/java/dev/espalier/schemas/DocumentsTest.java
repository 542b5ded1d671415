// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Schemas of several documents. Quotes in the schemas of this class are written as apostrophes. */
class DocumentsTest {

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Documents by URI: URI, text, URI, text, … */
    private static SchemaOptions with(String... documents) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < documents.length; i += 2) {
            texts.put(documents[i], json(documents[i + 1]));
        }
        return SchemaOptions.CHECKING.withDocuments(texts);
    }

    private static void check(String schema, SchemaOptions options, List<String> accepted, List<String> refused) {
        Recogniser recogniser = Recogniser.of(json(schema), options);
        accepted.forEach(text -> assertEquals(true, recogniser.accepts(json(text)), schema + " of " + text));
        refused.forEach(text -> assertEquals(false, recogniser.accepts(json(text)), schema + " of " + text));
    }

    private static <T extends EspalierException> T fails(Class<T> type, String schema, SchemaOptions options) {
        return assertThrows(type, () -> new SchemaCompiler().compile(json(schema), options), schema);
    }

    @Test
    void referencesLeadIntoSuppliedDocumentsByTheirUri() {
        SchemaOptions options = with(
                "http://example.org/types/number.json",
                "{'type':'number','$defs':{'whole':{'type':'integer'},'a/b%':{'const':1}}}",
                "http://example.org/types/list.json",
                "{'type':'array','items':{'$ref':'number.json'}}",
                "http://example.org/list.json",
                "{'$ref':'./types/../types/list.json'}");
        check("{'$ref':'http://example.org/list.json'}", options, List.of("[1.5]", "[]"), List.of("1", "[null]"));
        check(
                "{'$id':'http://example.org/main','$ref':'types/number.json#/$defs/whole'}",
                options,
                List.of("1"),
                List.of("1.5"));
        check(
                "{'$id':'HTTP://EXAMPLE.org/a/b/','$ref':'/types/number.json#/%24defs/a~1b%25'}",
                options, List.of("1"), List.of("2"));
        ReferenceException e = fails(ReferenceException.class, "{'$ref':'//example.org/types/number.json#'}", options);
        assertTrue(String.valueOf(e.getMessage()).contains("that was supplied"), e.getMessage());
    }

    @Test
    void documentsMayBeKnownByRelativeNames() {
        SchemaOptions options = with(
                "parts/a.json",
                "{'items':{'$ref':'../b.json#x'}}",
                "b.json",
                "{'$defs':{'x':{'$anchor':'x','const':1}}}");
        check("{'$ref':'./parts/a.json'}", options, List.of("[1,1]"), List.of("[2]"));
    }

    @Test
    void documentsAreFoundByTheIdentifiersInsideThem() {
        SchemaOptions options = with(
                "file:///one.json",
                "{'$id':'urn:example:one','$defs':{'inner':{'$id':'urn:example:inner','type':'null'}},'const':1}");
        check("{'$ref':'urn:example:one'}", options, List.of("1"), List.of("2"));
        check("{'$ref':'urn:example:inner'}", options, List.of("null"), List.of("2"));
        check("{'$ref':'urn:example:one#/$defs/inner'}", options, List.of("null"), List.of("2"));
        check("{'$ref':'file:///one.json#/$defs/inner'}", options, List.of("null"), List.of("2"));
    }

    @Test
    void documentsReferToEachOtherInCircles() {
        SchemaOptions options = with(
                "a.json",
                "{'type':'object','properties':{'b':{'$ref':'b.json'}},'additionalProperties':false}",
                "b.json",
                "{'type':'object','properties':{'a':{'$ref':'a.json'}},'additionalProperties':false}");
        check("{'$ref':'a.json'}", options, List.of("{'b':{'a':{'b':{}}}}"), List.of("{'b':{'b':{}}}", "{'a':{}}"));
        fails(
                ReferenceException.class,
                "{'$ref':'a.json'}",
                with("a.json", "{'allOf':[{'$ref':'b.json'}]}", "b.json", "{'anyOf':[{'$ref':'a.json'}]}"));
    }

    @Test
    void documentsThatNobodyRefersToAreNotRead() {
        check("{'const':1}", with("a.json", "{ this is no JSON"), List.of("1"), List.of("2"));
    }

    @Test
    void errorsNameTheDocument() {
        SyntaxException json = fails(SyntaxException.class, "{'$ref':'a.json'}", with("a.json", "{\n '$id':]"));
        assertEquals("a.json", json.place().source());
        assertEquals(2, json.place().line());
        SyntaxException form =
                fails(SyntaxException.class, "{'$ref':'a.json'}", with("a.json", "{'items':{'type':'strng'}}"));
        assertEquals("a.json", form.place().source());
        assertEquals("#/items/type", form.place().pointer());
        ReferenceException dangling =
                fails(ReferenceException.class, "{'$ref':'a.json'}", with("a.json", "{'items':{'$ref':'#/$defs/b'}}"));
        assertEquals("a.json", dangling.place().source());
        assertEquals("#/items/$ref", dangling.place().pointer());
        assertTrue(String.valueOf(dangling.getMessage()).contains("#/$defs/b"), dangling.getMessage());
        CompileReport report = new SchemaCompiler()
                .compile(json("{'$ref':'a.json'}"), with("a.json", "{'minimum':1}"))
                .report();
        assertEquals(
                List.of("#/$ref", "a.json#/minimum"),
                report.entries().stream().map(CompileReport.Entry::pointer).toList());
    }

    @Test
    void eachDocumentIsReadByItsOwnDraft() {
        SchemaOptions options = with(
                "seven.json",
                "{'$schema':'http://json-schema.org/draft-07/schema#','$ref':'#/definitions/a','minimum':5,"
                        + "'definitions':{'a':{'type':'integer'}}}",
                "four.json",
                "{'$schema':'http://json-schema.org/draft-04/schema#','minimum':5,'exclusiveMinimum':true,'const':1}",
                "none.json",
                "{'$ref':'#/definitions/a','minimum':5,'definitions':{'a':{'type':'integer'}}}");
        check("{'$ref':'seven.json'}", options, List.of("1"), List.of("1.5"));
        check("{'$ref':'four.json'}", options, List.of("6"), List.of("5"));
        check("{'$ref':'none.json'}", options, List.of("6"), List.of("1", "6.5"));
        check(
                "{'$schema':'http://json-schema.org/draft-07/schema#','$ref':'none.json'}",
                options,
                List.of("1", "6"),
                List.of("6.5"));
    }

    @Test
    void onlyTheDraftAroundASchemaSaysWhetherItHasAName() {
        // id means nothing in 2020-12, so that the schema is no resource and its $schema is not heard
        check(
                "{'definitions':{'a':{'$schema':'http://json-schema.org/draft-04/schema','id':'schema/a',"
                        + "'definitions':{'n':{'const':1}},'items':{'$ref':'#/definitions/a/definitions/n'}}},"
                        + "'$ref':'#/definitions/a'}",
                with(),
                List.of("[1]"),
                List.of("[2]"));
        check(
                "{'$defs':{'a':{'$schema':'http://json-schema.org/draft-04/schema#','$id':'schema/a',"
                        + "'definitions':{'n':{'minimum':1,'exclusiveMinimum':true}},'items':{'$ref':'#/definitions/n'}}},"
                        + "'$ref':'schema/a'}",
                with(),
                List.of("[2]"),
                List.of("[1]"));
    }

    @Test
    void constantsOfDifferentDocumentsAreComparedByTheirValues() {
        check(
                "{'anyOf':[{'const':'x'},{'$ref':'a.json'},{'type':'object','properties':{'k':{'const':[1]}},'required':['k']}]}",
                with("a.json", "{'const':['y',{'x':1}]}"),
                List.of("'x'", "['y',{'x':1}]", "{'k':[1]}"),
                List.of("'y'", "['x',{'x':1}]", "{'k':['x']}"));
    }

    @Test
    void theMetaschemasOfAllDraftsAreThere() {
        for (Draft draft : Draft.values()) {
            SchemaOptions options = SchemaOptions.CHECKING.allow(Enforcement.NOT_ENFORCED);
            Recogniser recogniser = Recogniser.of(
                    "{\"$ref\":\"" + draft.metaschema() + "#\",\"$schema\":\"" + draft.metaschema() + "\"}", options);
            assertEquals(true, recogniser.accepts("{\"properties\":{\"a\":{\"minLength\":1}}}"), draft.metaschema());
            assertEquals(false, recogniser.accepts("{\"properties\":{\"a\":{\"minLength\":-1}}}"), draft.metaschema());
            assertEquals(false, recogniser.accepts("{\"allOf\":[]}"), draft.metaschema());
            assertEquals(draft.since(Draft.DRAFT_6), recogniser.accepts("true"), draft.metaschema());
        }
    }

    @Test
    void aMetaschemaIsReadByItsOwnDraftWhateverTheOptionsSay() {
        SchemaOptions options =
                SchemaOptions.CHECKING.allow(Enforcement.NOT_ENFORCED).withDraft(Draft.DRAFT_2020_12);
        check(
                "{'items':{'$ref':'http://json-schema.org/draft-04/schema#'}}",
                options,
                List.of("[{'minimum':1,'exclusiveMinimum':true}]", "[{'items':[{}]}]"),
                List.of("[{'exclusiveMinimum':true}]", "[{'exclusiveMinimum':1,'minimum':1}]"));
    }

    @Test
    void aRefOfAnOldDraftHidesTheNameBesideIt() {
        check(
                "{'$schema':'http://json-schema.org/draft-07/schema#','$id':'http://localhost/base/',"
                        + "'definitions':{'foo':{'$id':'http://localhost/base/foo.json','type':'string'},"
                        + "'bar':{'$id':'bar/','$ref':'foo.json'}},'allOf':[{'$ref':'#/definitions/bar'}]}",
                with(),
                List.of("'x'"),
                List.of("1"));
    }
}
