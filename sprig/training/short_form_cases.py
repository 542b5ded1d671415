"""Writes short_form_cases.json: schemas and their short forms, which the Java test reads."""

from __future__ import annotations

import json
from pathlib import Path

from short_form import short_form

S, I = {"type": "string"}, {"type": "integer"}
CASES = {
    "members, required and optional": {"type": "object", "properties": {"customer": S, "total": {"type": "number", "minimum": 0}, "note": S}, "required": ["customer", "total"]},
    "formats that are kept, and one that is not": {"type": "object", "properties": {"day": {"type": "string", "format": "date"}, "at": {"type": "string", "format": "date-time"}, "mail": {"type": "string", "format": "email"}, "host": {"type": "string", "format": "hostname"}, "id": {"type": "string", "format": "uuid", "minLength": 36}}, "required": ["day", "at", "mail", "host", "id"]},
    "enum and const": {"type": "object", "properties": {"status": {"type": "string", "enum": ["open", "closed"]}, "kind": {"const": "ticket"}, "level": {"enum": [1, 2, None]}}, "required": ["kind"]},
    "an enum of more than twelve": {"enum": list("abcdefghijklmn")},
    "arrays, tuples, arrays of anything": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object", "properties": {"name": S, "qty": I}, "required": ["name", "qty"]}}, "pair": {"type": "array", "prefixItems": [S, I]}, "rest": {"type": "array"}}, "required": ["items", "pair", "rest"]},
    "several types, anyOf, equal members told once": {"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {"anyOf": [I, {"type": "number"}, {"type": "integer", "minimum": 5}]}, "c": {"type": ["string", "null"], "format": "date"}}, "required": ["a", "b", "c"]},
    "references, inlined to depth three": {"$defs": {"node": {"type": "object", "properties": {"name": S, "next": {"$ref": "#/$defs/node"}}, "required": ["name"]}}, "$ref": "#/$defs/node"},
    "maps and objects without members": {"type": "object", "properties": {"prices": {"type": "object", "additionalProperties": {"type": "number"}}, "extra": {"type": "object"}, "free": {}, "also": True}, "required": ["prices", "extra", "free", "also"]},
    "allOf is flattened one level": {"$defs": {"base": {"type": "object", "properties": {"id": I}, "required": ["id"]}}, "allOf": [{"$ref": "#/$defs/base"}, {"properties": {"name": S}, "required": ["name"]}]},
    "a choice of tools": {"anyOf": [{"type": "object", "properties": {"name": {"const": "set_timer"}, "arguments": {"type": "object", "properties": {"minutes": I}, "required": ["minutes"]}}, "required": ["name", "arguments"]}, {"type": "object", "properties": {"name": {"const": "stop"}}, "required": ["name"]}]},
    "types that must be guessed, odd names": {"properties": {"größe \"x\"": {"type": "boolean"}, "list": {"items": S}, "any": {"description": "no type"}, "far": {"$ref": "https://example.org/other.json#/$defs/thing"}}},
    "an array at the root": {"type": "array", "items": {"$ref": "#/$defs/row"}, "$defs": {"row": {"type": "object", "properties": {"t": {"type": "string", "format": "time"}, "u": {"type": "string", "format": "uri"}}, "required": ["t"]}}},
}

if __name__ == "__main__":
    cases = [{"name": name, "schema": schema, "short": short_form(schema)} for name, schema in CASES.items()]
    target = Path(__file__).with_name("short_form_cases.json")
    target.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n")
    for c in cases:
        print(c["short"])
