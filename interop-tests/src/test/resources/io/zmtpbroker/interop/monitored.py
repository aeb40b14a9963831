"""One socket of libzmq that connects, and what its monitor sees until some time after the first attempt has failed.

    monitored.py MILLIS TYPE ENDPOINT [OPTION=VALUE...]

prints "seen events=NAME,NAME,... failure=VALUE": the events of all attempts in their order, and the value of the first that is a
failed handshake, such as 400 of HANDSHAKE_FAILED_AUTH; 0 without one.
"""

import sys
import time

import zmq
from zmq.utils.monitor import recv_monitor_message

millis, kind, endpoint, *options = sys.argv[1:]
context = zmq.Context()
socket = context.socket(getattr(zmq, kind))
socket.linger = 0
for option in options:
    key, value = option.split("=", 1)
    setattr(socket, key, value.encode())
monitor = socket.get_monitor_socket()
socket.connect(endpoint)

names = []
failure = 0
deadline = None
while deadline is None or time.monotonic() < deadline:
    if not monitor.poll(None if deadline is None else max(0, 1000 * (deadline - time.monotonic()))):
        break
    event = recv_monitor_message(monitor)
    name = zmq.Event(event["event"]).name
    names.append(name)
    if name.startswith("HANDSHAKE_FAILED") and not failure:
        failure = event["value"]
    if name == "DISCONNECTED" or name.startswith("HANDSHAKE_FAILED"):
        deadline = deadline or time.monotonic() + int(millis) / 1000
print(f"seen events={','.join(names)} failure={failure}", flush=True)
socket.disable_monitor()
socket.close()
context.term()
