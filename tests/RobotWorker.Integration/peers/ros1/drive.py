"""Sends goals to somebody's /move_base when told to by a line: "goal X" waits for its end, "start X" does not, "cancel" cancels and waits."""
import sys

import actionlib
import rospy
from actionlib_msgs.msg import GoalStatus
from move_base_msgs.msg import MoveBaseAction, MoveBaseGoal

rospy.init_node("driver")
client = actionlib.SimpleActionClient("move_base", MoveBaseAction)
heard = [0]


def feedback(message):
    heard[0] += 1


def goal(x):
    wanted = MoveBaseGoal()
    wanted.target_pose.header.frame_id = "map"
    wanted.target_pose.pose.position.x = x
    wanted.target_pose.pose.orientation.w = 1
    return wanted


def ended():
    client.wait_for_result(rospy.Duration(20))
    print("ended %s with %d feedbacks" % (GoalStatus.to_string(client.get_state()), heard[0]), flush=True)


print("ready", flush=True)
print("server %s" % client.wait_for_server(rospy.Duration(20)), flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "cancel":
        client.cancel_goal()
        ended()
        continue
    heard[0] = 0
    client.send_goal(goal(float(words[1])), feedback_cb=feedback)
    if words[0] == "goal":
        ended()
    else:
        while heard[0] == 0:
            rospy.sleep(0.02)
        print("under way", flush=True)
