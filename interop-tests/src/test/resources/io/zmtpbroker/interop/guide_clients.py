"""Clients of the ZeroMQ guide's protocols on libzmq, each on a thread of its own. Each sends its requests, never more than
its window open at a time, and checks each answer. One that gets no answer in time closes its socket and asks again on a new
one, as the Lazy Pirate does, while its tries last. Prints:

    asked                   each has sent its first request
    done right=N failed=N wrong=N unanswered=N surplus=N reordered=N slowest=MILLIS elapsed=MILLIS
"""

import argparse
import os
import threading
import time

import zmq

COUNTS = ("right", "failed", "wrong", "unanswered", "surplus", "reordered")


class Client:
    """REQ: one request at a time."""

    type = zmq.REQ

    def __init__(self, context, options, name):
        self.context = context
        self.options = options
        self.name = name
        self.open = {}
        self.tries = options.tries
        self.counts = dict.fromkeys(COUNTS, 0)
        self.slowest = 0.0
        self.connect()

    def connect(self):
        self.socket = self.context.socket(self.type)
        self.socket.linger = 0
        self.socket.connect(self.options.endpoint)

    # what a protocol looks like

    def wrap(self, body):
        return [body]

    def unwrap(self, frames):
        """The answer of a last or only reply; None for a part of one."""
        return frames

    # what a client does

    def run(self):
        sent = 0
        while sent < self.options.requests or self.open:
            if sent < self.options.requests and len(self.open) < self.window():
                body = b"%s%s-%d" % (self.options.body.encode(), self.name, sent)
                self.ask(body)
                sent += 1
                if sent == 1:
                    asked()
            elif self.socket.poll(self.options.timeout):
                self.take(self.socket.recv_multipart())
            elif self.tries > 1:
                self.tries -= 1
                self.socket.close()
                self.connect()
                for body in list(self.open):
                    self.socket.send_multipart(self.wrap(body))
            else:
                break
        self.counts["unanswered"] = len(self.open) + self.options.requests - sent
        self.socket.close()

    def window(self):
        return 1 if self.type == zmq.REQ else self.options.window

    def ask(self, body):
        self.open[body] = (time.monotonic(), [])
        self.socket.send_multipart(self.wrap(body))

    def take(self, frames):
        answer = self.unwrap(frames)
        if answer is None:
            return
        if answer == [b""]:
            self.counts["failed"] += 1
            self.open.pop(next(iter(self.open)), None)
            return
        body = answer[-1][3:]
        if answer[-1][:3] != b"re:" or answer[:-1] != self.parts_in_front(body):
            self.counts["wrong"] += 1
            self.open.pop(next(iter(self.open)), None)
        elif body not in self.open:
            self.counts["surplus"] += 1
        else:
            if body != next(iter(self.open)):
                self.counts["reordered"] += 1
            self.slowest = max(self.slowest, time.monotonic() - self.open[body][0])
            del self.open[body]
            self.tries = self.options.tries
            self.counts["right"] += 1

    def parts_in_front(self, body):
        """What stands in front of the answer: the parts, as one message."""
        words = body.split(b" ")
        return [b"part %d" % part for part in range(int(words[1]))] if words[0] == b"parts" else []


class DealerClient(Client):
    type = zmq.DEALER

    def wrap(self, body):
        return [b"", body]

    def unwrap(self, frames):
        assert frames[0] == b"", frames
        return frames[1:]


class MajordomoClient(Client):
    """mdcliapi."""

    header = [b"MDPC01"]

    def front(self):
        return [*self.header, self.options.service.encode()]

    def wrap(self, body):
        return [*self.front(), body]

    def unwrap(self, frames):
        assert frames[: len(self.front())] == self.front(), frames
        return frames[len(self.front()) :]


class MajordomoDealer(MajordomoClient):
    """mdcliapi2."""

    type = zmq.DEALER
    header = [b"", b"MDPC01"]


class MajordomoClient2(Client):
    """By 18/MDP, which has parts of replies."""

    type = zmq.DEALER
    parts = None

    def wrap(self, body):
        return [b"MDPC02", b"\x01", self.options.service.encode(), body]

    def unwrap(self, frames):
        header, command, service, *answer = frames
        assert (header, service) == (b"MDPC02", self.options.service.encode()), frames
        self.parts = [*(self.parts or []), *answer]
        if command == b"\x02":
            return None
        assert command == b"\x03", frames
        whole, self.parts = self.parts, None
        return whole


CLIENTS = {
    "req": Client,
    "dealer": DealerClient,
    "mdp01": MajordomoClient,
    "mdp01-dealer": MajordomoDealer,
    "mdp02": MajordomoClient2,
}

counting = threading.Lock()
missing = 0


def asked():
    global missing
    with counting:
        missing -= 1
        if missing == 0:
            print("asked", flush=True)


def main():
    global missing
    parser = argparse.ArgumentParser()
    parser.add_argument("dialect", choices=CLIENTS)
    parser.add_argument("endpoint")
    parser.add_argument("--service", default="")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--requests", type=int, default=1, help="of each client")
    parser.add_argument("--window", type=int, default=1, help="open requests of each DEALER")
    parser.add_argument("--body", default="", help="what each request begins with")
    parser.add_argument("--timeout", type=int, default=20000, help="milliseconds for an answer")
    parser.add_argument("--tries", type=int, default=1, help="of each request, each on a new socket")
    options = parser.parse_args()

    context = zmq.Context()
    missing = options.clients
    started = time.monotonic()
    clients = [CLIENTS[options.dialect](context, options, b"libzmq%d" % number) for number in range(options.clients)]
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
    os.read(0, 1)
    os._exit(1)


threading.Thread(target=end_with_the_test, daemon=True).start()
main()
