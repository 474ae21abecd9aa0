"""Hears /chat and says on /answer what it heard; says on /hello once, latched. Prints every text that it hears, as JSON."""
import json
import sys

import rospy
from std_msgs.msg import String

rospy.init_node("chat", disable_signals=False)
answer = rospy.Publisher("/answer", String, queue_size=10000)
hello = rospy.Publisher("/hello", String, queue_size=1, latch=True)
hello.publish("grüß Gott")


def heard(message):
    print("heard " + json.dumps(message.data), flush=True)
    answer.publish("echo " + message.data)


rospy.Subscriber("/chat", String, heard, queue_size=10000)
print("ready", flush=True)
rospy.spin()
