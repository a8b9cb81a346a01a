"""OpenAI's package for Python against the address that it is given; tells what it saw as JSON."""
import json
import sys

from openai import BadRequestError, NotFoundError, OpenAI

client = OpenAI(base_url=sys.argv[1], api_key="local", max_retries=0)
question = [{"role": "user", "content": "Order two lots of EURUSD."}]
told = {}

pieces, usage = [], None
for chunk in client.chat.completions.create(
    model="auto", messages=question, max_tokens=8, temperature=0, stream=True, stream_options={"include_usage": True}
):
    usage = chunk.usage or usage
    if chunk.choices and chunk.choices[0].delta.content:
        pieces.append(chunk.choices[0].delta.content)
told["streamed"] = len(pieces) > 1
told["usage"] = usage.completion_tokens

parameters = {"type": "object", "properties": {"pair": {"type": "string", "maxLength": 8}}, "required": ["pair"]}
called = client.chat.completions.create(
    model="auto",
    messages=question,
    max_tokens=120,
    temperature=0,
    tools=[{"type": "function", "function": {"name": "get_price", "parameters": parameters}}],
    tool_choice="required",
    parallel_tool_calls=False,
)
function = called.choices[0].message.tool_calls[0].function
told["tool"] = function.name
told["arguments"] = list(json.loads(function.arguments))

schema = {"type": "object", "properties": {"side": {"enum": ["buy", "sell"]}}, "required": ["side"]}
response = client.responses.create(
    model="auto",
    input="Buy or sell?",
    max_output_tokens=60,
    temperature=0,
    text={"format": {"type": "json_schema", "name": "side", "schema": schema, "strict": True}},
)
told["side"] = json.loads(response.output_text)["side"] in ("buy", "sell")

embedding = client.embeddings.create(model="auto", input="gold").data[0].embedding
told["embedding"] = len(embedding)

try:
    client.chat.completions.create(model="auto", messages=question, temperature=9)
except BadRequestError as error:
    told["bad_request"] = error.status_code
try:
    client.chat.completions.create(model="nothing", messages=question)
except NotFoundError as error:
    told["not_found"] = error.status_code

stream = client.chat.completions.create(model="auto", messages=question, stream=True, logit_bias={"260": 100})
for _ in stream:
    stream.close()
    break

print(json.dumps(told))
