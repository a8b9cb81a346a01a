"""`llm` and its plugins, which find their servers by variables of the environment."""

import os
from typing import Literal

from checks import Program, run
from pydantic import BaseModel


class Order(BaseModel):
    """An order."""

    pair: Literal["EURUSD", "XAUUSD"]
    lots: int


class Llm(Program):
    tokens_option = "max_tokens"

    def of_library(self):
        raise NotImplementedError

    @property
    def limit(self):
        return {self.tokens_option: self.most_tokens, "temperature": 0}

    def ask(self, question):
        return self.of_library().prompt(question, stream=False, **self.limit).text()

    def stream(self, question):
        yield from self.of_library().prompt(question, **self.limit)

    def use_tool(self, question, get_price):
        return self.of_library().chain(question, tools=[get_price], options=self.limit).text()

    def order(self, question):
        said = self.of_library().prompt(question, schema=Order, stream=False, **self.limit)
        return Order.model_validate_json(said.text())


class llm_openai(Llm):
    @property
    def refusal(self):
        import openai

        return openai.NotFoundError

    def of_library(self):
        from llm.default_plugins.openai_models import Chat

        model = Chat("local", model_name=self.model, api_base=f"{self.url}/v1", supports_tools=True, supports_schema=True)
        model.key = "local"
        return model


class llm_anthropic(Llm):
    model = "claude-opus-5"

    @property
    def refusal(self):
        import anthropic

        return anthropic.NotFoundError

    def of_library(self):
        import llm_anthropic as plugin

        model = plugin.ClaudeMessages(self.model, use_structured_outputs=True)
        model.base_url, model.key = self.url, "local"
        return model


class llm_ollama(Llm):
    model, tokens_option = "llama3.2", "num_predict"

    @property
    def refusal(self):
        import ollama

        return ollama.ResponseError

    def of_library(self):
        from llm_ollama.models.chat import OllamaChatModel

        os.environ["OLLAMA_HOST"] = self.url
        return OllamaChatModel(model_id=self.model, ollama_name=self.model, capabilities=["tools"])

    def others(self):
        """What there is, it asks the server."""
        import llm

        os.environ["OLLAMA_HOST"] = self.url
        found = next(model for model in llm.get_models() if "smollm2" in model.model_id)
        assert found.prompt("Hi", num_predict=8, stream=False).text()


if __name__ == "__main__":
    run(llm_openai, llm_anthropic, llm_ollama)
