#!/usr/bin/env python3
"""Asks the broker for squares, one request after the other, and says how the requests ended."""

import argparse
import time

import zmq


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("-n", "--requests", type=int, default=100, metavar="N", help="how many requests to send")
    parser.add_argument("--clients", default="tcp://localhost:4161", metavar="ENDPOINT", help="where the broker serves clients")
    parser.add_argument("-q", "--quiet", action="store_true", help="print the summary only")
    options = parser.parse_args()

    answered = failed = wrong = 0
    started = time.monotonic()
    with zmq.Context() as context, context.socket(zmq.REQ) as broker:
        broker.linger = 0
        broker.connect(options.clients)
        for number in range(1, options.requests + 1):
            broker.send_string(str(number))
            answer = broker.recv_string()
            if answer == "":  # the broker has used up its tries
                failed += 1
                outcome = "failed"
            elif answer == str(number * number):
                answered += 1
                outcome = answer
            else:
                wrong += 1
                outcome = f"wrong: {answer}"
            if not options.quiet:
                print(f"{number} squared: {outcome}", flush=True)

    seconds = time.monotonic() - started
    print(f"{options.requests} requests in {seconds:.1f} s: {answered} answered, {failed} failed, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130)
