#!/usr/bin/env python3
"""Asks the broker for a square, over PLAIN: plain_client.py NAME PASSWORD_FILE NUMBER"""

import sys
from pathlib import Path

import zmq

with zmq.Context() as context, context.socket(zmq.REQ) as broker:
    broker.plain_username = sys.argv[1].encode()
    broker.plain_password = Path(sys.argv[2]).read_text().strip().encode()
    broker.connect("tcp://localhost:4161")
    broker.send_string(sys.argv[3])
    print(f"{sys.argv[3]} squared: {broker.recv_string()}")
