"""Has other definitions of std_msgs/String and std_srvs/SetBool than everybody: publishes, subscribes, serves, and calls when told to by a line."""
import sys

import genpy.dynamic
import rospy
from std_srvs.srv import SetBool

rospy.init_node("other")
String = genpy.dynamic.generate_dynamic("std_msgs/String", "string data\nint32 more\n")["std_msgs/String"]


class OtherSetBool(SetBool):
    _md5sum = "0123456789abcdef0123456789abcdef"


print("md5 %s" % String._md5sum, flush=True)
rospy.Publisher("/other/out", String, queue_size=10, latch=True).publish("wrong", 7)
rospy.Subscriber("/other/in", String, lambda message: print("heard %s" % message, flush=True))
rospy.Service("/other/set_bool", OtherSetBool, lambda request: print("called", flush=True))
print("ready", flush=True)
for line in sys.stdin:
    try:
        print("answer %s" % rospy.ServiceProxy(line.strip(), OtherSetBool)(True), flush=True)
    except rospy.ServiceException as wrong:
        print("refused %s" % wrong, flush=True)
