"""Documents: a JSON Schema, a text, and the JSON that says the same. `document(seed, level)` is deterministic."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

import fields as cat
from fields import CATALOGUE, DOMAINS, KINDS, Field
from short_form import short_form
from words import ADJ, MEASURES, NOUN, PAST, PLURALS, QUALITY, TOPIC, Num, Value, Words

ABSENT = object()
STRINGY = ["word", "phrase", "person", "thing", "code", "city", "company", "sentence", "quote", "title", "email", "url", "time", "plain_date", "date", "login"]
NUMERIC = ["count", "big", "decimal", "measure", "money", "percent", "integer900"]


@dataclass
class Node:
    key: str
    label: str
    schema: dict
    json: object
    text: str = ""
    phrases: tuple[str, ...] = ()
    kind: str = "leaf"  # leaf, flag, list, object, rows
    children: list = field(default_factory=list)  # object: nodes; rows: lists of nodes
    make: str = ""
    optional: bool = False
    shown: bool = True
    omitted: bool = False
    clear: bool = False  # the phrases name the field, so they do even beside fields of the same kind
    flags: tuple = ()


def dump(v) -> str:
    if isinstance(v, Num):
        return str.__str__(v)
    if isinstance(v, dict):
        return "{" + ",".join(dump(k) + ":" + dump(x) for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ",".join(map(dump, v)) + "]"
    return json.dumps(v, ensure_ascii=False)


def cased(words: str, style: str) -> str:
    parts = words.split()
    if style == "camel":
        return parts[0].lower() + "".join(p.capitalize() for p in parts[1:])
    if style == "pascal":
        return "".join(p.capitalize() for p in parts)
    if style == "upper":
        return "_".join(parts).upper()
    return {"snake": "_", "kebab": "-", "plain": " ", "flat": ""}[style].join(parts)


class Writer:
    """Builds one document."""

    def __init__(self, seed, level: float = 1.0, words: Words | None = None):
        self.r = Random(seed)
        self.level = level
        self.w = words or Words(self.r)
        self.w.r = self.r
        self.style = self.r.choice(["camel"] * 4 + ["snake"] * 5 + ["kebab", "pascal", "plain", "flat", "upper"])
        self.enum_style = self.r.choice(["same"] * 4 + ["snake", "upper", "title", "camel"])
        self.invented = 0.5 if level < 0.2 else self.r.choice([0.0, 0.1, 0.3, 1.0])
        # Some documents have many made-up fields of one kind, which only their labels tell apart.
        self.only = self.r.choice(["date", "date", "person", "count", "decimal", "money", "word", "code", "city", "time"]) if level > 0.3 and self.p(0.18) else None
        if self.only:
            self.invented = 0.8
        self.seen: set[str] = set()
        self.used: set[str] = set()

    def p(self, chance: float) -> bool:
        return self.r.random() < chance

    # Fields

    def made_up_name(self) -> str:
        r = self.r
        k = r.random()
        topic = r.choice(TOPIC if k < 0.7 else NOUN)
        if k < 0.2:
            return topic
        if k < 0.6:
            return r.choice(ADJ) + " " + topic
        if k < 0.8:
            return r.choice(NOUN) + " " + topic
        return r.choice([self.w.syllables(1, 2).lower(), self.w.syllables(1, 2).lower() + " " + topic, r.choice(ADJ) + " " + r.choice(NOUN) + " " + topic])

    def names(self, f: Field | None, taken: set[str]) -> tuple[str, str] | None:
        """The words of the key and of the label in the text, neither used by a neighbour."""
        if f is None:
            name = self.made_up_name()
            return None if name in taken else (name, name)
        free = [n for n in f.names if n not in taken]
        if not free:
            return None
        key = free[0] if self.p(0.35) else self.r.choice(free)
        label = key if self.p(0.6) else self.r.choice(free)
        return key, label

    def make(self, how: str) -> Value:
        if how in ("word", "phrase", "person", "thing", "title", "company") and self.p(0.08):
            how = self.r.choice(["word", "phrase", "person", "thing", "code"])
        if how == "currency":
            return self.w.text(self.w.currency)
        return getattr(self.w, how)()

    def leaf(self, f: Field | None, taken: set[str]) -> Node | None:
        r = self.r
        if f is None and self.p(0.5):
            return self.telling(taken)
        name = self.names(f, taken)
        if name is None:
            return None
        taken.update(name)
        how = f.make if f else self.invented_kind()
        node = Node(cased(name[0], self.style), name[1], {}, None, phrases=f.phrases if f else (), make=how.split(":")[0])
        return self.filled(node, f, how)

    def telling(self, taken: set[str]) -> Node | None:
        """A made-up field whose name is part of a sentence: `packedBy`, `heightCm`, `doors`, `isFragile`."""
        r, k = self.r, 0.0 if self.only else self.r.random()
        if k < 0.3:
            past = r.choice(PAST)
            word, how = r.choice([("on", "date"), ("until", "date"), ("from", "date")] if self.only == "date" else [("by", r.choice(["person", "company", "login"])), ("on", "date"), ("at", r.choice(["place", "time", "moment", "company"])), ("in", r.choice(["city", "country", "place"])),
                                  ("for", r.choice(["person", "thing", "company"])), ("until", "date"), ("from", r.choice(["city", "company"])), ("with", "thing")])
            name = label = f"{past} {word}"
            phrases = (label + " {}", f"it was {label} {{}}", f"{label}: {{}}", *([f"{{}} {past} it"] if word == "by" else []))
        elif k < 0.6:
            unit, label, how = r.choice(MEASURES), self.made_up_name(), r.choice(["decimal", "decimal", "integer900", "count"])
            name = r.choice([f"{label} {unit}", f"{label} in {unit}", f"{label} {unit}", label, f"{unit} {label}"])
            phrases = (label + " {}", f"a {label} of {{}}", f"{{}} of {label}", f"{{}} {label}", f"the {label} is {{}}", f"with {{}} {label}")
        elif k < 0.8:
            label, how = r.choice(PLURALS), r.choice(["count", "count", "small"])
            name = r.choice([label, label, f"{label} count", f"number of {label}", f"{r.choice(PAST)} {label}", f"{label} {r.choice(PAST)}"])
            label = label if "number" in name else name if name.split()[-1] in PAST or name.split()[0] in PAST else label
            phrases = (f"{{}} {label}", f"with {{}} {label}", f"{{}} {label} in all", f"{label}: {{}}", f"{{}} {label} were there", f"there are {{}} {label}")
        else:
            label, how = r.choice([r.choice(PAST), r.choice(QUALITY)]), "bool:"
            name, phrases = r.choice([label, label, "is " + label, "was " + label]), ()
        if name in taken or label in taken:
            return None
        taken.update((name, label))
        node = Node(cased(name, self.style), label, {}, None, phrases=phrases, make=how.split(":")[0], clear=True)
        if how == "bool:":
            node.flags = ((f"it is {label}", label, f"was {label}", f"this one is {label}", f"has been {label}" if label in PAST else f"it is {label}", f"and {label}"),
                          (f"it is not {label}", f"not {label}", f"was not {label}", f"this one is not {label}", f"has not been {label} yet" if label in PAST else f"isn't {label}", f"never {label}"))
        node = self.filled(node, None, how)
        if 0.3 <= k < 0.6 and self.p(0.85):
            node.text += (" " if self.p(0.85) else "") + {"percent": "%", "eur": "EUR", "usd": "USD", "degrees": "°"}.get(unit, unit)
        return node

    def filled(self, node: Node, f: Field | None, how: str) -> Node:
        """Gives a node its value, schema and text."""
        r = self.r
        if how.startswith("bool"):
            self.flag(node, f)
        elif how.startswith("list:"):
            node.kind = "list"
            values = [self.make(how[5:]) for _ in range(r.randint(1, 2 + round(2 * self.level)))]
            if self.p(0.04):
                values = []
            node.schema = {"type": "array", "items": KINDS.get(how[5:], {"type": "string"})}
            node.json, node.text = [v.json for v in values], self.listed([v.text for v in values])
            node.shown = bool(values)
        elif how == "enum":
            self.choice(node, f)
        elif how == "currency" and self.p(0.5):
            others = r.sample(["EUR", "USD", "GBP", "CHF", "JPY", "SEK"], r.randint(2, 4))
            node.schema = {"enum": list(dict.fromkeys(others + [self.w.currency]))}
            node.json = node.text = self.w.currency
        else:
            v = self.make(how)
            node.json, node.text = v.json, v.text
            node.schema = KINDS.get(how, {"type": "number"} if isinstance(v.json, Num) else {"type": "string"})
            if how in ("age", "minutes", "integer300", "integer900", "small"):
                node.schema = {"type": "integer"}
            if how in ("date", "moment") and self.p(0.25):
                node.schema, node.json = {"type": "string"}, v.text
            elif isinstance(v.json, Num) and self.p(0.04) and v.text.replace(".", "").isdigit():
                node.schema, node.json = {"type": "string"}, v.text
            elif how == "email" and self.p(0.4) or how == "url" and self.p(0.4):
                node.schema = {"type": "string"}
        return node

    def invented_kind(self) -> str:
        if self.only and self.p(0.75):
            return self.only
        k = self.r.random()
        if k < 0.45:
            return self.r.choice(STRINGY)
        if k < 0.75:
            return self.r.choice(NUMERIC)
        if k < 0.85:
            return "bool:"
        return "enum" if k < 0.94 else "list:" + self.r.choice(["word", "person", "thing", "count", "decimal", "code"])

    def flag(self, node: Node, f: Field | None) -> None:
        yes = self.p(0.5)
        node.kind, node.schema, node.json = "flag", {"type": "boolean"}, yes
        node.text = self.r.choice(["yes", "true", "Yes", "on"] if yes else ["no", "false", "No", "off"])
        if f:
            node.phrases = tuple(cat.bool_texts(f)[0 if yes else 1])
        elif node.flags:
            node.phrases = node.flags[0 if yes else 1]
        else:
            node.phrases = (f"it has {node.label}", f"with {node.label}", f"{node.label} is on") if yes else (f"it has no {node.label}", f"without {node.label}", f"{node.label} is off")

    def choice(self, node: Node, f: Field | None) -> None:
        r = self.r
        if f and self.p(0.65):
            options = r.sample(f.options, min(len(f.options), r.randint(2, 6)))
        else:
            options = list({self.w.word().text.lower() for _ in range(r.randint(2, 5))})
            options.sort()
            r.shuffle(options)
        said = r.choice(options)
        style = lambda s: {"same": s, "title": s.capitalize()}.get(self.enum_style) or cased(s, self.enum_style)
        node.schema = {"enum": [style(o) for o in options]}
        if self.p(0.5):
            node.schema = {"type": "string", **node.schema}
        node.json = style(said)
        node.text = said if self.p(0.6) else node.json if self.p(0.5) else r.choice([said.capitalize(), said.upper(), said])

    def listed(self, texts: list[str]) -> str:
        r = self.r
        if len(texts) < 2 or self.p(0.4):
            return r.choice([", ", ", ", "; ", " / "]).join(texts)
        return ", ".join(texts[:-1]) + r.choice([" and ", " and ", ", and ", " & "]) + texts[-1]

    def leaves(self, wanted: list[str], n: int, taken: set[str]) -> list[Node]:
        fresh = [name for name in wanted if name not in self.used] or wanted
        chosen = self.r.sample(fresh, min(n, len(fresh))) if fresh is not wanted or n < len(wanted) else list(wanted)
        self.used.update(chosen)
        nodes = []
        for name in chosen:
            node = self.leaf(None if self.p(self.invented) else CATALOGUE[name], taken)
            if node and node.key not in {x.key for x in nodes}:
                nodes.append(node)
        return nodes

    # Records

    def record(self, domain: str) -> list[Node]:
        r, level = self.r, self.level
        _, pool, rows, inner = DOMAINS[domain]
        taken = self.seen
        size = r.randint(1, 2 + round(7 * level)) if level < 1 else r.choice([1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10])
        nodes = self.leaves(pool.split(), size, taken)
        if rows and self.p((0.6 if domain in ("invoice", "order") else 0.4) * min(1, level * 2)):
            node = self.rows(*r.choice(rows), taken)
            if node:
                nodes.insert(r.randint(0, len(nodes)), node)
        if inner and self.p(0.3 * min(1, level * 2)):
            node = self.inner(*r.choice(inner), taken)
            if node:
                nodes.insert(r.randint(0, len(nodes)), node)
        keys: set[str] = set()
        nodes = [n for n in nodes if not (n.key in keys or keys.add(n.key))]
        for n in nodes:
            if n.kind != "rows" and level > 0.1 and self.p(0.2):
                n.optional = True
                if self.p(0.45):
                    n.omitted = True
                    self.unsaid(n, 0.2)
            elif n.kind in ("leaf", "flag") and level > 0.1 and self.p(0.07) and "type" in n.schema:
                n.schema = {**n.schema, "type": [n.schema["type"], "null"]}
                if "enum" not in n.schema and self.p(0.45):
                    n.json = None
                    self.unsaid(n, 0.5)
        return nodes

    def unsaid(self, n: Node, chance: float) -> None:
        """The text is silent about a field, or says that there is none."""
        n.shown = self.p(chance)
        if n.kind == "object":
            n.schema = self.schema_of(n.children)
        n.kind, n.clear = "leaf", True
        n.text = self.r.choice(["none", "n/a", "-", "unknown", "not given", "—", "N/A", "None"])
        n.phrases = (f"no {n.label}", f"{n.label} unknown", f"the {n.label} is not known", f"without {n.label}", f"no {n.label} was given")

    def group_name(self, names: str, taken: set[str]) -> str | None:
        free = [n for n in names.split("|") if n not in taken]
        name = self.made_up_name() if self.p(0.15) or not free else self.r.choice(free)
        if name in taken:
            return None
        taken.add(name)
        return name

    def inner(self, names: str, wanted: tuple[str, ...], taken: set[str]) -> Node | None:
        name = self.group_name(names, taken)
        if name is None:
            return None
        children = self.leaves(list(wanted), self.r.randint(1, 4), taken)
        if self.p(0.7):
            children.sort(key=lambda c: 0)
        return Node(cased(name, self.style), name, {}, None, kind="object", children=children) if children else None

    def rows(self, names: str, wanted: str, taken: set[str]) -> Node | None:
        r = self.r
        name = self.group_name(names, taken)
        columns = wanted.split()
        n = r.randint(1, min(5, len(columns)))
        invented = self.invented
        plain = columns[:2] == ["item", "qty"] and self.p(0.75)  # order lines of the usual kind
        if plain:
            n, self.invented = r.choice([2, 3, 3, 3, 4]), 0.0
        columns = columns[:n] if plain or self.p(0.6) else r.sample(columns, n)
        self.used -= set(columns)
        first = self.leaves(columns, n, {"items"} if plain else set(taken) | {"items"}) if name else []
        self.invented = invented
        if not first:
            return None
        table = [first]
        mine = [next((c for c in columns if x.phrases and CATALOGUE[c].phrases == x.phrases), None) for x in first]
        for _ in range(r.choice([0, 1, 1, 2, 2, 3, 4]) if self.level > 0.3 else 1):
            table.append([self.again(x, c) for x, c in zip(first, mine)])
        for row in table:
            if set(mine) >= {"qty", "price", "line_total"} and self.p(0.8):
                at = {c: row[mine.index(c)] for c in ("qty", "price", "line_total")}
                if all(isinstance(x.json, Num) for x in at.values()):
                    s = f"{Decimal(at['qty'].json) * Decimal(at['price'].json):.2f}"
                    at["line_total"].json, at["line_total"].text = Num(s), s
        return Node(cased(name, self.style), name, {}, None, kind="rows", children=table)

    def again(self, x: Node, column: str | None) -> Node:
        """The same column with another value."""
        y = Node(x.key, x.label, x.schema, None, phrases=x.phrases, kind=x.kind, make=x.make, clear=x.clear, flags=x.flags)
        if "enum" in x.schema:
            y.json = self.r.choice(x.schema["enum"])
            y.text = y.json if self.enum_style in ("same", "title") or self.p(0.5) else x.text if y.json == x.json else y.json
        elif x.kind == "flag":
            self.flag(y, CATALOGUE[column] if column else None)
        elif x.kind == "list":
            how = "word" if x.schema["items"].get("type") == "string" else "count"
            values = [self.make(how) for _ in range(self.r.randint(1, 3))]
            y.json, y.text = [v.json for v in values], self.listed([v.text for v in values])
        else:
            v = self.make(x.make)
            y.json, y.text = v.json, v.text
            if x.schema.get("type") == "string" and (x.make in ("date", "moment") and "format" not in x.schema or isinstance(v.json, Num)):
                y.json = v.text
            if x.schema.get("type") == "integer" and not str(y.json).lstrip("-").isdigit():
                y.json = y.text = Num(self.r.randint(1, 90))
        return y

    # Schema and JSON of nodes

    def schema_of(self, nodes: list[Node]) -> dict:
        properties = {}
        for n in nodes:
            if n.kind == "object":
                properties[n.key] = self.schema_of(n.children)
            elif n.kind == "rows":
                properties[n.key] = {"type": "array", "items": self.schema_of(n.children[0])}
            else:
                properties[n.key] = n.schema
        return {"type": "object", "properties": properties, "required": [n.key for n in nodes if not n.optional]}

    def json_of(self, nodes: list[Node]) -> dict:
        out = {}
        for n in nodes:
            if n.kind == "object":
                value = self.json_of(n.children)
            elif n.kind == "rows":
                value = [self.json_of(row) for row in n.children]
            else:
                value = n.json
            if not n.omitted:
                out[n.key] = value
        return out
