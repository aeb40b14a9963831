"""Sockets of libzmq for a test to play step by step: one command a line, one line of answer to each.

    open NAME TYPE ENDPOINT [OPTION=VALUE...]   opened
    send NAME MILLIS HEX,HEX,...                sent | full
    receive NAME MILLIS                         message HEX,HEX,... | none
    close NAME                                  closed

Ends when standard input ends; what was sent still leaves.
"""

import sys

import zmq

LINGER_MILLIS = 5000
TEXTS = {"identity", "plain_username", "plain_password", "curve_publickey", "curve_secretkey", "curve_serverkey"}

context = zmq.Context()
sockets = {}



def open_socket(name, kind, endpoint, *options):
    socket = context.socket(getattr(zmq, kind))
    socket.linger = LINGER_MILLIS
    for option in options:
        key, value = option.split("=", 1)
        setattr(socket, key, value.encode() if key in TEXTS else int(value))
    socket.connect(endpoint)
    sockets[name] = socket
    return "opened"


def send(name, millis, frames):
    socket = sockets[name]
    if not socket.poll(int(millis), zmq.POLLOUT):
        return "full"
    socket.send_multipart([bytes.fromhex(frame) for frame in frames.split(",")])
    return "sent"


def receive(name, millis):
    socket = sockets[name]
    if not socket.poll(int(millis), zmq.POLLIN):
        return "none"
    return "message " + ",".join(frame.hex() for frame in socket.recv_multipart())


def close(name):
    sockets.pop(name).close()
    return "closed"


COMMANDS = {"open": open_socket, "send": send, "receive": receive, "close": close}

for line in sys.stdin:
    command, *arguments = line.rstrip("\n").split(" ")
    print(COMMANDS[command](*arguments), flush=True)

for socket in sockets.values():
    socket.close()
context.term()
