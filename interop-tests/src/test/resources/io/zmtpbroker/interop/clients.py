"""A crowd of libzmq clients. Prints a line when one of them, for the first time, cannot send what it may, and one at the end:

    blocked
    done right=N failed=N wrong=N unanswered=N surplus=N reordered=N slowest=MILLIS elapsed=MILLIS
"""

import argparse
import os
import threading
import time

import zmq

COUNTS = ("right", "failed", "wrong", "unanswered", "surplus", "reordered")
BLOCKED_MILLIS = 500


class Client:
    """Sends its requests, never more than the window open at a time, and checks each answer."""

    def __init__(self, context, options, name):
        self.options = options
        self.name = name
        self.is_req = options.type == "REQ"
        self.socket = context.socket(getattr(zmq, options.type))
        self.socket.linger = 0
        self.socket.connect(options.endpoint)
        self.sent = 0
        self.open = {}  # when each open request was sent, by its name; oldest first
        self.blocked = False
        self.counts = dict.fromkeys(COUNTS, 0)
        self.slowest = 0.0

    def run(self):
        patient = True
        while patient and (self.sent < self.options.requests or self.open):
            if self.sent == self.options.requests or len(self.open) == self.options.window:
                patient = self.take(self.options.patience)
            elif not self.send() and not self.take(BLOCKED_MILLIS) and not self.send():
                self.report_blocked()
                patient = self.take(self.options.patience)
        self.counts["unanswered"] = len(self.open) + self.options.requests - self.sent
        self.socket.close()

    def report_blocked(self):
        if not self.blocked:
            print("blocked", flush=True)
        self.blocked = True

    def body(self, request):
        return request.ljust(self.options.body, b".")

    def send(self):
        if not self.socket.poll(0, zmq.POLLOUT):
            return False
        request = b"%s-%d" % (self.name, self.sent)
        self.sent += 1
        self.open[request] = time.monotonic()
        self.socket.send_multipart([self.body(request)] if self.is_req else [request, b"", self.body(request)])
        return True

    def take(self, patience):
        if not self.socket.poll(patience):
            return False
        self.count(self.socket.recv_multipart())
        return True

    def count(self, frames):
        oldest = next(iter(self.open), None)
        request = oldest if self.is_req else frames[0]
        answer = frames if self.is_req else frames[2:]
        sent = self.open.pop(request, None)
        if sent is None:
            self.counts["surplus"] += 1
            return
        self.slowest = max(self.slowest, time.monotonic() - sent)
        if request != oldest:
            self.counts["reordered"] += 1
        if answer == [b""]:
            self.counts["failed"] += 1
        elif answer == [b"re:" + self.body(request)]:
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
