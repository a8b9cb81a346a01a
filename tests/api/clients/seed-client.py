"""The Python original's client, as it stands: prints each piece of the answer on a line of its own, as JSON."""
import json
import sys

import requests

url, message = sys.argv[1], sys.argv[2]
response = requests.post(
    f"{url}/chat/stream",
    json={"message": message, "model": "phi3", "memory_context": 3, "max_tokens": 24},
    stream=True,
)
for line in response.iter_lines():
    if line:
        line = line.decode("utf-8")
        if line.startswith("data: "):
            data = line[6:]
            if data == "[DONE]":
                break
            chunk = json.loads(data)
            if "choices" in chunk:
                print(json.dumps(chunk["choices"][0]["delta"].get("content", "")), flush=True)
