"""What is looked at of each program in Python: the same seven things, whatever its library.

A program is a class: `ask`, `stream`, `use_tool`, `order` and `refusal` say how its library does it, and the checks below are made of
those. A program that lacks one has no such check; table.ts says why. Two servers are there: one has a real model, the other a script
that calls the tool that it is offered and counts as far as it is asked to (scripted-app.ts).

usage: python PROGRAMS.py REAL_URL SCRIPTED_URL [NAME]   writes a line of JSON for each check
"""

import asyncio
import gc
import inspect
import json
import os
import signal
import sys
import time
import traceback
import urllib.request

# Short enough that an answer may come to its own end.
QUESTION = "What is 2 + 2?"
ORDER = "Order two lots of EURUSD."
PRICE = {"type": "object", "properties": {"pair": {"type": "string"}}, "required": ["pair"]}
# A library may ask for what is there before it asks the model.
LONGEST_SECONDS = 120
COUNTED, ENDLESS = 150, 20_000

os.environ.update(
    OPENAI_API_KEY="local",
    ANTHROPIC_API_KEY="local",
    HAYSTACK_TELEMETRY_ENABLED="False",
    LITELLM_LOCAL_MODEL_COST_MAP="True",
    OPENAI_AGENTS_DISABLE_TRACING="1",
)


class Program:
    """How one library is used. `url` has no /v1."""

    # As its documents have it.
    model = "gpt-4o-mini"
    # A library that has a list of its own of the models that there are never asks for another.
    has_own_list = False
    refusal: type[BaseException] | tuple[type[BaseException], ...]

    def __init__(self, url, most_tokens=8, model=None):
        self.url, self.most_tokens = url, most_tokens
        self.model = model or self.model


class Heard:
    """The id of the answer that came last, from the client of HTTP below the libraries: few of them hand headers on."""

    generation = None

    @classmethod
    def note(cls, response):
        cls.generation = response.headers.get("x-generation-id", cls.generation)
        return response

    @classmethod
    def listen(cls):
        for name in ("httpx", "httpx2"):
            try:
                library = __import__(name)
            except ImportError:
                continue
            cls._listen_to(library)

    @classmethod
    def _listen_to(cls, library):
        send, asend = library.Client.send, library.AsyncClient.send

        async def anoted(self, *given, **named):
            return cls.note(await asend(self, *given, **named))

        library.Client.send = lambda self, *given, **named: cls.note(send(self, *given, **named))
        library.AsyncClient.send = anoted


def pieces_of(program, question, most=None):
    """What a stream says; one that is not read to its end is closed as its library closes it."""
    if inspect.isasyncgenfunction(program.stream):

        async def read():
            pieces, stream = [], program.stream(question)
            async for piece in stream:
                pieces.append(piece)
                if len(pieces) == most:
                    break
            await stream.aclose()
            return pieces

        return asyncio.run(read())
    pieces, stream = [], program.stream(question)
    for piece in stream:
        pieces.append(piece)
        if len(pieces) == most:
            break
    stream.close()
    return pieces


def got(address):
    with urllib.request.urlopen(address) as reply:
        return reply.read().decode()


def events_of(url, generation, after=None):
    """The text of an answer behind an event, and how it ended."""
    told = got(f"{url}/generations/{generation}/events" + ("" if after is None else f"?after={after}"))
    assert told.endswith("data: [DONE]\n\n"), told[-200:]
    data = [line[6:] for line in told.split("\n") if line.startswith("data: {")]
    choices = [json.loads(each)["choices"][0] for each in data]
    text = "".join(choice["delta"].get("content") or "" for choice in choices)
    return text, choices[-1]["finish_reason"]


class Checks:
    def __init__(self, real, scripted):
        self.real, self.scripted = real, scripted
        # What was left, by the program that left it: whether it was stopped is seen at the end, and waited for once.
        self.left = {}

    def of(self, kind):
        return {
            "plain": "ask",
            "streamed": "stream",
            "tools": "use_tool",
            "schema": "order",
            "error": "refusal",
            "abort": "stream",
            "resume": "stream",
            "others": "others",
        }[kind]

    def plain(self, kind):
        said = kind(self.real).ask(QUESTION)
        assert isinstance(said, str) and said.strip(), said

    def streamed(self, kind):
        pieces = pieces_of(kind(self.real), QUESTION)
        assert len(pieces) > 2 and "".join(pieces).strip(), pieces

    def tools(self, kind):
        """The library calls the function and sends back what it gave; the answer is made of that."""
        asked = []

        def get_price(pair: str) -> str:
            """The price of a currency pair."""
            asked.append(pair)
            return "1.0842"

        said = kind(self.scripted, 400).use_tool("What does EURUSD cost?", get_price)
        assert asked == ["EURUSD"], asked
        assert "It costs" in said and "1.0842" in said, said

    def schema(self, kind):
        order = kind(self.real, 200).order(ORDER)
        order = order if isinstance(order, dict) else order.model_dump()
        assert order["pair"] in ("EURUSD", "XAUUSD") and isinstance(order["lots"], int), order

    def error(self, kind):
        """What the server refuses is the library's own error, with the server's sentence."""
        program = kind(self.real) if kind.has_own_list else kind(self.real, 8, "nothing")
        ask = program.ask if hasattr(program, "ask") else program.order
        try:
            said = ask("gold " * 4000 if kind.has_own_list else QUESTION)
        except program.refusal as error:
            sentence = "but the model holds" if kind.has_own_list else "Known models:"
            assert sentence in str(error), f"{type(error).__name__}: {error}"
            return
        raise AssertionError(f"It was not refused: {said}")

    def abort(self, kind):
        Heard.generation = None
        assert pieces_of(kind(self.scripted, 30_000), f"Count to {ENDLESS}.", most=3)
        assert Heard.generation is not None, "There is no X-Generation-Id."
        self.left[kind.__name__] = Heard.generation

    def resume(self, kind):
        """The whole answer can be read though its reader has left, and what is behind an event of it."""
        Heard.generation = None
        begun = "".join(pieces_of(kind(self.scripted, 4000), f"Count to {COUNTED}.", most=3))
        whole, _ = events_of(self.scripted, Heard.generation)
        assert whole == " ".join(str(at + 1) for at in range(COUNTED)), whole
        assert begun and whole.startswith(begun.lstrip()), begun
        rest, _ = events_of(self.scripted, Heard.generation, after=40)
        assert whole == " ".join(str(at + 1) for at in range(40)) + rest, rest

    def others(self, kind):
        """What its library does besides."""
        kind(self.real).others()

    def stopped(self, name):
        text, _ = events_of(self.scripted, self.left[name])
        assert not text.endswith(str(ENDLESS)), "It was written to its end."

    def until_idle(self):
        # Not every library closes what it reads: LlamaIndex leaves Anthropic's stream to the collector.
        gc.collect()
        for _ in range(150):
            if json.loads(got(f"{self.scripted}/health"))["answers"]["unfinished"] == 0:
                return
            time.sleep(0.1)
        raise AssertionError("Nobody reads it, and it is still written.")


CHECKS = ("plain", "streamed", "tools", "schema", "error", "abort", "resume", "others")


class TooLong(BaseException):
    pass


def tell(program, check, check_it):
    def too_long(*_):
        raise TooLong(f"more than {LONGEST_SECONDS} s")

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_SECONDS)
    begun, problem = time.monotonic(), None
    try:
        check_it()
    except (Exception, TooLong) as error:
        problem = f"{type(error).__name__}: {error}"
        traceback.print_exc()
    finally:
        signal.alarm(0)
    seconds = round(time.monotonic() - begun, 1)
    print(json.dumps({"program": program, "check": check, "problem": problem, "seconds": seconds}), flush=True)


def run(*programs):
    """One that is no program of this kind has checks of its own, as check_NAME of both servers."""
    real, scripted, *only = sys.argv[1:]
    Heard.listen()
    checks = Checks(real, scripted)
    for program in programs:
        name = program.__name__
        if only and name not in only:
            continue
        for check in CHECKS:
            if own := getattr(program, f"check_{check}", None):
                tell(name, check, lambda own=own: own(real, scripted))
            elif check != "abort" and hasattr(program, checks.of(check)) and check not in getattr(program, "without", ()):
                tell(name, check, lambda check=check, program=program: getattr(checks, check)(program))
        if hasattr(program, "stream") and "abort" not in getattr(program, "without", ()):
            try:
                checks.abort(program)
            except Exception as error:
                checks.left[name] = error
                traceback.print_exc()
    idle = None
    try:
        if checks.left:
            checks.until_idle()
    except AssertionError as error:
        idle = error
    for name, left in checks.left.items():

        def stopped(name=name, left=left):
            if isinstance(left, Exception):
                raise left
            if idle is not None:
                raise idle
            checks.stopped(name)

        tell(name, "abort", stopped)
