"""Texts for nodes, and whole documents: what the generator finally hands to the trainer."""

from __future__ import annotations

import json
from dataclasses import dataclass

from corpus import Node, Writer, cased, dump
from fields import CATALOGUE, DOMAINS
from short_form import short_form
from words import ADJ, NOUN, VERB

SCHEMA, TEXT, JSON, END, PAD = "<|schema|>", "<|text|>", "<|json|>", "<|endoftext|>", "<|pad|>"


@dataclass
class Document:
    schema: dict
    text: str
    json: str

    def prompt(self) -> str:
        return f"{SCHEMA}{short_form(self.schema)}{TEXT}{self.text}{JSON}"


class Renderer(Writer):
    """Adds the text side to a `Writer`."""

    def labelled(self, n: Node) -> str:
        r, v, label = self.r, n.text, n.label
        return r.choice([f"the {label} is {v}", f"{label} {v}", f"{label}: {v}", f"with {label} {v}", f"{v} as the {label}", f"its {label} is {v}", f"{label} = {v}",
                         f"for {label} we have {v}", f"the {label} was given as {v}", f"{label} ({v})", f"as {label} they named {v}", f"{v} is the {label}", f"{label} of {v}",
                         f"{v}, the {label}", f"{label}: {v}", f"{label} {v}", f"the {label} was {v}", f"a {label} of {v}"])

    def labelled_count(self, n: Node) -> str:
        return self.r.choice([f"{n.text} {n.label}", f"{n.label} {n.text}", f"{n.label}s: {n.text}", f"{n.text} {n.label}s"])

    def clause(self, n: Node, twin: bool) -> str:
        if n.kind == "flag":
            return self.r.choice(n.phrases) if n.phrases and self.p(0.85) else f"{n.label}: {n.text}"
        if n.phrases and (n.clear or not (twin and self.p(0.85))) and self.p(0.8):
            return self.r.choice(n.phrases).format(n.text)
        if n.make in ("count", "small", "integer900") and self.p(0.25):
            return self.labelled_count(n)
        return self.labelled(n)

    def twins(self, nodes: list[Node]) -> set[int]:
        makes = [n.make for n in nodes]
        return {id(n) for n in nodes if makes.count(n.make) > 1}

    def prose(self, nodes: list[Node]) -> str:
        r, parts, twins = self.r, [], self.twins(nodes)
        for n in nodes:
            parts.append(self.nested(n) if n.kind == "object" else self.clause(n, id(n) in twins))
        out, i = [], 0
        while i < len(parts):
            k = r.choice([1, 1, 2, 3])
            chunk = parts[i : i + k]
            i += k
            s = ", ".join(chunk[:-1]) + r.choice([" and ", ", ", ", and "]) + chunk[-1] if len(chunk) > 1 else chunk[0]
            if self.p(0.92):
                s = s[0].upper() + s[1:]
            out.append(s if s[-1] in ".!?" else s + r.choice([".", ".", ".", ".", "!", ";"]))
        return r.choice([" ", " ", " ", "\n"]).join(out)

    def label(self, n: Node, style: str) -> str:
        s = n.label
        return {"title": s.title(), "first": s[:1].upper() + s[1:], "upper": s.upper(), "plain": s, "key": n.key}[style]

    def lines(self, nodes: list[Node]) -> str:
        r = self.r
        mark = r.choice(["", "", "", "", "- ", "* ", "• ", "**"])
        sep = r.choice([": ", ": ", ": ", ": ", " = ", " - ", ":\t", " : ", "=", " | ", " -> ", " – ", ":\n  ", "\t"])
        style = r.choice(["title", "first", "first", "upper", "plain", "plain", "key"])
        out = []
        for n in nodes:
            value = self.nested(n, bare=True) if n.kind == "object" else n.text
            name = self.label(n, style)
            out.append(f"**{name}**{sep}{value}" if mark == "**" else f"{mark}{name}{sep}{value}")
        return "\n".join(out)

    def inline(self, nodes: list[Node]) -> str:
        r = self.r
        sep = r.choice([" ", " ", ": ", "=", ":"])
        style = r.choice(["plain", "plain", "first", "key"])
        glue = r.choice([", ", ", ", "; ", " | ", " / ", " - "])
        return glue.join(f"{self.label(n, style)}{sep}{self.nested(n, bare=True) if n.kind == 'object' else n.text}" for n in nodes)

    def nested(self, n: Node, bare: bool = False) -> str:
        r = self.r
        kids = [c for c in n.children if c.shown]
        if not kids:
            return "" if bare else f"{n.label} unknown"
        if self.p(0.4) and all(c.make in ("street", "zip", "city", "country", "name", "person", "email", "phone", "time", "date") for c in kids):
            body = ", ".join(c.text for c in kids)
        else:
            body = ", ".join(self.clause(c, True) if self.p(0.5) else f"{c.label} {c.text}" for c in kids)
        if bare:
            return body
        return r.choice([f"{n.label}: {body}", f"the {n.label} is {body}", f"{n.label} ({body})", f"as for the {n.label}, {body}", f"for the {n.label}: {body}"])

    # Lists of records

    def table(self, n: Node) -> str:
        r, rows = self.r, n.children
        k = r.random()
        many = {id(c): True for c in rows[0]}
        if k < 0.15 and len(rows) > 1:
            style = r.choice(["title", "plain", "upper"])
            glue = r.choice([" | ", "\t", ";", ", " if not any("," in c.text for row in rows for c in row) else " | "])
            head = glue.join(self.label(c, style) for c in rows[0])
            edge = glue == " | " and self.p(0.5)
            body = [head] + (["|".join(["---"] * len(rows[0]))] if glue == " | " and self.p(0.5) else []) + [glue.join(c.text for c in row) for row in rows]
            return "\n".join(f"| {line} |" if edge else line for line in body)
        labels_shown = self.p(0.35)
        shapes = self.line_shape([c.make for c in rows[0]], [c.phrases for c in rows[0]])
        out = []
        order = list(range(len(rows[0])))
        if self.p(0.3):
            r.shuffle(order)
        sep = r.choice([", ", ", ", " - ", "; ", " | ", ": ", " "]) if not labels_shown else ", "
        fixed = [r.choice(c.phrases) if c.phrases and c.kind == "leaf" else None for c in rows[0]]
        for row in rows:
            if shapes:
                out.append(shapes.format(*[c.text for c in row]))
                continue
            bits = []
            for i in order:
                c = row[i]
                if labels_shown:
                    bits.append(f"{c.label} {c.text}")
                elif c.kind == "flag":
                    bits.append(r.choice(c.phrases))
                else:
                    bits.append(fixed[i].format(c.text) if fixed[i] and self.p(0.9) else c.text if i == 0 else f"{c.label} {c.text}")
            out.append(sep.join(bits))
        return self.enumerated(out)

    def line_shape(self, makes: list[str], phrases) -> str | None:
        """Hand-written shapes for the usual order lines."""
        at = {m: "{" + str(i) + "}" for i, m in enumerate(makes)}
        if len(at) != len(makes) and makes.count("money") != 2 or self.p(0.15) or "thing" not in at or "count" not in at:
            return None
        q, t = at["count"], at["thing"]
        price = "{" + str(makes.index("money")) + "}" if "money" in makes else None
        total = "{" + str(len(makes) - 1 - makes[::-1].index("money")) + "}" if makes.count("money") == 2 else None
        rest = [i for i, m in enumerate(makes) if m not in ("thing", "count", "money")]
        if len(rest) > 1:
            return None
        code = "{" + str(rest[0]) + "}" if rest else None
        if total and phrases[makes.index("money")] != CATALOGUE["price"].phrases:
            return None
        s = self.r.choice([f"{q} x {t}", f"{q} x {t}", f"{q} × {t}", f"{q}x {t}", f"{t} x{q}", f"{t}, {q} pcs", f"{q} {t}", f"{t} ({q})", f"{t}: {q} units", f"{q} pieces of {t}", f"{t} - qty {q}"])
        if price:
            s += self.r.choice([f" @ {price}", f" at {price}", f" at {price}", f" at {price} each", f", {price} each", f" for {price} apiece", f" ({price} per unit)", f" à {price}", f", unit price {price}"])
        if total:
            s += self.r.choice([f" = {total}", f", {total} in all", f", total {total}", f" ({total})", f" makes {total}", f" | {total}"])
        return s + (self.r.choice([f" [{code}]", f", {code}", f" ({code})"]) if code else "")

    def enumerated(self, items: list[str]) -> str:
        k = self.r.random()
        if k < 0.35:
            return "\n".join(self.mark + i for i in items)
        if k < 0.5:
            return "\n".join(f"{j}. {i}" for j, i in enumerate(items, 1))
        if k < 0.6:
            return "\n".join(f"({j}) {i}" for j, i in enumerate(items, 1))
        if k < 0.72:
            return "\n".join(items)
        if k < 0.85:
            return "; ".join(items) + "."
        if k < 0.93 and len(items) > 1:
            return "; ".join(items[:-1]) + "; and " + items[-1] + "."
        return " ".join(i + "." for i in items)

    @property
    def mark(self) -> str:
        return self.r.choice(["- ", "* ", "• ", "  ", "> "]) if self.p(0.05) else "- "

    def filler(self) -> str:
        r, w = self.r, self.w
        return r.choice(["Hello,", "Hi there,", "Dear team,", "Good morning.", f"Hi {w.proper()},", "Thank you for your help.", "Best regards", "Kind regards,\n" + w.proper(),
                         "See below.", "Thanks!", "As discussed.", "Please find the details here.", w.sentence().text + ".", "Let us know if anything is missing.",
                         "This message was sent automatically.", f"The {r.choice(NOUN)} stays where it is.", "More next week.", f"Regards from {w.city().text}."])

    def intro(self, noun: str) -> str:
        r = self.r
        a = "an" if noun[0] in "aeiou" else "a"
        return r.choice([f"Here is {a} {noun}.", f"New {noun}:", f"{noun.capitalize()}", f"{noun.upper()}", f"# {noun.capitalize()}", f"We received {a} {noun}.", f"Extract the {noun}:", f"Read the {noun} and fill the form.",
                         f"{noun.capitalize()} details", f"This is about {a} {noun}.", f"Turn this {noun} into JSON:", f"From the {noun}:", f"--- {noun} ---", f"Please record this {noun}."])

    def body(self, nodes: list[Node]) -> str:
        r = self.r
        shown = [n for n in nodes if n.shown]
        if self.p(0.5):
            r.shuffle(shown)
        flat = [n for n in shown if n.kind != "rows"]
        rows = [n for n in shown if n.kind == "rows"]
        k = r.random()
        lines = 0.75 if self.level < 0.15 else 0.33
        if not flat:
            head = ""
        elif k < lines:
            head = self.lines(flat)
        elif k < lines + 0.12:
            head = self.inline(flat)
        elif k < lines + 0.2 and len(flat) > 2:
            cut = r.randint(1, len(flat) - 1)
            head = self.prose(flat[:cut]) + "\n" + self.lines(flat[cut:])
        else:
            head = self.prose(flat)
        for n in rows:
            t = self.table(n)
            name = n.label[0].upper() + n.label[1:]
            lead = r.choice([f"{name}:\n", f"{name}:\n", f"{name}: ", f"\n{name}\n", f"The {n.label}:\n", f"These are the {n.label}: ", "\n", f"{len(n.children)} {n.label}:\n"])
            head = head + "\n" + lead + t if self.p(0.75) or not head else lead.lstrip() + t + "\n" + head
        return head.strip()


def record_document(z: Renderer) -> Document:
    r = z.r
    domain = r.choice(["invoice", "order"]) if z.p(0.2) else r.choice(list(DOMAINS))
    noun = r.choice(DOMAINS[domain][0].split("|"))
    nodes = z.record(domain) or z.leaves(["name", "city"], 1, z.seen)
    while not nodes:
        nodes = z.leaves(["name", "city", "total"], 1, set())
    extra = []
    if z.level > 0.3 and z.p(0.35):
        extra = [n for n in z.leaves(DOMAINS[domain][1].split(), r.randint(1, 3), z.seen) if n.key not in {x.key for x in nodes}]
        for n in extra:
            n.shown = n.kind != "list" or bool(n.json)
    told = list(nodes)
    for n in extra:
        told.insert(r.randint(0, len(told)), n)
    text = z.body(told) or "Nothing is known."
    if z.p(0.4):
        text = z.intro(noun) + r.choice([" ", "\n", "\n\n"]) + text
    if z.level > 0.2 and z.p(0.25):
        text = z.filler() + r.choice(["\n", " "]) + text
    if z.level > 0.2 and z.p(0.25):
        text += r.choice(["\n", " ", "\n\n"]) + z.filler()
    schema, value = z.schema_of(nodes), z.json_of(nodes)
    k = r.random()
    if k < 0.04:
        key = cased(noun, z.style)
        schema = {"type": "object", "properties": {key: schema}, "required": [key]}
        value = {key: value}
    elif k < 0.08 and len(nodes) == 1 and isinstance(value.get(nodes[0].key), list):
        schema, value = schema["properties"][nodes[0].key], value[nodes[0].key]
    return Document(schema, text, dump(value))


def tool_document(z: Renderer) -> Document:
    """A request in words, one to four tools in the schema, the call as JSON."""
    r = z.r
    tools = []
    for _ in range(r.choice([1, 1, 2, 2, 3, 4])):
        domain = r.choice(list(DOMAINS))
        verb, noun = r.choice(VERB + ["create", "find", "add", "search", "get", "set", "book", "send", "schedule", "list", "track", "make"]), r.choice([r.choice(DOMAINS[domain][0].split("|")), r.choice(NOUN)])
        nodes = [n for n in z.leaves(DOMAINS[domain][1].split(), r.randint(1, 4), set()) if n.kind != "rows"]
        if nodes and (verb, noun) not in {t[0] for t in tools}:
            tools.append(((verb, noun), nodes))
    if not tools:
        return record_document(z)
    outer = r.choice([("name", "arguments"), ("tool", "parameters"), ("function", "args"), ("tool", "input"), ("action", "params"), ("name", "parameters")])
    case = r.choice(["snake", "camel", "kebab"])
    (verb, noun), nodes = r.choice(tools)
    for n in nodes:
        n.optional = z.p(0.25)
        n.omitted = n.optional and z.p(0.5)
        n.shown = bool(n.text) and not n.omitted
    forms = []
    for (v, n), args in tools:
        forms.append({"type": "object", "properties": {outer[0]: {"const": cased(v + " " + n, case)}, outer[1]: z.schema_of(args)}, "required": list(outer)})
    schema = forms[0] if len(forms) == 1 else {"anyOf": forms}
    shown = [n for n in nodes if n.shown]
    tail = z.prose(shown) if z.p(0.5) else z.inline(shown)
    a = "an" if noun[0] in "aeiou" else "a"
    ask = r.choice([f"Please {verb} {a} {noun}", f"{verb} the {noun}", f"I want to {verb} {a} {noun}", f"Can you {verb} {a} {noun} for me", f"{verb.capitalize()} {noun}", f"User: {verb} {a} {noun}", f"We need to {verb} the {noun}"])
    text = ask + r.choice([": ", ". ", ", ", "\n", " - "]) + tail if tail else ask
    if z.p(0.2):
        text = z.filler() + " " + text
    return Document(schema, text, dump({outer[0]: cased(verb + " " + noun, case), outer[1]: z.json_of(nodes)}))


def list_document(z: Renderer) -> Document:
    """A bare array of records, or one value, at the root."""
    domain = z.r.choice([d for d in DOMAINS if DOMAINS[d][2]])
    names, wanted = z.r.choice(DOMAINS[domain][2])
    node = z.rows(names, wanted, set())
    if node is None:
        return record_document(z)
    text = z.body([node])
    if z.p(0.3):
        text = z.filler() + "\n" + text
    return Document({"type": "array", "items": z.schema_of(node.children[0])}, text, dump([z.json_of(row) for row in node.children]))


def copy_document(z: Renderer) -> Document:
    """The whole text as one string, or a list taken apart: the plainest copying."""
    r, w = z.r, z.w
    if z.p(0.5):
        how = r.choice(["sentence", "phrase", "code", "person", "title", "email", "street", "phone"])
        text = " ".join(getattr(w, how)().text for _ in range(r.randint(1, 3)))
        return Document({"type": "string"}, text, dump(text))
    how = r.choice(["word", "person", "code", "city", "integer900", "decimal"])
    values = [getattr(w, how)() for _ in range(r.randint(2, 7))]
    items = {"type": "number"} if how in ("integer900", "decimal") else {"type": "string"}
    return Document({"type": "array", "items": items}, z.listed([v.text for v in values]), dump([v.json for v in values]))


def document(seed, level: float = 1.0, words=None) -> Document:
    z = Renderer(seed, level, words)
    k = z.r.random()
    if k > 0.98 or level < 0.3 and k > 0.5:
        return copy_document(z)
    if level > 0.3 and k < 0.1:
        return tool_document(z)
    if level > 0.3 and k < 0.13:
        return list_document(z)
    return record_document(z)


if __name__ == "__main__":
    import sys

    for i in range(int(sys.argv[1]), int(sys.argv[2])):
        d = document(f"show/{i}", float(sys.argv[3]) if len(sys.argv) > 3 else 1.0)
        json.loads(d.json)
        print(d.prompt() + d.json + "\n" + "=" * 80)
