// SPDX-License-Identifier: Apache-2.0
// Bodies of a known length and chunked ones, sent by Node's own clients. Usage: bodies.mjs URI, of a server with the model "scripted" that says Hello.

import http from "node:http";
import http2 from "node:http2";

const uri = process.argv[2];
const path = "/v1/chat/completions";
const body = JSON.stringify({ model: "scripted", temperature: 0, messages: [{ role: "user", content: "Hi" }] });
const bytes = new TextEncoder().encode(body);
const large = new Uint8Array(9_000_000).fill(120);
let checks = 0;

function check(status, text, expected, part) {
  if (status !== expected || !text.includes(part)) {
    throw new Error(`${status} ${text}`);
  }
  checks++;
}

function stream(all, size) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < all.length) {
        controller.enqueue(all.slice(at, (at += size)));
      } else {
        controller.close();
      }
    },
  });
}

for (const content of [body, bytes, new Blob([body]), stream(bytes, 7), stream(bytes, 1000)]) {
  const answer = await fetch(uri + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: content,
    duplex: "half",
  });
  check(answer.status, await answer.text(), 200, "Hello.");
}
for (const content of [large, stream(large, 100_000)]) {
  const answer = await fetch(uri + path, { method: "POST", body: content, duplex: "half" });
  check(answer.status, await answer.text(), 413, "body-too-long");
}

const offers = [
  {},
  { Expect: "100-continue" },
  { Connection: "Upgrade, HTTP2-Settings", Upgrade: "h2c", "HTTP2-Settings": "AAMAAABkAAQAAP__" },
];
for (const offer of offers) {
  for (const length of [{}, { "Content-Length": bytes.length }]) {
    const [status, text] = await new Promise((resolve, reject) => {
      const request = http.request(uri + path, { method: "POST", headers: { ...offer, ...length } }, (answer) => {
        let text = "";
        answer.on("data", (part) => (text += part)).on("end", () => resolve([answer.statusCode, text]));
      });
      request.on("error", reject);
      request.on("upgrade", () => reject(new Error("upgraded")));
      if (offer.Expect) {
        request.on("continue", () => request.end(bytes));
      } else {
        request.write(bytes.slice(0, 9));
        request.end(bytes.slice(9));
      }
    });
    check(status, text, 200, "Hello.");
  }
}

const session = http2.connect(uri);
for (const offer of [{}, { expect: "100-continue" }, { "content-length": bytes.length }]) {
  const [status, text] = await new Promise((resolve, reject) => {
    const request = session.request({ ":method": "POST", ":path": path, ...offer });
    let status = 0;
    let text = "";
    request.on("response", (headers) => (status = headers[":status"]));
    request.on("data", (part) => (text += part)).on("end", () => resolve([status, text])).on("error", reject);
    if (offer.expect) {
      request.on("continue", () => request.end(bytes));
    } else {
      request.write(bytes.slice(0, 9));
      request.end(bytes.slice(9));
    }
  });
  check(status, text, 200, "Hello.");
}
session.close();
console.log(`${checks} checks, node ${process.versions.node}`);
