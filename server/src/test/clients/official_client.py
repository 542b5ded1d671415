# SPDX-License-Identifier: Apache-2.0
"""OpenAI's Python client against a server whose model wants to write given texts; see OtherClientsTest. Needs: pip install openai pydantic"""

import asyncio
import json
import sys

import openai
from pydantic import BaseModel

URL, MODEL = sys.argv[1], "scripted"
HELLO = "Hello, world. 😀 How are you?"
checks = 0


class Person(BaseModel):
    age: int
    name: str
    tags: list[str]


def check(expected, found):
    global checks
    checks += 1
    if expected != found:
        sys.exit(f"expected {expected!r}, but {found!r}")


def tool(name, properties):
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "parameters": schema, "strict": True}}


TOOLS = [
    tool("weather", {"city": {"type": "string"}, "days": {"type": "integer"}}),
    tool("road", {"name": {"type": "string"}}),
]


def ask(text):
    return {"model": MODEL, "temperature": 0, "messages": [{"role": "user", "content": text}]}


def calls(message):
    return [(call.function.name, json.loads(call.function.arguments)) for call in message.tool_calls or []]


def text(client):
    answer = client.chat.completions.create(**ask("Hi"))
    check(HELLO, answer.choices[0].message.content)
    check("stop", answer.choices[0].finish_reason)
    check(True, answer.usage.completion_tokens > 5)
    three = client.chat.completions.create(**ask("Hi"), n=3)
    check([HELLO] * 3, [choice.message.content for choice in three.choices])
    cut = client.chat.completions.create(**ask("Hi"), max_completion_tokens=2)
    check("length", cut.choices[0].finish_reason)
    likely = client.chat.completions.create(**ask("Hi"), logprobs=True, top_logprobs=2, reasoning_effort="none")
    tokens = likely.choices[0].logprobs.content
    check(HELLO, bytes(byte for token in tokens for byte in token.bytes).decode())


def streams(client):
    with client.chat.completions.stream(**ask("Hi"), stream_options={"include_usage": True}) as stream:
        deltas = "".join(event.delta for event in stream if event.type == "content.delta")
        final = stream.get_final_completion()
    check(HELLO, deltas)
    check(HELLO, final.choices[0].message.content)
    check(True, final.usage.completion_tokens > 5)
    with client.chat.completions.stream(**ask("A person, please."), response_format=Person) as stream:
        check(Person(name="Ada", age=36, tags=["maths"]), stream.get_final_completion().choices[0].message.parsed)
    with client.chat.completions.stream(**ask("The weather?"), tools=TOOLS) as stream:
        done = [event.name for event in stream if event.type == "tool_calls.function.arguments.done"]
        final = stream.get_final_completion().choices[0].message
    check(["weather", "road"], done)
    check([("weather", {"city": "Oslo", "days": 3}), ("road", {"name": "E6"})], calls(final))


def values_and_tools(client):
    parsed = client.chat.completions.parse(**ask("A person, please."), response_format=Person)
    check(Person(name="Ada", age=36, tags=["maths"]), parsed.choices[0].message.parsed)
    both = client.chat.completions.create(**ask("The weather?"), tools=TOOLS).choices[0]
    check("tool_calls", both.finish_reason)
    check(["weather", "road"], [name for name, _ in calls(both.message)])
    one = client.chat.completions.create(**ask("The weather?"), tools=TOOLS, parallel_tool_calls=False)
    check(["weather"], [name for name, _ in calls(one.choices[0].message)])
    none = client.chat.completions.create(**ask("The weather?"), tools=TOOLS, tool_choice="none")
    check([], calls(none.choices[0].message))
    named = {"type": "function", "function": {"name": "road"}}
    road = client.chat.completions.create(**ask("Hi"), tools=TOOLS, tool_choice=named)
    check(["road"], [name for name, _ in calls(road.choices[0].message)])
    allowed = {"mode": "required", "tools": [{"type": "function", "function": {"name": "road"}}]}
    road = client.chat.completions.create(
        **ask("Hi"), tools=TOOLS, tool_choice={"type": "allowed_tools", "allowed_tools": allowed}
    )
    check({"road"}, {name for name, _ in calls(road.choices[0].message)})
    told = [{"role": "user", "content": "The weather?"}, both.message]
    told += [{"role": "tool", "tool_call_id": call.id, "content": "rainy"} for call in both.message.tool_calls]
    after = client.chat.completions.create(model=MODEL, temperature=0, messages=told, tools=TOOLS)
    check("Take an umbrella.", after.choices[0].message.content)


def responses(client):
    answer = client.responses.create(model=MODEL, temperature=0, input="Hi")
    check(HELLO, answer.output_text)
    parsed = client.responses.parse(model=MODEL, temperature=0, input="A person, please.", text_format=Person)
    check(Person(name="Ada", age=36, tags=["maths"]), parsed.output_parsed)
    with client.responses.stream(model=MODEL, temperature=0, input="Think: what?") as stream:
        deltas = "".join(event.delta for event in stream if event.type == "response.output_text.delta")
        check(deltas, stream.get_final_response().output_text)
    check("Blue 😀.", deltas)


def refusals(client):
    try:
        client.chat.completions.create(**ask("Hi"), extra_body={"guided_jsn": {}})
        sys.exit("an unknown member was not refused")
    except openai.BadRequestError as e:
        check("guided_jsn", e.param)
    try:
        client.chat.completions.create(**{**ask("Hi"), "model": "another"})
        sys.exit("an unknown model was not refused")
    except openai.NotFoundError as e:
        check("model", e.param)


async def at_once():
    async with openai.AsyncOpenAI(base_url=URL, api_key="none", max_retries=0) as client:
        answers = await asyncio.gather(*(client.chat.completions.create(**ask("Hi")) for _ in range(8)))
        check([HELLO] * 8, [answer.choices[0].message.content for answer in answers])
        stream = await client.chat.completions.create(**ask("Hi"), stream=True)
        async for _ in stream:
            break
        await stream.close()  # the client goes away in the middle
        check(HELLO, (await client.chat.completions.create(**ask("Hi"))).choices[0].message.content)


with openai.OpenAI(base_url=URL, api_key="none", max_retries=0) as one:
    for part in (text, streams, values_and_tools, responses, refusals):
        part(one)
asyncio.run(at_once())
print(f"{checks} checks, openai {openai.__version__}")
