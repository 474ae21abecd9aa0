"""Reads what another program serialised as ROS 1 does, with the classes of Debian's packages, and serialises it again.

Standard input has a JSON object a line: {"type": "geometry_msgs/Pose", "messages": [HEX, ...]}; a service's part is
{"type": "std_srvs/SetBool", "part": "Request", "messages": [HEX]}. For each comes a line with the md5sum that ROS computes, the same messages
serialised again, and a few messages that this program made up. A type whose package is not installed gives {"absent": true}.
"""
import importlib
import io
import json
import random
import sys

import genpy

RANGES = {"int8": (-2**7, 2**7 - 1), "byte": (-2**7, 2**7 - 1), "uint8": (0, 2**8 - 1), "char": (0, 2**8 - 1),
          "int16": (-2**15, 2**15 - 1), "uint16": (0, 2**16 - 1), "int32": (-2**31, 2**31 - 1), "uint32": (0, 2**32 - 1),
          "int64": (-2**63, 2**63 - 1), "uint64": (0, 2**64 - 1)}
TEXTS = ["", "map", "größer", "机器人", "\U0001F916", "two\nlines"]


def class_of(name, part=""):
    package, short = name.split("/")
    try:
        if part:
            service = getattr(importlib.import_module(package + ".srv"), short)
            return service, getattr(service, "_%s_class" % part.lower())
        found = getattr(importlib.import_module(package + ".msg"), short)
        return found, found
    except (ImportError, AttributeError):
        return None, None


def made_up(slot_type, chance):
    if "[" in slot_type:
        base, size = slot_type[:-1].split("[")
        items = [made_up(base, chance) for _ in range(int(size) if size else chance.randrange(4))]
        return bytes(items) if base in ("uint8", "char") else items
    if slot_type in RANGES:
        low, high = RANGES[slot_type]
        return chance.choice([low, high, chance.randint(low, high)])
    if slot_type == "bool":
        return chance.random() < 0.5
    if slot_type in ("float32", "float64"):
        return chance.choice([0.5, -1e10, float("inf"), float("nan"), chance.randint(-1000, 1000) / 8])
    if slot_type == "string":
        return chance.choice(TEXTS)
    if slot_type == "time":
        return genpy.Time(chance.randrange(2**31), chance.randrange(10**9))
    if slot_type == "duration":
        return genpy.Duration(chance.randrange(-2**31, 2**31 - 1), chance.randrange(10**9))
    found = class_of("std_msgs/Header" if slot_type == "Header" else slot_type)[1]
    return filled(found, chance)


def filled(found, chance):
    message = found()
    for name, slot_type in zip(message.__slots__, message._slot_types):
        value = made_up(slot_type, chance)
        # What our records do not hold is written as its default.
        setattr(message, name, 0 if found._type == "std_msgs/Header" and name == "seq" else value)
    return message


def serialized(message):
    out = io.BytesIO()
    message.serialize(out)
    return out.getvalue().hex()


for line in sys.stdin:
    request = json.loads(line)
    whole, found = class_of(request["type"], request.get("part", ""))
    if found is None:
        print(json.dumps({"absent": True}))
        continue
    chance = random.Random(request["type"])
    again = [serialized(found().deserialize(bytes.fromhex(message))) for message in request["messages"]]
    own = [serialized(filled(found, chance)) for _ in range(5)]
    print(json.dumps({"md5": whole._md5sum, "text": getattr(found, "_full_text", ""), "again": again, "own": own}))
