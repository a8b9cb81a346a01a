"""Real prices out of packages of PyPI, and what TA-Lib and talipp compute of them. Asked by reference.ts; it knows nothing of our code."""
import csv
import gzip
import io
import json
import os
import sys

import numpy as np
import talib
from talipp.indicators import SuperTrend
from talipp.ohlcv import OHLCV


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def series(folder):
    found = {}
    for name in ("sp500", "nasdaq"):
        path = os.path.join(folder, "arch", "data", name, name + ".csv.gz")
        with gzip.open(path, "rt") as file:
            rows = [row for row in csv.DictReader(file) if row["Close"]]
        found[name] = {key.lower(): column(rows, key) for key in ("Open", "High", "Low", "Close", "Volume")}
    with open(os.path.join(folder, "vega_datasets", "_data", "stocks.csv")) as file:
        rows = list(csv.DictReader(file))
    for symbol in ("IBM", "AMZN"):
        price = np.array([float(row["price"]) for row in rows if row["symbol"] == symbol])
        # Closes alone: what needs a range is not asked of them.
        found[symbol] = {"close": price}
    with open(os.path.join(folder, "vega_datasets", "_data", "ohlc.json")) as file:
        rows = json.load(file)
    found["ohlc"] = {key: column(rows, key) for key in ("open", "high", "low", "close")}
    return found


def reference(bars):
    close = bars["close"]
    upper, middle, lower = talib.BBANDS(close, 20, 2, 2)
    macd, signal, histogram = talib.MACD(close, 12, 26, 9)
    lines = {
        "sma": talib.SMA(close, 20),
        "ema": talib.EMA(close, 20),
        "wma": talib.WMA(close, 20),
        "rsi": talib.RSI(close, 14),
        "bollinger/upper-band": upper,
        "bollinger/middle-band": middle,
        "bollinger/lower-band": lower,
        "macd": macd,
        "macd/macd-signal": signal,
        "macd/macd-histogram": histogram,
    }
    if "high" not in bars:
        return lines
    high, low = bars["high"], bars["low"]
    k, d = talib.STOCH(high, low, close, 14, 3, 0, 3, 0)
    lines |= {
        "atr": talib.ATR(high, low, close, 14),
        "adx": talib.ADX(high, low, close, 14),
        "adx/plus-di": talib.PLUS_DI(high, low, close, 14),
        "adx/minus-di": talib.MINUS_DI(high, low, close, 14),
        "stochastic/stochastic-k": k,
        "stochastic/stochastic-d": d,
        "cci": talib.CCI(high, low, close, 20),
        "psar": talib.SAR(high, low, 0.02, 0.2),
        "donchian/upper-band": talib.MAX(high, 20),
        "donchian/lower-band": talib.MIN(low, 20),
        "ichimoku/conversion": talib.MIDPRICE(high, low, 9),
        "ichimoku/base": talib.MIDPRICE(high, low, 26),
    }
    atr = talib.ATR(high, low, close, 10)
    lines |= {
        "keltner/upper-band": talib.EMA(close, 20) + 2 * atr,
        "keltner/lower-band": talib.EMA(close, 20) - 2 * atr,
    }
    trend = SuperTrend(10, 3, [OHLCV(*bar) for bar in zip(bars["open"], high, low, close)])
    lines["supertrend"] = np.array([np.nan if bar is None else bar.value for bar in trend])
    if "volume" in bars:
        lines["obv"] = talib.OBV(close, bars["volume"])
    return lines


def plain(values):
    return [None if np.isnan(value) else float(value) for value in values]


given = {name: {key: np.array(values, float) for key, values in bars.items()} for name, bars in json.load(sys.stdin).items()}
answer = {}
for name, bars in (series(sys.argv[1]) | given).items():
    answer[name] = {
        "bars": {key: plain(values) for key, values in bars.items()},
        "lines": {key: plain(values) for key, values in reference(bars).items()},
    }
json.dump(answer, io.TextIOWrapper(sys.stdout.buffer, "utf-8"))
