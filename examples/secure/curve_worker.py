#!/usr/bin/env python3
"""Squares numbers for the broker, over CURVE: curve_worker.py KEY_PAIR_FILE BROKER_PUBLIC_KEY_FILE"""

import sys
from pathlib import Path

import zmq
import zmq.auth

public_key, secret_key = zmq.auth.load_certificate(sys.argv[1])
broker_key = Path(sys.argv[2]).read_text().strip().encode()

context = zmq.Context()


def connect(kind, endpoint):
    socket = context.socket(kind)
    socket.curve_publickey = public_key
    socket.curve_secretkey = secret_key
    socket.curve_serverkey = broker_key
    socket.connect(endpoint)
    return socket


tasks = connect(zmq.REQ, "tcp://localhost:4162")
answers = connect(zmq.PUSH, "tcp://localhost:4163")
while True:
    tasks.send(b"requesting task")
    task_id, number = tasks.recv_multipart()
    answers.send_multipart([task_id, str(int(number) ** 2).encode()])
