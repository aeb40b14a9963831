"""A crowd of libzmq workers. Each answers a task with "re:" before its first frame, but the task "give N" with N zero
octets. Prints one line at the end:

    done answered=N dropped=N

It ends when its turns are over, or when standard input ends.
"""

import argparse
import random
import sys
import threading

import zmq

LINGER_MILLIS = 5000
SEED = 20240229


class FetchWorker:
    """The three-endpoint dialect: fetches with REQ, pushes its answers on another connection."""

    def __init__(self, context, options):
        self.fetch = context.socket(zmq.REQ)
        self.answers = context.socket(zmq.PUSH)
        self.fetch.linger = self.answers.linger = LINGER_MILLIS
        self.fetch.connect(options.workers)
        self.answers.connect(options.answers)
        self.poller = zmq.Poller()
        self.poller.register(self.fetch, zmq.POLLIN)
        self.poller.register(sys.stdin.fileno(), zmq.POLLIN)

    def task(self):
        """The key and the body of the next task; None when it is time to go home."""
        self.fetch.send(b"requesting task")
        if self.fetch not in dict(self.poller.poll()):
            return None
        key, *body = self.fetch.recv_multipart()
        return key, body

    def answer(self, key, body):
        self.answers.send_multipart([key, *body])

    def close(self):
        self.fetch.close()
        self.answers.close()


class Lane:
    """Workers one after the other, each on new sockets."""

    def __init__(self, context, options, number):
        self.context = context
        self.options = options
        self.random = random.Random(SEED + number)
        self.answered = self.dropped = 0

    def run(self):
        for _ in range(self.options.turns):
            worker = FetchWorker(self.context, self.options)
            goes_on = self.work(worker)
            worker.close()
            if not goes_on:
                return

    def work(self, worker):
        done = 0
        while self.options.tasks == 0 or done < self.options.tasks:
            task = worker.task()
            if task is None:
                return False
            done += 1
            if self.random.random() < self.options.drop:
                self.dropped += 1
                continue
            key, body = task
            worker.answer(key, answer_to(body))
            self.answered += 1
        return True


def answer_to(body):
    first, *rest = body
    if first.startswith(b"give "):
        return [bytes(int(first[5:]))]
    return [b"re:" + first, *rest]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("workers", help="endpoint for fetching")
    parser.add_argument("answers", help="endpoint for answers")
    parser.add_argument("--lanes", type=int, default=1, help="workers at the same time")
    parser.add_argument("--turns", type=int, default=1, help="workers one after the other, on each lane")
    parser.add_argument("--tasks", type=int, default=0, help="of each worker; 0 = no end")
    parser.add_argument("--drop", type=float, default=0.0, help="share of the tasks")
    options = parser.parse_args()

    context = zmq.Context()
    lanes = [Lane(context, options, number) for number in range(options.lanes)]
    threads = [threading.Thread(target=lane.run) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    context.term()
    print(f"done answered={sum(lane.answered for lane in lanes)} dropped={sum(lane.dropped for lane in lanes)}", flush=True)


main()
