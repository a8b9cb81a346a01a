"""What programs of Anthropic's and Ollama's interfaces do with the libraries that people use, each a function named as in suite.ts.

They take the base URL with /v1, as programs.py does. A step that fails raises. Model names are those of the libraries' documents.
"""

import json
import sys
import time
import urllib.request

url = sys.argv[2].removesuffix("/v1")
QUESTION = "What is gold?"
ORDER = "Order two lots of EURUSD."
PRICE = {"type": "object", "properties": {"pair": {"type": "string", "maxLength": 8}}, "required": ["pair"]}
CLAUDE = "claude-opus-5"
LLAMA = "llama3.2"


def whole_of(generation):
    """What was asked for goes on without its reader for a while, and is read from its beginning by its id."""
    with urllib.request.urlopen(f"{url}/generations/{generation}/events") as events:
        told = events.read().decode()
    assert told.endswith("data: [DONE]\n\n"), told[-200:]
    return told


def anthropic_now():
    import anthropic

    client = anthropic.Anthropic(base_url=url, api_key="local", max_retries=0)
    asked = {"model": CLAUDE, "max_tokens": 8, "messages": [{"role": "user", "content": QUESTION}]}
    said = client.messages.create(**asked)
    assert said.content[0].text and said.usage.output_tokens > 0, said
    with client.messages.stream(**asked) as stream:
        pieces = list(stream.text_stream)
        assert "".join(pieces) == stream.get_final_message().content[0].text
    long = {**asked, "max_tokens": 40}
    with client.messages.stream(**long) as stream:
        generation = stream.response.headers["x-generation-id"]
        first = next(iter(stream.text_stream))
    assert first.strip().split()[0] in whole_of(generation)
    tool = {"name": "get_price", "description": "The price of a pair.", "input_schema": PRICE}
    called = client.messages.create(
        **{**asked, "max_tokens": 120}, tools=[tool], tool_choice={"type": "tool", "name": "get_price"}
    )
    use = called.content[-1]
    assert use.type == "tool_use" and use.input["pair"] and called.stop_reason == "tool_use", called
    result = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": use.id, "content": "1.0842"}]}
    history = [*asked["messages"], {"role": "assistant", "content": called.content}, result]
    assert client.messages.create(**{**asked, "messages": history}, tools=[tool]).content
    schema = {"type": "object", "properties": {"side": {"enum": ["buy", "sell"]}}, "required": ["side"]}
    held = client.messages.create(
        **{**asked, "max_tokens": 60}, output_config={"format": {"type": "json_schema", "schema": schema}}
    )
    assert '"side"' in held.content[0].text, held
    assert client.messages.count_tokens(model="auto", messages=asked["messages"]).input_tokens > 5
    assert client.models.list().data[0].type == "model"
    try:
        client.messages.create(**{**asked, "max_tokens": 0})
        raise AssertionError("It was not refused.")
    except anthropic.BadRequestError as error:
        assert "max_tokens" in str(error) and error.request_id.startswith("req_")


def ollama_now():
    import ollama

    client = ollama.Client(host=url)
    asked = {"model": LLAMA, "messages": [{"role": "user", "content": QUESTION}], "options": {"num_predict": 8}}
    said = client.chat(**asked)
    assert said.message.content and said.eval_count > 0 and said.total_duration > 1000, said
    parts = list(client.chat(**asked, stream=True))
    assert parts[-1].done and parts[-1].done_reason == "length" and len(parts) > 3
    left = client.chat(**{**asked, "options": {"num_predict": 2000}}, stream=True)
    assert next(left).model
    left.close()
    for _ in range(100):
        with urllib.request.urlopen(f"{url}/health") as health:
            if json.load(health)["answers"]["unfinished"] == 0:
                break
        time.sleep(0.2)
    else:
        raise AssertionError("Nobody reads it, and it is still written.")
    assert client.chat(**asked, format="json").message.content is not None
    schema = {"type": "object", "properties": {"side": {"enum": ["buy", "sell"]}}, "required": ["side"]}
    held = client.chat(**{**asked, "options": {"num_predict": 60}}, format=schema)
    assert '"side"' in held.message.content, held
    tool = {"type": "function", "function": {"name": "get_price", "description": "", "parameters": PRICE}}
    assert client.chat(**asked, tools=[tool]).done
    first = client.generate(model=LLAMA, prompt=QUESTION, options={"num_predict": 8})
    assert first.response and client.generate(model=LLAMA, prompt="And?", context=first.context).response
    assert len(client.embed(model="nomic-embed-text", input=["a", "b"]).embeddings) == 2
    assert len(client.embeddings(model="all-minilm", prompt="a").embedding) == 384
    named = client.list().models[0].model
    assert client.show(named).capabilities and client.ps().models
    try:
        client.chat(model="nothing", messages=asked["messages"])
        raise AssertionError("It was not refused.")
    except ollama.ResponseError as error:
        assert error.status_code == 404
    try:
        client.push("nothing")
        raise AssertionError("It was not refused.")
    except ollama.ResponseError as error:
        assert "leaves this machine" in error.error


def llm_plugins():
    import os

    os.environ["OLLAMA_HOST"] = url
    os.environ["ANTHROPIC_BASE_URL"] = url
    import llm

    named = next(model.model_id for model in llm.get_models() if "smollm2" in model.model_id)
    model = llm.get_model(named)
    assert model.prompt(QUESTION, num_predict=8, stream=False).text()
    assert len(list(model.prompt(QUESTION, num_predict=8))) > 2
    claude = next(m for m in llm.get_models() if m.model_id.startswith("anthropic/claude"))
    claude.base_url = url
    claude.key = "local"
    assert claude.prompt(QUESTION, max_tokens=8, stream=False).text()


def langchain_anthropic():
    from langchain_anthropic import ChatAnthropic
    from pydantic import BaseModel, Field

    class Order(BaseModel):
        """An order."""

        pair: str = Field(max_length=8)
        lots: int = Field(gt=0, le=100)

    chat = ChatAnthropic(model_name=CLAUDE, base_url=url, api_key="local", max_tokens=120, max_retries=0)
    assert chat.with_structured_output(Order).invoke(ORDER).pair is not None
    assert chat.bind(max_tokens=8).invoke(QUESTION).content
    assert sum(1 for _ in chat.bind(max_tokens=8).stream(QUESTION)) > 2


def langchain_ollama():
    from langchain_ollama import ChatOllama, OllamaEmbeddings, OllamaLLM
    from pydantic import BaseModel, Field

    class Order(BaseModel):
        pair: str = Field(max_length=8)
        lots: int = Field(gt=0, le=100)

    chat = ChatOllama(model=LLAMA, base_url=url, num_predict=120, temperature=0)
    assert chat.with_structured_output(Order).invoke(ORDER).lots > 0
    short = ChatOllama(model=LLAMA, base_url=url, num_predict=8, temperature=0)
    assert short.invoke(QUESTION).content and sum(1 for _ in short.stream(QUESTION)) > 2
    assert OllamaLLM(model=LLAMA, base_url=url, num_predict=8).invoke("Gold is")
    assert len(OllamaEmbeddings(model="nomic-embed-text", base_url=url).embed_query("gold")) == 384


def llamaindex_ollama():
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.ollama import Ollama

    llm = Ollama(model=LLAMA, base_url=url, additional_kwargs={"num_predict": 8}, context_window=2048)
    asked = [ChatMessage(role="user", content=QUESTION)]
    assert llm.chat(asked).message.content
    assert sum(1 for _ in llm.stream_chat(asked)) > 2
    assert llm.complete("Gold is").text


def litellm_now():
    import os

    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    import litellm

    asked = {"messages": [{"role": "user", "content": QUESTION}], "max_tokens": 8, "num_retries": 0}
    for model in (f"anthropic/{CLAUDE}", f"ollama_chat/{LLAMA}", f"ollama/{LLAMA}"):
        said = litellm.completion(model=model, api_base=url, api_key="local", **asked)
        assert said.choices[0].message.content, model
        streamed = litellm.completion(model=model, api_base=url, api_key="local", stream=True, **asked)
        assert sum(1 for _ in streamed) > 2, model


def pydantic_ai_anthropic():
    from pydantic_ai import Agent
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    provider = AnthropicProvider(base_url=url, api_key="local")
    agent = Agent(AnthropicModel(CLAUDE, provider=provider), model_settings={"max_tokens": 16})
    assert agent.run_sync(QUESTION).output


globals()[sys.argv[1]]()
