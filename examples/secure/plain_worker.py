#!/usr/bin/env python3
"""Squares numbers for the broker, over PLAIN: plain_worker.py NAME PASSWORD_FILE"""

import sys
from pathlib import Path

import zmq

name = sys.argv[1].encode()
password = Path(sys.argv[2]).read_text().strip().encode()

context = zmq.Context()


def connect(kind, endpoint):
    socket = context.socket(kind)
    socket.plain_username = name
    socket.plain_password = password
    socket.connect(endpoint)
    return socket


tasks = connect(zmq.REQ, "tcp://localhost:4162")
answers = connect(zmq.PUSH, "tcp://localhost:4163")
while True:
    tasks.send(b"requesting task")
    task_id, number = tasks.recv_multipart()
    answers.send_multipart([task_id, str(int(number) ** 2).encode()])
