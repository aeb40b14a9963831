#!/usr/bin/env python3
"""Fetches tasks from the broker when it is free, and pushes their answers: the square of the number in the task."""

import argparse
import random

import zmq


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--drop", type=float, default=0.0, metavar="SHARE", help="drop this share of the tasks, 0 to 1")
    parser.add_argument("--tasks", type=int, metavar="N", help="end after N tasks; go on for ever when not given")
    parser.add_argument("--workers", default="tcp://localhost:4162", metavar="ENDPOINT", help="where tasks are fetched")
    parser.add_argument("--answers", default="tcp://localhost:4163", metavar="ENDPOINT", help="where answers are pushed")
    options = parser.parse_args()

    done = 0
    with zmq.Context() as context, context.socket(zmq.REQ) as fetch, context.socket(zmq.PUSH) as answers:
        fetch.linger = 0
        answers.linger = 5000  # milliseconds that the last answers may take to leave
        fetch.connect(options.workers)
        answers.connect(options.answers)
        while options.tasks is None or done < options.tasks:
            fetch.send(b"requesting task")
            task_id, number = fetch.recv_multipart()
            done += 1
            if random.random() < options.drop:
                print(f"dropped task {number.decode()}", flush=True)
                continue
            answers.send_multipart([task_id, str(int(number) ** 2).encode()])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130)
