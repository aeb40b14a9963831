"""One libzmq socket with PLAIN or CURVE, for a test of the codec.

    secure.py TYPE (bind | connect ENDPOINT) MECHANISM ROLE ARGUMENTS...

where the arguments are USER PASSWORD for PLAIN (a server lets in that user alone), PUBLIC SECRET for a CURVE server and PUBLIC
SECRET SERVER for a CURVE client, keys in Z85. It prints "ready endpoint=..." and then sends every message back, until standard
input ends.
"""

import sys
import threading

import zmq

kind, how, endpoint, mechanism, role, *arguments = sys.argv[1:]
context = zmq.Context()
context.linger = 0


def answer_zap():
    """The authenticator of 27/ZAP: lets in one user."""
    handler = context.socket(zmq.REP)
    handler.bind("inproc://zeromq.zap.01")
    ready.set()
    while True:
        try:
            frames = handler.recv_multipart()
        except zmq.ContextTerminated:
            handler.close()
            return
        good = [part.encode() for part in arguments] == frames[6:]
        status = [b"200", b"OK"] if good else [b"400", b"no"]
        handler.send_multipart([b"1.0", frames[1], *status, frames[6], b""])


socket = context.socket(getattr(zmq, kind))
if mechanism == "PLAIN" and role == "server":
    ready = threading.Event()
    threading.Thread(target=answer_zap, daemon=True).start()
    ready.wait()
    socket.plain_server = True
elif mechanism == "PLAIN":
    socket.plain_username, socket.plain_password = (part.encode() for part in arguments)
else:
    socket.curve_publickey, socket.curve_secretkey = (part.encode() for part in arguments[:2])
    if role == "server":
        socket.curve_server = True
    else:
        socket.curve_serverkey = arguments[2].encode()

if how == "bind":
    socket.bind(endpoint)
    endpoint = socket.last_endpoint.decode().rstrip("\0")
else:
    socket.connect(endpoint)
print("ready endpoint=" + endpoint, flush=True)

poller = zmq.Poller()
poller.register(socket, zmq.POLLIN)
poller.register(sys.stdin.fileno(), zmq.POLLIN)
if kind == "DEALER":
    socket.send_multipart([b"", b"hello"])
while True:
    events = dict(poller.poll())
    if sys.stdin.fileno() in events:
        break
    frames = socket.recv_multipart()
    if frames[-1] == b"stop":
        continue
    socket.send_multipart(frames)
socket.close()
context.destroy()
