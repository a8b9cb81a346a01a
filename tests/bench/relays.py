"""The relay that people write by hand, as the Python original of this program was one, and LiteLLM's proxy.

    python3 relays.py fastapi PORT UPSTREAM
    python3 relays.py litellm PORT UPSTREAM CONFIG
"""

import sys

kind, port, upstream = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def fastapi() -> None:
    import httpx
    import uvicorn
    from fastapi import FastAPI, Request
    from fastapi.responses import StreamingResponse

    app = FastAPI()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=1000)
    client = httpx.AsyncClient(limits=limits, timeout=60)

    @app.get("/health/liveliness")
    async def alive():
        return "ok"

    @app.post("/v1/chat/completions")
    async def chat(request: Request):
        body = await request.json()

        async def pieces():
            async with client.stream("POST", f"{upstream}/v1/chat/completions", json=body) as reply:
                async for piece in reply.aiter_bytes():
                    yield piece

        return StreamingResponse(pieces(), media_type="text/event-stream")

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


def litellm() -> None:
    from litellm import run_server

    sys.argv = ["litellm", "--config", sys.argv[4], "--host", "127.0.0.1", "--port", str(port)]
    run_server()


{"fastapi": fastapi, "litellm": litellm}[kind]()
