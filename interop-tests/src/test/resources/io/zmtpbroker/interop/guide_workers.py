"""Workers of the ZeroMQ guide's protocols on libzmq, each on a thread of its own. Each answers a task with "re:" before its
first frame; the task "slow N..." after N milliseconds of work, the task "parts N..." with N partial replies first (0.2 of
Majordomo). They go home when standard input ends, and say goodbye as their protocol has it. Prints:

    up                      each has said that it is ready
    working                 one got a task that is slow, or kept for ever (--hold)
    back-off seconds=N      one heard nothing of its broker for three intervals, and waits before it comes again
    disconnected            one was told to go, and comes again
    done answered=N dropped=0
"""

import argparse
import random
import sys
import threading
import time

import zmq

LINGER_MILLIS = 5000
LIVENESS = 3
PIRATE_INTERVAL = 1.0
MAJORDOMO_INTERVAL = 2.5
MAX_BACK_OFF = 32


class Home(Exception):
    """It is time to go home."""


class Worker:
    """What all have in common: the socket, the work, and the way home."""

    type = None

    def __init__(self, context, options):
        self.context = context
        self.options = options
        self.answered = 0
        self.home = zmq.Poller()
        self.home.register(sys.stdin.fileno(), zmq.POLLIN)
        self.socket = None

    def run(self):
        try:
            self.open()
            arrived()
            while self.options.tasks == 0 or self.answered < self.options.tasks:
                self.serve()
        except Home:
            pass
        self.goodbye()
        self.socket.close()

    def open(self):
        """Connects, and says what a worker says first."""
        self.socket = self.context.socket(self.type)
        self.socket.linger = LINGER_MILLIS
        self.name_it()
        self.poller = zmq.Poller()
        self.poller.register(self.socket, zmq.POLLIN)
        self.poller.register(sys.stdin.fileno(), zmq.POLLIN)
        self.socket.connect(self.options.workers)

    def name_it(self):
        pass

    def goodbye(self):
        pass

    def serve(self):
        """Gets and does one task, or something else that its protocol asks for."""
        raise NotImplementedError

    def receive(self, seconds=None):
        """The next message, or None when the time is over."""
        ready = dict(self.poller.poll(None if seconds is None else max(0, int(seconds * 1000))))
        if self.socket in ready:
            return self.socket.recv_multipart()
        if sys.stdin.fileno() in ready:
            raise Home()
        return None

    def work(self, body):
        """Does a task."""
        words = body[0].split(b" ")
        if self.options.hold or words[0] == b"slow":
            print("working", flush=True)
            if self.home.poll(None if self.options.hold else int(words[1])):
                raise Home()
        return [b"re:" + body[0], *body[1:]]


class FetchWorker(Worker):
    """Fetches; its answers go elsewhere."""

    type = zmq.REQ
    front = []

    def open(self):
        super().open()
        self.answers = self.context.socket(zmq.PUSH)
        self.answers.linger = LINGER_MILLIS
        self.answers.connect(self.options.answers)

    def serve(self):
        self.socket.send_multipart([*self.front, b"requesting task"])
        key, *body = self.receive()[len(self.front) :]
        self.answers.send_multipart([key, *self.work(body)])
        self.answered += 1

    def goodbye(self):
        self.answers.close()


class FetchDealer(FetchWorker):
    type = zmq.DEALER
    front = [b""]


class LoadBalancingWorker(Worker):
    """lbbroker's worker: READY, then each reply asks for the next task."""

    type = zmq.REQ
    front = []
    ready = b"READY"

    def open(self):
        super().open()
        self.socket.send_multipart([*self.front, self.ready])

    def serve(self):
        address, empty, *body = self.receive()[len(self.front) :]
        assert empty == b""
        self.socket.send_multipart([*self.front, address, b"", *self.work(body)])
        self.answered += 1


class SimplePirate(LoadBalancingWorker):
    """spworker: as above, with an octet for READY."""

    ready = b"\x01"


class LoadBalancingDealer(LoadBalancingWorker):
    type = zmq.DEALER
    front = [b""]


class RepWorker(Worker):
    """rrworker: it waits, and replies."""

    type = zmq.REP

    def open(self):
        if not self.options.bind:
            super().open()
            return
        self.socket = self.context.socket(self.type)
        self.poller = zmq.Poller()
        self.poller.register(self.socket, zmq.POLLIN)
        self.poller.register(sys.stdin.fileno(), zmq.POLLIN)
        self.socket.bind(self.options.workers)

    def serve(self):
        body = self.receive()
        self.socket.send_multipart(self.work(body))
        self.answered += 1


class DealerWorker(Worker):
    """A DEALER that waits, as REP does, and returns what is in front of the delimiter itself."""

    type = zmq.DEALER

    def serve(self):
        key, empty, *body = self.receive()
        assert empty == b""
        self.socket.send_multipart([key, b"", *self.work(body)])
        self.answered += 1


class HeartbeatingWorker(Worker):
    """What Paranoid Pirate and Majordomo have in common: a broker that is silent for too long is given up for a while."""

    type = zmq.DEALER
    interval = None
    heartbeat = None

    def open(self):
        super().open()
        self.liveness = LIVENESS
        self.beat_at = time.monotonic() + self.interval
        self.say_ready()

    def serve(self):
        frames = self.receive(self.interval)
        if frames is None:
            self.liveness -= 1
            if self.liveness == 0:
                self.rest()
                self.come_again()
                return
        else:
            self.liveness = LIVENESS
            self.heard(frames)
        if time.monotonic() >= self.beat_at:
            self.beat_at = time.monotonic() + self.interval
            self.socket.send_multipart(self.heartbeat)

    def rest(self):
        seconds = self.back_off()
        print(f"back-off seconds={seconds:g}", flush=True)
        if self.home.poll(int(seconds * 1000)):
            raise Home()

    def come_again(self):
        self.socket.linger = 0
        self.socket.close()
        self.open()


class PirateWorker(HeartbeatingWorker):
    """ppworker: back-off of 1, 2, 4 ... 32 seconds, and a new name each time."""

    interval = PIRATE_INTERVAL
    heartbeat = [b"\x02"]
    pause = 1

    def name_it(self):
        self.socket.identity = b"%04X-%04X" % (random.randint(0, 0xFFFF), random.randint(0, 0xFFFF))

    def say_ready(self):
        self.socket.send(b"\x01")

    def heard(self, frames):
        self.pause = 1
        if len(frames) == 3:
            self.socket.send_multipart([*frames[:2], *self.work(frames[2:])])
            self.answered += 1
        else:
            assert frames == [b"\x02"], frames

    def back_off(self):
        seconds, self.pause = self.pause, min(2 * self.pause, MAX_BACK_OFF)
        return seconds


class MajordomoWorker(HeartbeatingWorker):
    """mdwrkapi."""

    interval = MAJORDOMO_INTERVAL
    ready, request, reply, beat, disconnect = b"\x01", b"\x02", b"\x03", b"\x04", b"\x05"
    header = [b"", b"MDPW01"]
    left = False

    @property
    def heartbeat(self):
        return [*self.header, self.beat]

    def say_ready(self):
        self.socket.send_multipart([*self.header, self.ready, self.options.service.encode()])

    def heard(self, frames):
        depth = len(self.header)
        assert frames[:depth] == self.header, frames
        command, *arguments = frames[depth:]
        if command == self.request:
            client, empty, *body = arguments
            assert empty == b""
            self.do(client, body)
        elif command == self.disconnect:
            print("disconnected", flush=True)
            self.come_again()
        else:
            assert command == self.beat, frames

    def do(self, client, body):
        self.socket.send_multipart([*self.header, self.reply, client, b"", *self.work(body)])
        self.answered += 1

    def back_off(self):
        return self.interval

    def goodbye(self):
        self.socket.send_multipart([*self.header, self.disconnect])


class MajordomoWorker2(MajordomoWorker):
    """The same by 18/MDP: no delimiter, other numbers, and partial replies."""

    header = [b"MDPW02"]
    reply, beat, disconnect = b"\x04", b"\x05", b"\x06"
    partial = b"\x03"

    def do(self, client, body):
        words = body[0].split(b" ")
        for part in range(int(words[1]) if words[0] == b"parts" else 0):
            self.socket.send_multipart([*self.header, self.partial, client, b"", b"part %d" % part])
        super().do(client, body)


WORKERS = {
    "fetch-req": FetchWorker,
    "fetch-dealer": FetchDealer,
    "lb-req": LoadBalancingWorker,
    "lb-octet": SimplePirate,
    "lb-dealer": LoadBalancingDealer,
    "pirate": PirateWorker,
    "mdp01": MajordomoWorker,
    "mdp02": MajordomoWorker2,
    "rep": RepWorker,
    "dealer": DealerWorker,
}

counting = threading.Lock()
missing = 0


def arrived():
    global missing
    with counting:
        missing -= 1
        if missing == 0:
            print("up", flush=True)


def main():
    global missing
    parser = argparse.ArgumentParser()
    parser.add_argument("dialect", choices=WORKERS)
    parser.add_argument("workers", help="endpoint for tasks")
    parser.add_argument("--answers", help="endpoint for answers of those that fetch")
    parser.add_argument("--service", default="")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--turns", type=int, default=1, help="workers one after the other, on new sockets")
    parser.add_argument("--tasks", type=int, default=0, help="of each worker; 0 = no end")
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("--bind", action="store_true")
    options = parser.parse_args()

    context = zmq.Context()
    missing = options.count
    lanes = [
        [WORKERS[options.dialect](context, options) for _ in range(options.turns)] for _ in range(options.count)
    ]

    def run(lane):
        for worker in lane:
            worker.run()

    threads = [threading.Thread(target=run, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    context.term()
    answered = sum(worker.answered for lane in lanes for worker in lane)
    print(f"done answered={answered} dropped=0", flush=True)


main()
