// SPDX-License-Identifier: Apache-2.0
// OpenAI's JavaScript client against a server whose model wants to write given texts; see OtherClientsTest. Needs: npm install openai zod

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [url, modules] = process.argv.slice(2);
const require = createRequire(pathToFileURL(path.join(modules, "node_modules", "none.js")));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: OpenAI } = await load("openai");
const { zodResponseFormat } = await load("openai/helpers/zod");
const { z } = await load("zod");

const client = new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
const hello = "Hello, world. 😀 How are you?";
const Person = z.object({ age: z.number().int(), name: z.string(), tags: z.array(z.string()) });
const ada = { name: "Ada", age: 36, tags: ["maths"] };
let checks = 0;

function check(found, expected) {
  checks++;
  assert.deepEqual(found, expected);
}

const ask = (text) => ({ model: "scripted", temperature: 0, messages: [{ role: "user", content: text }] });

function tool(name, properties) {
  const parameters = { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
  return { type: "function", function: { name, parameters, strict: true } };
}

const tools = [
  tool("weather", { city: { type: "string" }, days: { type: "integer" } }),
  tool("road", { name: { type: "string" } }),
];
const calls = (message) =>
  (message.tool_calls ?? []).map((call) => [call.function.name, JSON.parse(call.function.arguments)]);
const both = [
  ["weather", { city: "Oslo", days: 3 }],
  ["road", { name: "E6" }],
];

// Text, several answers, streams.
const answer = await client.chat.completions.create(ask("Hi"));
check(answer.choices[0].message.content, hello);
const three = await client.chat.completions.create({ ...ask("Hi"), n: 3 });
check(three.choices.map((choice) => choice.message.content), [hello, hello, hello]);
const stream = client.chat.completions.stream({ ...ask("Hi"), stream_options: { include_usage: true } });
let deltas = "";
stream.on("content", (delta) => (deltas += delta));
check(await stream.finalContent(), hello);
check(deltas, hello);
check((await stream.totalUsage()).completion_tokens > 5, true);

// Values and calls of tools.
const format = zodResponseFormat(Person, "person");
const parsed = await client.chat.completions.parse({ ...ask("A person, please."), response_format: format });
check(parsed.choices[0].message.parsed, ada);
const streamed = client.chat.completions.stream({ ...ask("A person, please."), response_format: format });
check((await streamed.finalChatCompletion()).choices[0].message.parsed, ada);
const called = await client.chat.completions.create({ ...ask("The weather?"), tools });
check(called.choices[0].finish_reason, "tool_calls");
check(calls(called.choices[0].message), both);
const whole = client.chat.completions.stream({ ...ask("The weather?"), tools });
check(calls((await whole.finalChatCompletion()).choices[0].message), both);
const results = called.choices[0].message.tool_calls.map((call) => ({
  role: "tool",
  tool_call_id: call.id,
  content: "rainy",
}));
const messages = [{ role: "user", content: "The weather?" }, called.choices[0].message, ...results];
const after = await client.chat.completions.create({ model: "scripted", temperature: 0, messages, tools });
check(after.choices[0].message.content, "Take an umbrella.");

// Responses.
const response = await client.responses.create({ model: "scripted", temperature: 0, input: "Hi" });
check(response.output_text, hello);
const events = client.responses.stream({ model: "scripted", temperature: 0, input: "Think: what?" });
check((await events.finalResponse()).output_text, "Blue 😀.");

// Refusals, and a client that goes away.
await assert.rejects(client.chat.completions.create({ ...ask("Hi"), guided_jsn: {} }), (e) => e.param === "guided_jsn");
await assert.rejects(client.chat.completions.create({ ...ask("Hi"), model: "another" }), (e) => e.status === 404);
const left = await client.chat.completions.create({ ...ask("Hi"), stream: true });
for await (const chunk of left) {
  check(chunk.object, "chat.completion.chunk");
  break;
}
check((await client.chat.completions.create(ask("Hi"))).choices[0].message.content, hello);

const { VERSION } = await load("openai/version");
console.log(`${checks} checks, openai ${VERSION}`);
