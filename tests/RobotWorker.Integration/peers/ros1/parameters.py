"""Sets a parameter of each type, then says what others have set, and changes one when told to."""
import json
import sys

import rospy

rospy.init_node("parameters")
rospy.set_param("/py", {"whole": 7, "number": 0.5, "truth": True, "text": "grüße", "list": [1, "two", 3.5], "deep": {"er": {"still": -1}}})
print("ready", flush=True)
for line in sys.stdin:
    words = line.split(maxsplit=2)
    if words[0] == "get":
        print("value " + json.dumps(rospy.get_param(words[1]), sort_keys=True, ensure_ascii=False), flush=True)
    else:
        rospy.set_param(words[1], json.loads(words[2]))
        print("set", flush=True)
