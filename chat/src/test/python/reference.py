"""jinja2 as chat templates use it: the text that a template makes, or its error."""

import datetime
import json

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox

NOW = datetime.datetime(2025, 7, 10, 12, 0, 0)


class Generation(jinja2.ext.Extension):
    """The tag `generation`, which writes its body."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_write"), [], [], body).set_lineno(line)

    def _write(self, caller):
        return caller()


def _raise(message):
    raise jinja2.exceptions.TemplateError(message)


def _json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    made.filters["tojson"] = _json
    made.globals["raise_exception"] = _raise
    made.globals["strftime_now"] = lambda format: NOW.strftime(format)
    return made


ENVIRONMENT = environment()


def outcome(template, context):
    """The text and None, or None and the error."""
    try:
        return ENVIRONMENT.from_string(template).render(**context), None
    except Exception as error:  # whatever jinja2 fails with is an error of the template
        return None, type(error).__name__ + ": " + str(error)[:200]


def case(name, template, context):
    """A line of a file of cases."""
    text, error = outcome(template, context)
    line = {"name": name, "template": template, "context": context}
    line.update({"expected": text} if error is None else {"error": error})
    return json.dumps(line, ensure_ascii=True)
