"""Hears /diagnostics without knowing its type beforehand: the publisher tells the definition, genpy reads it. Prints each status as JSON."""
import json

import genpy.dynamic
import rospy

rospy.init_node("diagnostics_tool", disable_signals=False)


def heard(message):
    header = message._connection_header
    kind = genpy.dynamic.generate_dynamic(header["type"], header["message_definition"])[header["type"]]
    for status in kind().deserialize(message._buff).status:
        print("status " + json.dumps({"name": status.name, "level": status.level, "message": status.message, "values": {v.key: v.value for v in status.values}}), flush=True)


rospy.Subscriber("/diagnostics", rospy.AnyMsg, heard)
print("ready", flush=True)
rospy.spin()
