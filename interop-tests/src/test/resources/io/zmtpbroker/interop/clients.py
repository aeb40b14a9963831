"""A crowd of libzmq clients. Prints one line at the end:

    done right=N failed=N wrong=N unanswered=N surplus=N slowest=MILLIS elapsed=MILLIS
"""

import argparse
import os
import threading
import time

import zmq

COUNTS = ("right", "failed", "wrong", "unanswered", "surplus")


class Client:
    """Sends its requests, never more than the window open at a time, and checks each answer."""

    def __init__(self, context, options, name):
        self.options = options
        self.name = name
        self.is_req = options.type == "REQ"
        self.socket = context.socket(getattr(zmq, options.type))
        self.socket.linger = 0
        self.socket.connect(options.endpoint)
        self.open = {}  # when each open request was sent, by its name
        self.counts = dict.fromkeys(COUNTS, 0)
        self.slowest = 0.0

    def run(self):
        sent = 0
        while sent < self.options.requests or self.open:
            if sent < self.options.requests and len(self.open) < self.options.window:
                self.send(b"%s-%d" % (self.name, sent))
                sent += 1
            elif self.socket.poll(self.options.patience):
                self.take(self.socket.recv_multipart())
            else:
                self.counts["unanswered"] += len(self.open) + self.options.requests - sent
                break
        self.socket.close()

    def body(self, request):
        return request.ljust(self.options.body, b".")

    def send(self, request):
        self.open[request] = time.monotonic()
        self.socket.send_multipart([self.body(request)] if self.is_req else [request, b"", self.body(request)])

    def take(self, frames):
        request = next(iter(self.open)) if self.is_req else frames[0]
        answer = frames if self.is_req else frames[2:]
        sent = self.open.pop(request, None)
        if sent is None:
            self.counts["surplus"] += 1
            return
        self.slowest = max(self.slowest, time.monotonic() - sent)
        if answer == [b""]:
            self.counts["failed"] += 1
        elif len(answer) == 1 and answer[0].startswith(b"re:" + self.body(request)):
            self.counts["right"] += 1
        else:
            self.counts["wrong"] += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("endpoint")
    parser.add_argument("--type", choices=("REQ", "DEALER"), default="REQ")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--requests", type=int, default=1, help="of each client")
    parser.add_argument("--window", type=int, default=1, help="open requests of each client")
    parser.add_argument("--body", type=int, default=0, help="octets of a request")
    parser.add_argument("--patience", type=int, default=20000, help="milliseconds")
    options = parser.parse_args()

    context = zmq.Context()
    started = time.monotonic()
    clients = [Client(context, options, b"libzmq%d" % number) for number in range(options.clients)]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - started
    context.term()

    totals = [f"{count}={sum(client.counts[count] for client in clients)}" for count in COUNTS]
    slowest = max(client.slowest for client in clients)
    print("done", *totals, f"slowest={slowest * 1000:.0f}", f"elapsed={elapsed * 1000:.0f}", flush=True)


def end_with_the_test():
    os.read(0, 1)  # not sys.stdin, whose lock would be held at a normal end
    os._exit(1)


threading.Thread(target=end_with_the_test, daemon=True).start()
main()
