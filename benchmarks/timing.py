"""How long something takes, in CPU time: clocks on the wall vary with what else is running."""

import statistics
import time
from collections.abc import Callable


def milliseconds(act: Callable[[], object], runs: int) -> float:
    """Return the median of the CPU milliseconds that `act` takes in so many `runs`."""
    return 1000 * statistics.median(seconds(act) for _ in range(runs))


def seconds(act: Callable[[], object]) -> float:
    """Return the CPU seconds that `act` takes."""
    began = time.process_time()
    act()
    return time.process_time() - began
