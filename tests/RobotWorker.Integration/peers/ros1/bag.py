"""Prints the messages of a bag, one JSON line each: topic, type, md5sum, the serialised bytes, and what Python reads in them."""
import base64
import json
import sys

import genpy
import rosbag


def plain(value):
    if isinstance(value, genpy.Message):
        return {name: plain(getattr(value, name)) for name in value.__slots__}
    if isinstance(value, (genpy.Time, genpy.Duration)):
        return {"secs": value.secs, "nsecs": value.nsecs}
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


with rosbag.Bag(sys.argv[1]) as bag:
    raw = [(topic, message[0], message[2], message[1]) for topic, message, _ in bag.read_messages(raw=True)]
    read = [plain(message) for _, message, _ in bag.read_messages()]
for (topic, kind, md5, data), message in zip(raw, read):
    print(json.dumps({"topic": topic, "type": kind, "md5": md5, "bytes": base64.b64encode(data).decode(), "message": message}))
