"""Statistics of closes by numpy, for statistics.test.ts. It knows nothing of our code."""
import json
import sys

import numpy as np

given = json.load(sys.stdin)
first, second = (np.array(given[name], float) for name in ("first", "second"))
k, safe = 252, 1.02 ** (1 / 252) - 1
simple = first[1:] / first[:-1] - 1
logs, others = np.diff(np.log(first)), np.diff(np.log(second))
below = np.minimum(simple - safe, 0)
falls = first / np.maximum.accumulate(first) - 1
trough = int(np.argmin(falls))
peak = trough - int(np.argmax(first[trough::-1] == first[: trough + 1].max()))
later = np.nonzero(first[trough:] >= first[peak])[0]
json.dump(
    {
        "return": 100 * (first[-1] / first[0] - 1),
        "mean-return": 100 * simple.mean(),
        "best-bar": 100 * simple.max(),
        "worst-bar": 100 * simple.min(),
        "rising-bars": 100 * float((simple > 0).mean()),
        "volatility": 100 * logs.std(ddof=1) * np.sqrt(k),
        "correlation": np.corrcoef(logs, others)[0, 1],
        "beta": np.cov(logs, others)[0, 1] / others.var(ddof=1),
        "sharpe": (simple - safe).mean() / simple.std(ddof=1) * np.sqrt(k),
        "sortino": (simple - safe).mean() / np.sqrt((below**2).mean()) * np.sqrt(k),
        "drawdown": 100 * falls.min(),
        "indices": {"peak": peak, "trough": trough, "recovery": trough + int(later[0]) if len(later) else None},
        "wins-after-three-falls": [
            int(sum(first[i + 1] > first[i] for i in cases)) if kind else len(cases)
            for kind in (1, 0)
            for cases in [[i for i in range(3, len(first) - 1) if (np.diff(first[i - 3 : i + 1]) < 0).all()]]
        ],
    },
    sys.stdout,
)
