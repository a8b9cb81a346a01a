"""What programs do with the libraries that people use, each a function named as in suite.ts; they take the base URL.

A step that fails raises; suite.ts shows the last line of what was raised. Model names are left as the libraries have them.
"""

import asyncio
import sys

url = sys.argv[2]
QUESTION = "What is gold?"


def openai_028():
    import openai

    openai.api_base, openai.api_key = url, "local"
    said = openai.ChatCompletion.create(
        model="gpt-3.5-turbo",
        messages=[{"role": "user", "content": "What does EURUSD cost?"}],
        functions=[{"name": "price", "parameters": {"type": "object", "properties": {"pair": {"type": "string"}}}}],
        function_call={"name": "price"},
        max_tokens=60,
        temperature=0,
    )
    assert said.choices[0].message.function_call.name == "price", said
    pieces = openai.ChatCompletion.create(
        model="gpt-3.5-turbo", messages=[{"role": "user", "content": QUESTION}], max_tokens=8, stream=True
    )
    assert sum(1 for _ in pieces) > 3
    assert openai.Completion.create(model="gpt-3.5-turbo", prompt=["a", "b"], max_tokens=3).choices[1].index == 1
    assert len(openai.Embedding.create(model="text-embedding-ada-002", input="gold").data[0].embedding) == 384


def openai_13():
    from openai import OpenAI

    client = OpenAI(base_url=url, api_key="local")
    said = client.chat.completions.create(
        model="gpt-4", messages=[{"role": "user", "content": QUESTION}], n=2, max_tokens=8
    )
    assert [choice.index for choice in said.choices] == [0, 1]
    assert len(client.embeddings.create(model="text-embedding-ada-002", input=["a", "b"]).data) == 2


def openai_now():
    from openai import OpenAI
    from pydantic import BaseModel, Field

    class Order(BaseModel):
        pair: str = Field(max_length=8)
        lots: int = Field(gt=0, le=100)

    client = OpenAI(base_url=url, api_key="local")
    ordered = client.chat.completions.parse(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": "Order two lots of EURUSD."}],
        response_format=Order,
        max_tokens=200,
        temperature=0,
    )
    assert ordered.choices[0].message.parsed.lots > 0
    assert ordered._request_id.startswith("req_")
    alone = client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "system", "content": "Say hi."}], max_tokens=8
    )
    assert alone.choices[0].message.content
    with client.responses.stream(model="gpt-4.1", input=QUESTION, max_output_tokens=8) as stream:
        kinds = [event.type for event in stream]
    assert kinds[:2] == ["response.created", "response.in_progress"], kinds
    mixed = client.responses.create(
        model="gpt-5-mini",
        input=QUESTION,
        max_output_tokens=8,
        reasoning={"effort": "low"},
        tools=[{"type": "web_search"}, {"type": "function", "name": "f", "parameters": {"type": "object"}, "strict": False}],
    )
    assert mixed.reasoning.effort == "low" and len(mixed.tools) == 1
    assert len(client.completions.create(model="gpt-4o", prompt=["a", "b"], n=2, max_tokens=3).choices) == 4
    short = client.embeddings.create(model="text-embedding-3-small", input="gold", dimensions=64)
    assert len(short.data[0].embedding) == 64
    kept = client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": QUESTION}], max_tokens=4, store=True
    )
    assert client.chat.completions.retrieve(kept.id).id == kept.id
    assert client.models.list().data[0].context_length > 0


def langchain():
    from langchain_core.messages import HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI, OpenAI, OpenAIEmbeddings
    from pydantic import BaseModel, Field

    class Order(BaseModel):
        pair: str = Field(max_length=8)
        lots: int = Field(gt=0, le=100)

    chat = ChatOpenAI(base_url=url, api_key="local", max_tokens=120, temperature=0)
    assert chat.with_structured_output(Order).invoke("Order two lots of EURUSD.").lots > 0
    assert chat.invoke([SystemMessage("Say hi.")]).content
    both = ChatOpenAI(base_url=url, api_key="local", max_tokens=8, n=2).generate([[HumanMessage(QUESTION)]])
    assert len(both.generations[0]) == 2
    assert sum(1 for _ in chat.bind(max_tokens=8).stream(QUESTION)) > 2
    batch = OpenAI(base_url=url, api_key="local", max_tokens=4).batch(["one", "two"])
    assert len(batch) == 2
    # By default it sends token ids, which its tokenizer's file is needed for; this machine may be offline.
    embedding = OpenAIEmbeddings(base_url=url, api_key="local", check_embedding_ctx_length=False)
    assert len(embedding.embed_query("gold")) == 384


def instructor():
    import instructor as library
    from openai import OpenAI
    from pydantic import BaseModel, Field

    class Order(BaseModel):
        pair: str = Field(max_length=8)
        lots: int = Field(gt=0, le=100)

    for mode in (library.Mode.TOOLS, library.Mode.TOOLS_STRICT, library.Mode.JSON_SCHEMA):
        client = library.from_openai(OpenAI(base_url=url, api_key="local"), mode=mode)
        order = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": "Order two lots of EURUSD."}],
            response_model=Order,
            max_tokens=200,
            temperature=0,
        )
        assert order.lots > 0, mode


def pydantic_ai():
    from pydantic_ai import Agent
    from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
    from pydantic_ai.providers.openai import OpenAIProvider

    provider = OpenAIProvider(base_url=url, api_key="local")
    for model in (OpenAIChatModel, OpenAIResponsesModel):
        agent = Agent(model("gpt-4o", provider=provider), instructions="Say hi.", model_settings={"max_tokens": 16})
        assert agent.run_sync("Hello").output
    # Instructions without a prompt.
    alone = Agent(OpenAIChatModel("gpt-4o", provider=provider), instructions="Say hi.", model_settings={"max_tokens": 16})
    assert alone.run_sync().output


def llm():
    from llm.default_plugins.openai_models import Chat

    model = Chat("local", model_name="gpt-4o-mini", api_base=url)
    model.key = "local"
    assert model.prompt(QUESTION, max_tokens=8, stream=False).text()
    assert model.prompt("", system="Say hi.", max_tokens=8, stream=True).text()


def agents():
    from agents import Agent, ModelSettings, OpenAIChatCompletionsModel, OpenAIResponsesModel, Runner, set_tracing_disabled
    from openai import AsyncOpenAI

    set_tracing_disabled(True)
    client = AsyncOpenAI(base_url=url, api_key="local")

    async def run():
        for kind in (OpenAIChatCompletionsModel, OpenAIResponsesModel):
            agent = Agent(
                name="a",
                instructions="Answer in one word.",
                model=kind("gpt-4.1", client),
                model_settings=ModelSettings(temperature=0, max_tokens=200),
            )
            assert (await Runner.run(agent, "Say hi.")).final_output

    asyncio.run(run())


def haystack():
    from haystack.components.embedders import OpenAITextEmbedder
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.dataclasses import ChatMessage
    from haystack.utils import Secret

    key = Secret.from_token("local")
    chat = OpenAIChatGenerator(api_base_url=url, api_key=key, generation_kwargs={"max_tokens": 8, "n": 2})
    assert len(chat.run([ChatMessage.from_user(QUESTION)])["replies"]) == 2
    assert len(OpenAITextEmbedder(api_base_url=url, api_key=key).run("gold")["embedding"]) == 384


def llamaindex():
    from llama_index.core.llms import ChatMessage
    from llama_index.embeddings.openai import OpenAIEmbedding
    from llama_index.llms.openai_like import OpenAILike

    llm = OpenAILike(model="gpt-4o", api_base=url, api_key="local", is_chat_model=True, max_tokens=8)
    assert llm.chat([ChatMessage(role="user", content=QUESTION)]).message.content
    assert sum(1 for _ in llm.stream_chat([ChatMessage(role="user", content=QUESTION)])) > 2
    text = OpenAILike(model="gpt-4o", api_base=url, api_key="local", is_chat_model=False, max_tokens=8)
    assert text.complete("Gold is").text
    assert len(OpenAIEmbedding(api_base=url, api_key="local").get_text_embedding("gold")) == 384


globals()[sys.argv[1]]()
