# SPDX-License-Identifier: Apache-2.0
"""Bodies of a known length and chunked ones, sent by httpx. Usage: bodies.py URI, of a server with the model "scripted" that says Hello."""

import json
import sys

import httpx

uri = sys.argv[1]
body = json.dumps({"model": "scripted", "temperature": 0, "messages": [{"role": "user", "content": "Hi"}]}).encode()
checks = 0


def chunks(text, size):
    for start in range(0, len(text), size):
        yield text[start : start + size]


def check(answer, status, text):
    global checks
    assert answer.status_code == status and text in answer.text, (answer.status_code, answer.text)
    checks += 1


clients = [httpx.Client(timeout=60)]
try:
    clients.append(httpx.Client(timeout=60, http1=False, http2=True))
except ImportError:
    pass  # the package h2 is not here
for client in clients:
    for headers in ({}, {"Expect": "100-continue"}, {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": ""}):
        if client is not clients[0] and "Upgrade" in headers:
            continue
        headers = {"Content-Type": "application/json", **headers}
        for content in (body, chunks(body, len(body)), chunks(body, 7)):
            check(client.post(uri + "/v1/chat/completions", content=content, headers=headers), 200, "Hello.")
    check(client.post(uri + "/v1/chat/completions", json=json.loads(body)), 200, "Hello.")
    large = b"x" * 9_000_000
    for content in (large, chunks(large, 100_000)):
        check(client.post(uri + "/v1/chat/completions", content=content), 413, "body-too-long")
        check(client.post(uri + "/nothing", content=large), 404, "there is no /nothing")
        check(client.post(uri + "/v1/chat/completions", content=body), 200, "Hello.")
print(f"{checks} checks, httpx {httpx.__version__}")
