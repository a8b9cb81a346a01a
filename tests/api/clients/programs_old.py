"""Versions of OpenAI's package that old programs have not left: 0.28, which has no client, and 1.3."""

import openai
from checks import PRICE, Program, run


class openai_028(Program):
    model = "gpt-3.5-turbo"
    without = ("abort", "resume")

    @property
    def refusal(self):
        return openai.error.InvalidRequestError

    def create(self, messages, **more):
        openai.api_base, openai.api_key = f"{self.url}/v1", "local"
        asked = {"model": self.model, "max_tokens": self.most_tokens, "temperature": 0, **more}
        return openai.ChatCompletion.create(messages=messages, **asked)

    def ask(self, question):
        return self.create([{"role": "user", "content": question}]).choices[0].message.content

    def stream(self, question):
        for chunk in self.create([{"role": "user", "content": question}], stream=True):
            if chunk.choices[0].delta.get("content"):
                yield chunk.choices[0].delta.content

    def use_tool(self, question, get_price):
        import json

        messages = [{"role": "user", "content": question}]
        functions = [{"name": "get_price", "parameters": PRICE}]
        called = self.create(messages, functions=functions).choices[0].message
        result = get_price(**json.loads(called.function_call.arguments))
        messages += [called, {"role": "function", "name": called.function_call.name, "content": result}]
        return self.create(messages, functions=functions).choices[0].message.content

    def others(self):
        openai.api_base, openai.api_key = f"{self.url}/v1", "local"
        assert openai.Completion.create(model=self.model, prompt=["a", "b"], max_tokens=3).choices[1].index == 1
        assert len(openai.Embedding.create(model="text-embedding-ada-002", input="gold").data[0].embedding) == 384


class openai_13(Program):
    model = "gpt-4"

    def __init__(self, *given):
        super().__init__(*given)
        self.client = openai.OpenAI(base_url=f"{self.url}/v1", api_key="local", max_retries=0)

    @property
    def refusal(self):
        return openai.NotFoundError

    def create(self, messages, **more):
        asked = {"model": self.model, "max_tokens": self.most_tokens, "temperature": 0, **more}
        return self.client.chat.completions.create(messages=messages, **asked)

    def ask(self, question):
        return self.create([{"role": "user", "content": question}]).choices[0].message.content

    def stream(self, question):
        chunks = self.create([{"role": "user", "content": question}], stream=True)
        try:
            for chunk in chunks:
                if chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content
        finally:
            chunks.response.close()

    def use_tool(self, question, get_price):
        import json

        messages = [{"role": "user", "content": question}]
        tools = [{"type": "function", "function": {"name": "get_price", "parameters": PRICE}}]
        called = self.create(messages, tools=tools).choices[0].message
        messages.append(called)
        for call in called.tool_calls:
            result = get_price(**json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
        return self.create(messages, tools=tools).choices[0].message.content

    def others(self):
        two = self.create([{"role": "user", "content": "Hi"}], n=2)
        assert [choice.index for choice in two.choices] == [0, 1]
        assert len(self.client.embeddings.create(model="text-embedding-ada-002", input=["a", "b"]).data) == 2


if __name__ == "__main__":
    run(openai_028, openai_13)
