"""The short form of a JSON Schema that stands in the prompt. README.md states the rules; the Java side follows them too."""

from __future__ import annotations

import json

MAX_REF_DEPTH = 3
MAX_ENUM = 12
FORMATS = {"date", "date-time", "time", "email", "uri", "uuid"}


def compact(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def short_form(schema, root=None, depth: int = 0) -> str:
    root = schema if root is None else root
    if schema is True or schema == {}:
        return "any"
    if schema is False:
        return "never"
    if "$ref" in schema:
        ref = schema["$ref"]
        target = lookup(root, ref)
        if target is None or depth >= MAX_REF_DEPTH:
            return ref.rsplit("/", 1)[-1] or "any"
        return short_form(target, root, depth + 1)
    if "const" in schema:
        return compact(schema["const"])
    if "enum" in schema:
        shown = [compact(v) for v in schema["enum"][:MAX_ENUM]]
        return "|".join(shown + (["..."] if len(schema["enum"]) > MAX_ENUM else []))
    if "properties" not in schema and "items" not in schema:
        for key in ("anyOf", "oneOf"):
            if key in schema:
                return union(short_form(s, root, depth) for s in schema[key])
    if "allOf" in schema:
        return short_form(merged(schema, root), root, depth)
    kind = schema.get("type")
    if isinstance(kind, list):
        return union(short_form({**schema, "type": k}, root, depth) for k in kind)
    if kind == "object" or (kind is None and ("properties" in schema or "additionalProperties" in schema)):
        return object_form(schema, root, depth)
    if kind == "array" or (kind is None and ("items" in schema or "prefixItems" in schema)):
        if "prefixItems" in schema:
            return "[" + ",".join(short_form(s, root, depth) for s in schema["prefixItems"]) + "]"
        items = schema.get("items", True)
        return "[" + short_form(items if not isinstance(items, list) else True, root, depth) + "]"
    if kind == "string" and schema.get("format") in FORMATS:
        return schema["format"]
    return kind or "any"


def object_form(schema, root, depth: int) -> str:
    required = schema.get("required", [])
    members = [
        compact(name) + ":" + short_form(sub, root, depth) + ("" if name in required else "?")
        for name, sub in schema.get("properties", {}).items()
    ]
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict) and extra:
        members.append("*:" + short_form(extra, root, depth))
    return "{" + ",".join(members) + "}" if members else "object"


def union(forms) -> str:
    return "|".join(dict.fromkeys(forms))


def merged(schema, root) -> dict:
    """One level of `allOf`, flattened: later members win, `properties` and `required` are joined."""
    result = {k: v for k, v in schema.items() if k != "allOf"}
    for part in schema["allOf"]:
        if isinstance(part, dict) and "$ref" in part:
            part = lookup(root, part["$ref"])
        if not isinstance(part, dict):
            continue
        for key, value in part.items():
            if key == "properties":
                result[key] = {**result.get(key, {}), **value}
            elif key == "required":
                result[key] = list(dict.fromkeys([*result.get(key, []), *value]))
            elif key != "allOf":
                result[key] = value
    return result


def lookup(root, ref: str):
    """The subschema at a local pointer (`#`, `#/$defs/x`), or None."""
    if not ref.startswith("#"):
        return None
    node = root
    for step in ref[1:].split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list):
            node = node[int(step)] if step.isdigit() and int(step) < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else None
        if node is None:
            return None
    return node
