// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.Metaschemas;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.document.ScopeUse;
import dev.espalier.schemas.document.Successors;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.ExtraKeyword;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * References that depend on the way, and dialects. Quotes in the schemas of this class are written as apostrophes.
 */
class ScopesTest {

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void check(String schema, SchemaOptions options, List<String> accepted, List<String> refused) {
        Recogniser recogniser = Recogniser.of(json(schema), options);
        accepted.forEach(text -> assertEquals(true, recogniser.accepts(json(text)), schema + " of " + text));
        refused.forEach(text -> assertEquals(false, recogniser.accepts(json(text)), schema + " of " + text));
    }

    private static final String TREE = "{'$id':'http://localhost/tree','$dynamicAnchor':'node','type':'object',"
            + "'properties':{'kids':{'type':'array','items':{'$dynamicRef':'#node'}}}}";

    @Test
    void aTreeIsStrictOnlyOnTheWayThroughTheStrictOne() {
        String strict = "{'$id':'http://localhost/strict','$dynamicAnchor':'node','$ref':'tree',"
                + "'unevaluatedProperties':false}";
        String both = "{'$id':'http://localhost/both','properties':{'a':{'$ref':'strict'},'b':{'$ref':'tree'}},"
                + "'$defs':{'t':" + TREE + ",'s':" + strict + "}}";
        check(
                both,
                SchemaOptions.CHECKING,
                List.of("{'a':{'kids':[{'kids':[{}]}]}}", "{'b':{'kids':[{'other':1}]}}"),
                List.of("{'a':{'other':1}}", "{'a':{'kids':[{'kids':[{'other':1}]}]}}", "{'b':{'kids':[1]}}"));
    }

    @Test
    void theOutermostResourceDecides() {
        check(
                "{'$id':'http://localhost/root','properties':{'p':{'$ref':'p'},'q':{'$ref':'q'}},'$defs':{"
                        + "'p':{'$id':'p','$ref':'q','$defs':{'d':{'$dynamicAnchor':'d','const':'outer'}}},"
                        + "'q':{'$id':'q','items':{'$dynamicRef':'#d'},'contains':{'$dynamicRef':'#e'},'$defs':{"
                        + "'d':{'$dynamicAnchor':'d','const':'inner'},'e':{'$dynamicAnchor':'e'}}}}}",
                SchemaOptions.CHECKING,
                List.of("{'p':['outer']}", "{'q':['inner']}"),
                List.of("{'p':['inner']}", "{'q':['outer']}"));
    }

    @Test
    void theOldSpellingLooksAtTheRootsOfResources() {
        String tree = "{'$schema':'https://json-schema.org/draft/2019-09/schema','$id':'http://localhost/tree',"
                + "'$recursiveAnchor':true,'type':'object','properties':{'kids':{'items':{'$recursiveRef':'#'}}}}";
        SchemaOptions options = SchemaOptions.CHECKING
                .withDefaultDraft(Draft.DRAFT_2019_09)
                .withDocuments(Map.of("http://localhost/tree", json(tree)));
        check(
                "{'$id':'http://localhost/strict','$recursiveAnchor':true,'$ref':'tree','unevaluatedProperties':false}",
                options,
                List.of("{'kids':[{'kids':[]}]}"),
                List.of("{'kids':[{'other':1}]}"));
        check(
                "{'$id':'http://localhost/lax','$ref':'tree','unevaluatedProperties':false}",
                options,
                List.of("{'kids':[{'other':1}]}"),
                List.of("{'other':1}", "{'kids':[1]}"));
    }

    @Test
    void anchorsThatNothingLooksUpMakeNoLanesOfTheirOwn() {
        String schema = "{'$id':'http://localhost/root','properties':{'a':{'$ref':'one'},'b':{'$ref':'two'}},"
                + "'$defs':{'one':{'$id':'one','$dynamicAnchor':'d','items':{'$ref':'shared'}},"
                + "'two':{'$id':'two','$dynamicAnchor':'d','items':{'$ref':'shared'}},"
                + "'shared':{'$id':'shared','type':'array','items':{'enum':[1,2]}}}}";
        SchemaDocuments documents = new SchemaDocuments(
                json(schema), SchemaOptions.DEFAULT, SchemaOptions.DEFAULT.limits(), new Metaschemas());
        Located one = new Successors(documents)
                .follow(documents.root().child(value(documents.root(), "properties", "a"), Pointer.ROOT), Keyword.REF);
        Located two = new Successors(documents)
                .follow(documents.root().child(value(documents.root(), "properties", "b"), Pointer.ROOT), Keyword.REF);
        Located first = new Successors(documents).follow(one.child(value(one, "items"), Pointer.ROOT), Keyword.REF);
        Located second = new Successors(documents).follow(two.child(value(two, "items"), Pointer.ROOT), Keyword.REF);
        assertEquals(false, first.equals(second), "the ways differ");
        ScopeUse use = ScopeUse.of(
                documents,
                true,
                new dev.espalier.core.WorkBudget(SchemaOptions.DEFAULT.limits(), new dev.espalier.core.Cancellation()));
        assertEquals(use.reduced(first), use.reduced(second));
    }

    private static JsonValue value(Located at, String... names) {
        JsonValue value = at.value();
        for (String name : names) {
            value = java.util.Objects.requireNonNull(
                    ((JsonValue.Members) value).members().get(name));
        }
        return value;
    }

    @Test
    void aCircleInPlaceIsFoundOnTheWayThatClosesIt() {
        String schema = "{'$id':'http://localhost/root','$ref':'a','$defs':{"
                + "'a':{'$id':'a','$dynamicAnchor':'d','allOf':[{'$ref':'b'}]},"
                + "'b':{'$id':'b','$dynamicAnchor':'d','$defs':{},'properties':{'x':{'$dynamicRef':'#d'}}}}}";
        check(schema, SchemaOptions.CHECKING, List.of("{'x':{'x':1}}"), List.of());
        String circle = schema.replace("'properties':{'x':{'$dynamicRef':'#d'}}", "'anyOf':[{'$dynamicRef':'#d'}]");
        assertThrows(
                ReferenceException.class, () -> new SchemaCompiler().compile(json(circle), SchemaOptions.CHECKING));
    }

    @Test
    void vocabulariesSayWhichKeywordsCount() {
        String meta = "{'$schema':'https://json-schema.org/draft/2020-12/schema','$id':'http://localhost/meta',"
                + "'$vocabulary':{'https://json-schema.org/draft/2020-12/vocab/core':true,"
                + "'https://json-schema.org/draft/2020-12/vocab/applicator':true,"
                + "'https://json-schema.org/draft/2020-12/vocab/format-annotation':true,'http://localhost/own':false}}";
        SchemaOptions options = SchemaOptions.CHECKING.withDocuments(Map.of("http://localhost/meta", json(meta)));
        check(
                "{'$schema':'http://localhost/meta','properties':{'a':{'type':'null'},'b':false},"
                        + "'unevaluatedProperties':false}",
                options,
                List.of("{'a':1}", "{'c':1}"),
                List.of("{'b':1}"));
        SchemaOptions strict =
                options.withDocuments(Map.of("http://localhost/meta", json(meta.replace("own':false", "own':true"))));
        UnsupportedFeatureException error = assertThrows(
                UnsupportedFeatureException.class,
                () -> new SchemaCompiler().compile(json("{'$schema':'http://localhost/meta'}"), strict));
        assertEquals("$vocabulary", error.feature());
        assertEquals("http://localhost/meta", error.place().source());
        assertTrue(String.valueOf(error.getMessage()).contains("http://localhost/own"), error.getMessage());
    }

    @Test
    void aMetaschemaMayDemandThatFormatsAreAsserted() {
        String meta = "{'$schema':'https://json-schema.org/draft/2019-09/schema','$vocabulary':{"
                + "'https://json-schema.org/draft/2019-09/vocab/core':true,"
                + "'https://json-schema.org/draft/2019-09/vocab/format':TRUTH}}";
        SchemaOptions options = SchemaOptions.CHECKING.withFormats(false);
        String schema = "{'$schema':'http://localhost/meta','format':'ipv4'}";
        check(
                schema,
                options.withDocuments(Map.of("http://localhost/meta", json(meta.replace("TRUTH", "true")))),
                List.of("'127.0.0.1'"),
                List.of("'x'"));
        check(
                schema,
                options.withDocuments(Map.of("http://localhost/meta", json(meta.replace("TRUTH", "false")))),
                List.of("'127.0.0.1'", "'x'"),
                List.of());
    }

    @Test
    void dependenciesKeepTheirMeaningOnlyIfAskedTo() {
        String schema = "{'dependencies':{'a':['b'],'c':{'maxProperties':1}},'unevaluatedProperties':false,"
                + "'properties':{'a':true,'b':true,'c':true}}";
        check(schema, SchemaOptions.CHECKING, List.of("{'a':1}", "{'b':1,'c':1}"), List.of("{'d':1}"));
        check(
                schema,
                SchemaOptions.CHECKING.withExtraKeywords(ExtraKeyword.DEPENDENCIES),
                List.of("{'a':1,'b':1}", "{'c':1}"),
                List.of("{'a':1}", "{'b':1,'c':1}"));
    }
}
