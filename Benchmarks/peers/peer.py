"""What all peers share: the choice of threads and variants, and the conversation with hopfield-bench.

A peer does its workload once whenever it is told to. It first tries every variant on one thread and
on all, and keeps the fastest; then each line on standard input is a request:

    turn            run for one turn; answers {"seconds": [...]}
    answer PATH     write what the last run found as .npy; answers {"saved": PATH}
"""

import json
import os
import sys
import time

import numpy as np

# A turn of short work lasts this long. Stopwatch.swift keeps the same rule.
TURN = 0.05


def say(**message):
    print(json.dumps(message), flush=True)


def timed(run):
    start = time.perf_counter()
    answer = run()
    return time.perf_counter() - start, answer


def turn(run):
    """The seconds of each run of one turn, and the answer of the last."""
    first, answer = timed(run)
    if first >= TURN:
        return [first], answer
    seconds = []
    while sum(seconds) < TURN and len(seconds) < 200:
        once, answer = timed(run)
        seconds.append(once)
    return seconds, answer


def serve(variants, use_threads, answer_of=lambda result: result):
    """Serves the fastest of `variants`, a dictionary of functions that do the work once.

    `use_threads(n)` sets the number of threads of the library that the peer is made of. `answer_of`
    makes the answer of what the work found; its time does not count.
    """
    trials = {}
    for threads in sorted({1, os.cpu_count()}):
        use_threads(threads)
        for name, run in variants.items():
            once, _ = timed(run)
            # Work of seconds needs no warming up.
            trials[threads, name] = (
                once if once > 1 else min(np.median(turn(run)[0]) for _ in range(2))
            )
    threads, name = min(trials, key=trials.get)
    use_threads(threads)
    say(threads=threads, variant=name if len(variants) > 1 else None)
    run, answer = variants[name], None
    for line in sys.stdin:
        request, _, path = line.strip().partition(" ")
        if request == "turn":
            seconds, answer = turn(run)
            say(seconds=seconds)
        elif request == "answer":
            np.save(path, np.asarray(answer_of(answer)))
            say(saved=path)
