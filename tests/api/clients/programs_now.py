"""Programs with the libraries of today that agree on what they need: of OpenAI, Anthropic and Ollama, LangChain, pydantic-ai,
OpenAI's agents. Model names are those of their documents."""

import json
from typing import Literal

import anthropic
import ollama
import openai
from checks import PRICE, Program, run
from pydantic import BaseModel

CLAUDE, LLAMA = "claude-opus-5", "llama3.2"
FUNCTION = {"name": "get_price", "description": "The price of a currency pair.", "parameters": PRICE}
TOOL = {"type": "function", "function": FUNCTION}


class Order(BaseModel):
    """An order."""

    pair: Literal["EURUSD", "XAUUSD"]
    lots: int


class openai_chat(Program):
    refusal = openai.NotFoundError

    def __init__(self, *given):
        super().__init__(*given)
        self.client = openai.OpenAI(base_url=f"{self.url}/v1", api_key="local", max_retries=0)

    def create(self, messages, **more):
        asked = {"model": self.model, "max_tokens": self.most_tokens, "temperature": 0, **more}
        return self.client.chat.completions.create(messages=messages, **asked)

    def ask(self, question):
        return self.create([{"role": "user", "content": question}]).choices[0].message.content

    def stream(self, question):
        with self.create([{"role": "user", "content": question}], stream=True) as chunks:
            for chunk in chunks:
                if chunk.choices and chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content

    def use_tool(self, question, get_price):
        messages = [{"role": "user", "content": question}]
        called = self.create(messages, tools=[TOOL]).choices[0].message
        messages.append(called)
        for call in called.tool_calls:
            result = get_price(**json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
        return self.create(messages, tools=[TOOL]).choices[0].message.content

    def order(self, question):
        asked = {"model": self.model, "max_tokens": self.most_tokens, "temperature": 0}
        messages = [{"role": "user", "content": question}]
        return self.client.chat.completions.parse(messages=messages, response_format=Order, **asked).choices[0].message.parsed

    def others(self):
        client = self.client
        assert self.create([{"role": "system", "content": "Say hi."}])._request_id.startswith("req_")
        assert len(client.completions.create(model="gpt-4o", prompt=["a", "b"], n=2, max_tokens=3).choices) == 4
        short = client.embeddings.create(model="text-embedding-3-small", input="gold", dimensions=64)
        assert len(short.data[0].embedding) == 64
        kept = self.create([{"role": "user", "content": "Hi"}], store=True)
        assert client.chat.completions.retrieve(kept.id).id == kept.id
        assert client.models.list().data[0].context_length > 0
        try:
            self.create([{"role": "user", "content": "Hi"}], temperature=9)
            raise AssertionError("It was not refused.")
        except openai.BadRequestError as error:
            assert error.param == "temperature", error


class openai_responses(openai_chat):
    def create(self, given, **more):
        asked = {"model": self.model, "max_output_tokens": self.most_tokens, "temperature": 0, **more}
        return self.client.responses.create(input=given, **asked)

    def ask(self, question):
        return self.create(question).output_text

    def stream(self, question):
        with self.create(question, stream=True) as events:
            for event in events:
                if event.type == "response.output_text.delta":
                    yield event.delta

    def use_tool(self, question, get_price):
        tools = [{"type": "function", "strict": False, **FUNCTION}]
        called = self.create(question, tools=tools)
        results = [
            {"type": "function_call_output", "call_id": item.call_id, "output": get_price(**json.loads(item.arguments))}
            for item in called.output
            if item.type == "function_call"
        ]
        return self.create(results, tools=tools, previous_response_id=called.id).output_text

    def order(self, question):
        asked = {"model": self.model, "max_output_tokens": self.most_tokens, "temperature": 0}
        return self.client.responses.parse(input=question, text_format=Order, **asked).output_parsed

    def others(self):
        tools = [{"type": "web_search"}, {"type": "function", "name": "f", "parameters": {"type": "object"}, "strict": False}]
        mixed = self.create("Hi", model="gpt-5-mini", reasoning={"effort": "low"}, tools=tools)
        assert mixed.reasoning.effort == "low" and len(mixed.tools) == 1, mixed
        with self.client.responses.stream(model="gpt-4.1", input="Hi", max_output_tokens=8) as stream:
            kinds = [event.type for event in stream]
        assert kinds[:2] == ["response.created", "response.in_progress"], kinds


class anthropic_messages(Program):
    model = CLAUDE
    refusal = anthropic.NotFoundError

    def __init__(self, *given):
        super().__init__(*given)
        self.client = anthropic.Anthropic(base_url=self.url, api_key="local", max_retries=0)

    def asked(self, question):
        messages = [{"role": "user", "content": question}]
        # It has no parameter for the temperature any more.
        greedy = {"temperature": 0}
        return {"model": self.model, "max_tokens": self.most_tokens, "messages": messages, "extra_body": greedy}

    def ask(self, question):
        return self.client.messages.create(**self.asked(question)).content[0].text

    def stream(self, question):
        with self.client.messages.stream(**self.asked(question)) as stream:
            yield from stream.text_stream

    def use_tool(self, question, get_price):
        runner = self.client.beta.messages.tool_runner(tools=[anthropic.beta_tool(get_price)], **self.asked(question))
        return runner.until_done().content[0].text

    def order(self, question):
        return self.client.messages.parse(**self.asked(question), output_format=Order).parsed_output

    def others(self):
        asked = self.asked("What is gold?")
        counted = self.client.messages.count_tokens(model="auto", messages=asked["messages"]).input_tokens
        usage = self.client.messages.create(**asked).usage
        assert usage.input_tokens + usage.cache_read_input_tokens == counted > 5, (usage, counted)
        assert self.client.models.list().data[0].type == "model"
        try:
            self.client.messages.create(**{**asked, "max_tokens": 0})
            raise AssertionError("It was not refused.")
        except anthropic.BadRequestError as error:
            assert "max_tokens" in str(error) and error.request_id.startswith("req_"), error


class ollama_chat(Program):
    model = LLAMA
    refusal = ollama.ResponseError

    def __init__(self, *given):
        super().__init__(*given)
        self.client = ollama.Client(host=self.url)

    def chat(self, messages, **more):
        options = {"num_predict": self.most_tokens, "temperature": 0}
        return self.client.chat(model=self.model, messages=messages, options=options, **more)

    def ask(self, question):
        return self.chat([{"role": "user", "content": question}]).message.content

    def stream(self, question):
        for part in self.chat([{"role": "user", "content": question}], stream=True):
            if part.message.content:
                yield part.message.content

    def use_tool(self, question, get_price):
        messages = [{"role": "user", "content": question}]
        said = self.chat(messages, tools=[get_price]).message
        messages.append(said)
        for call in said.tool_calls:
            result = get_price(**call.function.arguments)
            messages.append({"role": "tool", "tool_name": call.function.name, "content": result})
        return self.chat(messages, tools=[get_price]).message.content

    def order(self, question):
        said = self.chat([{"role": "user", "content": question}], format=Order.model_json_schema())
        return Order.model_validate_json(said.message.content)

    def others(self):
        first = self.client.generate(model=LLAMA, prompt="Hi", options={"num_predict": 8})
        assert first.response and self.client.generate(model=LLAMA, prompt="And?", context=first.context).response
        assert self.chat([{"role": "user", "content": "Hi"}], format="json").message.content is not None
        assert len(self.client.embed(model="nomic-embed-text", input=["a", "b"]).embeddings) == 2
        assert len(self.client.embeddings(model="all-minilm", prompt="a").embedding) == 384
        named = self.client.list().models[0].model
        assert self.client.show(named).capabilities and self.client.ps().models
        try:
            self.client.push("nothing")
            raise AssertionError("It was not refused.")
        except ollama.ResponseError as error:
            assert "leaves this machine" in error.error, error


class LangChain(Program):
    def chat(self):
        raise NotImplementedError

    def ask(self, question):
        return self.chat().invoke(question).text

    def stream(self, question):
        for piece in self.chat().stream(question):
            if piece.text:
                yield piece.text

    def use_tool(self, question, get_price):
        from langchain.agents import create_agent

        agent = create_agent(self.chat(), tools=[get_price])
        return agent.invoke({"messages": [{"role": "user", "content": question}]})["messages"][-1].text

    def order(self, question):
        return self.chat().with_structured_output(Order).invoke(question)


class langchain_openai(LangChain):
    refusal = openai.NotFoundError

    def chat(self):
        from langchain_openai import ChatOpenAI

        fields = {"base_url": f"{self.url}/v1", "api_key": "local", "max_retries": 0}
        return ChatOpenAI(model=self.model, max_tokens=self.most_tokens, temperature=0, **fields)

    def others(self):
        from langchain_core.messages import HumanMessage
        from langchain_openai import OpenAI, OpenAIEmbeddings

        fields = {"base_url": f"{self.url}/v1", "api_key": "local"}
        two = self.chat().model_copy(update={"n": 2}).generate([[HumanMessage("Hi")]])
        assert len(two.generations[0]) == 2, two
        assert len(OpenAI(max_tokens=4, **fields).batch(["one", "two"])) == 2
        # By default it sends token ids, which its tokenizer's file is needed for; this machine may be offline.
        assert len(OpenAIEmbeddings(check_embedding_ctx_length=False, **fields).embed_query("gold")) == 384


class langchain_anthropic(LangChain):
    model = CLAUDE
    refusal = anthropic.NotFoundError

    def chat(self):
        from langchain_anthropic import ChatAnthropic

        fields = {"base_url": self.url, "api_key": "local", "max_retries": 0}
        return ChatAnthropic(model_name=self.model, max_tokens=self.most_tokens, temperature=0, **fields)


class langchain_ollama(LangChain):
    model = LLAMA
    refusal = ollama.ResponseError

    def chat(self):
        from langchain_ollama import ChatOllama

        return ChatOllama(model=self.model, base_url=self.url, num_predict=self.most_tokens, temperature=0)

    def others(self):
        from langchain_ollama import OllamaEmbeddings, OllamaLLM

        assert OllamaLLM(model=LLAMA, base_url=self.url, num_predict=8).invoke("Gold is")
        assert len(OllamaEmbeddings(model="nomic-embed-text", base_url=self.url).embed_query("gold")) == 384


class PydanticAi(Program):
    def of_library(self):
        raise NotImplementedError

    def agent(self, **more):
        from pydantic_ai import Agent

        return Agent(self.of_library(), model_settings={"max_tokens": self.most_tokens, "temperature": 0}, **more)

    def ask(self, question):
        return self.agent().run_sync(question).output

    async def stream(self, question):
        async with self.agent().run_stream(question) as said:
            async for piece in said.stream_text(delta=True, debounce_by=None):
                yield piece

    def use_tool(self, question, get_price):
        return self.agent(tools=[get_price]).run_sync(question).output

    def order(self, question):
        return self.agent(output_type=Order, retries=0).run_sync(question).output

    @property
    def refusal(self):
        from pydantic_ai.exceptions import ModelHTTPError

        return ModelHTTPError


class pydantic_ai_openai(PydanticAi):
    def of_library(self):
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        return OpenAIChatModel(self.model, provider=OpenAIProvider(base_url=f"{self.url}/v1", api_key="local"))

    def others(self):
        assert self.agent(instructions="Say hi.").run_sync().output, "Instructions without a prompt."


class pydantic_ai_responses(PydanticAi):
    def of_library(self):
        from pydantic_ai.models.openai import OpenAIResponsesModel
        from pydantic_ai.providers.openai import OpenAIProvider

        return OpenAIResponsesModel(self.model, provider=OpenAIProvider(base_url=f"{self.url}/v1", api_key="local"))


class pydantic_ai_anthropic(PydanticAi):
    model = CLAUDE

    def of_library(self):
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        return AnthropicModel(self.model, provider=AnthropicProvider(base_url=self.url, api_key="local"))


class OpenAiAgents(Program):
    refusal = openai.NotFoundError
    kind = "OpenAIChatCompletionsModel"

    def agent(self, **more):
        import agents

        client = openai.AsyncOpenAI(base_url=f"{self.url}/v1", api_key="local", max_retries=0)
        settings = agents.ModelSettings(temperature=0, max_tokens=self.most_tokens)
        model = getattr(agents, self.kind)(self.model, client)
        return agents.Agent(name="Trader", model=model, model_settings=settings, **more)

    def ask(self, question, **more):
        import asyncio

        import agents

        return asyncio.run(agents.Runner.run(self.agent(**more), question)).final_output

    async def stream(self, question):
        import agents

        said = agents.Runner.run_streamed(self.agent(), question)
        try:
            async for event in said.stream_events():
                if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                    yield event.data.delta
        finally:
            said.cancel()

    def use_tool(self, question, get_price):
        import agents

        return self.ask(question, tools=[agents.function_tool(get_price)])

    def order(self, question):
        return self.ask(question, output_type=Order)


class openai_agents_chat(OpenAiAgents):
    pass


class openai_agents_responses(OpenAiAgents):
    kind = "OpenAIResponsesModel"

    def __init__(self, url, most_tokens=0, *given):
        # An answer that is cut is an error to this library.
        super().__init__(url, max(200, most_tokens), *given)


class haystack(Program):
    """A pipeline's parts; a stream is a function that is called."""

    without = ("error", "abort", "resume")

    def generator(self, **more):
        from haystack.components.generators.chat import OpenAIChatGenerator
        from haystack.utils import Secret

        fields = {"api_base_url": f"{self.url}/v1", "api_key": Secret.from_token("local"), "model": self.model}
        return OpenAIChatGenerator(generation_kwargs={"max_tokens": self.most_tokens, "temperature": 0}, **fields, **more)

    def ask(self, question):
        from haystack.dataclasses import ChatMessage

        return self.generator().run([ChatMessage.from_user(question)])["replies"][0].text

    def stream(self, question):
        from haystack.dataclasses import ChatMessage

        pieces = []
        self.generator(streaming_callback=lambda chunk: pieces.append(chunk.content)).run([ChatMessage.from_user(question)])
        yield from pieces

    def others(self):
        from haystack.components.embedders import OpenAITextEmbedder
        from haystack.utils import Secret

        embedder = OpenAITextEmbedder(api_base_url=f"{self.url}/v1", api_key=Secret.from_token("local"))
        assert len(embedder.run("gold")["embedding"]) == 384


if __name__ == "__main__":
    run(
        *(openai_chat, openai_responses, anthropic_messages, ollama_chat),
        *(langchain_openai, langchain_anthropic, langchain_ollama),
        *(pydantic_ai_openai, pydantic_ai_responses, pydantic_ai_anthropic),
        *(openai_agents_chat, openai_agents_responses, haystack),
    )
