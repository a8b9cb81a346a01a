"""The Model Context Protocol by its SDK for Python: as a client of this program, and as a server whose tools an answer calls."""

import asyncio
import json
import os
import sys
import urllib.request
from pathlib import Path

from checks import run
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parents[3]


def sent(address, body, method="POST"):
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


class mcp_http:
    @staticmethod
    def place(url):
        return f"{url}/mcp"

    @classmethod
    def called(cls, url, name, given):
        async def call():
            async with Client(cls.place(url)) as client:
                assert name in [tool.name for tool in (await client.list_tools()).tools]
                return await client.call_tool(name, given)

        return asyncio.run(call())

    @classmethod
    def computed(cls, url):
        listed = cls.called(url, "list_calculators", {}).structured_content["calculators"]
        return cls.called(url, "compute", {"calculator": listed[0]["name"], "inputs": listed[0]["example"]})

    @classmethod
    def check_tools(cls, real, scripted):
        said = cls.computed(real)
        assert not said.is_error and said.content[0].text, said

    @classmethod
    def check_schema(cls, real, scripted):
        """The SDK holds what is told in figures against the schema that the tool has."""
        results = cls.computed(real).structured_content["results"]
        assert results[0]["formula"] and results[0]["source"], results

    @classmethod
    def check_error(cls, real, scripted):
        said = cls.called(real, "compute", {"calculator": "magic", "inputs": {}})
        assert said.is_error and "cagr" in said.content[0].text, said


class mcp_stdio(mcp_http):
    """`bun run mcp`, as programs start it that launch their servers."""

    @staticmethod
    def place(url):
        environment = {**os.environ, "PORT": url.rsplit(":", 1)[1], "HOST": "127.0.0.1"}
        words = [str(ROOT / "src/terminal/mcp.ts")]
        return StdioServerParameters(command=os.environ.get("BUN", "bun"), args=words, env=environment)


class mcp_server:
    @staticmethod
    def check_tools(real, scripted):
        made = sent(
            f"{scripted}/api/tool-servers",
            {
                **{"name": "prices", "kind": "stdio", "command": sys.executable, "args": [__file__, "serve"]},
                "secrets": {"PYTHONPATH": os.environ["PYTHONPATH"]},
            },
        )
        found = sent(f"{scripted}/api/tool-servers/{made['id']}/restart", {})
        assert [tool["name"] for tool in found["tools"]] == ["get_price"], found
        rule = {"server": made["id"], "tool": "get_price", "rule": "allow"}
        sent(f"{scripted}/api/tools/rules", rule, "PUT")
        begun = sent(f"{scripted}/chat", {"message": "Hello"})
        conversation = begun["conversation_id"]
        servers = {"servers": [made["id"]]}
        sent(f"{scripted}/api/conversations/{conversation}/tool-servers", servers, "PUT")
        asked = {"message": "What does EURUSD cost?", "conversation_id": conversation, "tools": True}
        said = sent(f"{scripted}/chat", asked)
        assert "It costs" in said["response"] and "1.0842" in said["response"], said


def serve():
    from mcp.server.mcpserver import MCPServer

    server = MCPServer("prices")

    @server.tool()
    def get_price(pair: str) -> str:
        """The price of a currency pair."""
        assert pair == "EURUSD"
        return "1.0842"

    server.run()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        run(mcp_http, mcp_stdio, mcp_server)
