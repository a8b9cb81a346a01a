"""Programs with the libraries that need an older one of OpenAI's or Anthropic's: instructor, LiteLLM, LlamaIndex."""

import asyncio
import json
from typing import Literal

from checks import PRICE, Program, run
from pydantic import BaseModel

CLAUDE, LLAMA = "claude-opus-5", "llama3.2"
TOOL = {
    "type": "function",
    "function": {"name": "get_price", "description": "The price of a currency pair.", "parameters": PRICE},
}


class Order(BaseModel):
    """An order."""

    pair: Literal["EURUSD", "XAUUSD"]
    lots: int


class Instructor(Program):
    """It asks for objects, by a tool or a form; it runs no tools, and hands on no stream of text."""

    without = ("abort", "resume")

    def client(self):
        raise NotImplementedError

    def refusal_of(self):
        import openai

        return openai.NotFoundError

    @property
    def refusal(self):
        from instructor.core.exceptions import InstructorRetryException

        return InstructorRetryException, self.refusal_of()

    def asked(self, question):
        messages = [{"role": "user", "content": question}]
        return {"messages": messages, "model": self.model, "max_tokens": self.most_tokens, "temperature": 0, "max_retries": 0}

    def order(self, question):
        return self.client().create(response_model=Order, **self.asked(question))

    def stream(self, question):
        """As much of the object as there is."""
        for part in self.client().create_partial(response_model=Order, **{**self.asked(question), "max_tokens": 200}):
            yield str(part)


class instructor_openai(Instructor):
    def client(self):
        import instructor
        import openai

        client = openai.OpenAI(base_url=f"{self.url}/v1", api_key="local", max_retries=0)
        return instructor.from_openai(client, mode=instructor.Mode.TOOLS)


class instructor_openai_schema(instructor_openai):
    def client(self):
        import instructor
        import openai

        client = openai.OpenAI(base_url=f"{self.url}/v1", api_key="local", max_retries=0)
        return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)


class instructor_ollama(Instructor):
    model = LLAMA

    def client(self):
        import instructor

        return instructor.from_provider(f"ollama/{self.model}", base_url=f"{self.url}/v1")


class instructor_anthropic(Instructor):
    model = CLAUDE

    def client(self):
        import anthropic
        import instructor

        return instructor.from_anthropic(anthropic.Anthropic(base_url=self.url, api_key="local", max_retries=0))

    def refusal_of(self):
        import anthropic

        return anthropic.NotFoundError


class LiteLlm(Program):
    provider = "openai"

    @property
    def refusal(self):
        import litellm

        return litellm.NotFoundError

    def complete(self, messages, **more):
        import litellm

        address = f"{self.url}/v1" if self.provider == "openai" else self.url
        asked = {"api_base": address, "api_key": "local", "max_tokens": self.most_tokens, "temperature": 0, "num_retries": 0}
        return litellm.completion(model=f"{self.provider}/{self.model}", messages=messages, **asked, **more)

    def ask(self, question):
        return self.complete([{"role": "user", "content": question}]).choices[0].message.content

    def stream(self, question):
        chunks = self.complete([{"role": "user", "content": question}], stream=True)
        try:
            for chunk in chunks:
                if chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content
        finally:
            chunks.close()

    def use_tool(self, question, get_price):
        messages = [{"role": "user", "content": question}]
        called = self.complete(messages, tools=[TOOL]).choices[0].message
        messages.append(called)
        for call in called.tool_calls:
            result = get_price(**json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
        return self.complete(messages, tools=[TOOL]).choices[0].message.content

    def order(self, question):
        said = self.complete([{"role": "user", "content": question}], response_format=Order)
        return Order.model_validate_json(said.choices[0].message.content)


class litellm_openai(LiteLlm):
    pass


class litellm_anthropic(LiteLlm):
    # It knows which of them take a temperature.
    model, provider = "claude-sonnet-4-5", "anthropic"


class litellm_ollama(LiteLlm):
    model, provider = LLAMA, "ollama_chat"

    def others(self):
        self.provider = "ollama"
        assert self.ask("What is gold?")


class LlamaIndex(Program):
    def llm(self):
        raise NotImplementedError

    def ask(self, question):
        from llama_index.core.llms import ChatMessage

        return self.llm().chat([ChatMessage(role="user", content=question)]).message.content

    def stream(self, question):
        from llama_index.core.llms import ChatMessage

        pieces = self.llm().stream_chat([ChatMessage(role="user", content=question)])
        try:
            for piece in pieces:
                if piece.delta:
                    yield piece.delta
        finally:
            pieces.close()

    def use_tool(self, question, get_price):
        from llama_index.core.agent.workflow import FunctionAgent

        async def run_agent():
            return await FunctionAgent(tools=[get_price], llm=self.llm(), streaming=False).run(question)

        return str(asyncio.run(run_agent()))

    def order(self, question):
        return self.llm().as_structured_llm(Order).complete(question).raw


class llamaindex_openai(LlamaIndex):
    @property
    def refusal(self):
        import openai

        return openai.NotFoundError

    def llm(self):
        from llama_index.llms.openai_like import OpenAILike

        fields = {"api_base": f"{self.url}/v1", "api_key": "local", "max_retries": 0, "context_window": 30_000}
        kind = {"is_chat_model": True, "is_function_calling_model": True}
        return OpenAILike(model=self.model, max_tokens=self.most_tokens, temperature=0, **fields, **kind)

    def others(self):
        from llama_index.embeddings.openai import OpenAIEmbedding
        from llama_index.llms.openai_like import OpenAILike

        fields = {"api_base": f"{self.url}/v1", "api_key": "local"}
        text = OpenAILike(model="gpt-4o", is_chat_model=False, max_tokens=8, **fields)
        assert text.complete("Gold is").text
        assert len(OpenAIEmbedding(**fields).get_text_embedding("gold")) == 384


class llamaindex_anthropic(LlamaIndex):
    model, has_own_list = CLAUDE, True

    @property
    def refusal(self):
        import anthropic

        return anthropic.BadRequestError

    def llm(self):
        from llama_index.llms.anthropic import Anthropic

        fields = {"base_url": self.url, "api_key": "local", "max_retries": 0}
        return Anthropic(model=self.model, max_tokens=self.most_tokens, temperature=0, **fields)


class llamaindex_ollama(LlamaIndex):
    model = LLAMA

    @property
    def refusal(self):
        import ollama

        return ollama.ResponseError

    def llm(self):
        from llama_index.llms.ollama import Ollama

        fields = {"additional_kwargs": {"num_predict": self.most_tokens}, "context_window": 2048}
        return Ollama(model=self.model, base_url=self.url, temperature=0, **fields)

    def others(self):
        assert self.llm().complete("Gold is").text


if __name__ == "__main__":
    run(
        *(instructor_openai, instructor_openai_schema, instructor_ollama, instructor_anthropic),
        *(litellm_openai, litellm_anthropic, litellm_ollama),
        *(llamaindex_openai, llamaindex_anthropic, llamaindex_ollama),
    )
