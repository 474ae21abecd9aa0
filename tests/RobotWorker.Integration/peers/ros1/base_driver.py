"""A move_base that drives a robot: by /cmd_vel, looking at /tf. "abort" on a line lets the next goal be given up on its way."""
import math
import sys
import threading

import actionlib
import rospy
from geometry_msgs.msg import Twist
from move_base_msgs.msg import MoveBaseAction, MoveBaseFeedback, MoveBaseResult
from tf2_msgs.msg import TFMessage

rospy.init_node("move_base")
wheels = rospy.Publisher("/cmd_vel", Twist, queue_size=1)
frames = {}
abort_next = threading.Event()


def yaw_of(q):
    return math.atan2(2 * (q.w * q.z + q.x * q.y), 1 - 2 * (q.y * q.y + q.z * q.z))


def heard(message):
    for found in message.transforms:
        frames[found.child_frame_id.lstrip("/")] = (found.header.frame_id.lstrip("/"), found.transform)


def where():
    """x, y and yaw of base_link in map; None while that is not known."""
    x, y, yaw, frame = 0.0, 0.0, 0.0, "base_link"
    while frame != "map":
        if frame not in frames:
            return None
        parent, transform = frames[frame]
        turn = yaw_of(transform.rotation)
        x, y = (transform.translation.x + math.cos(turn) * x - math.sin(turn) * y, transform.translation.y + math.sin(turn) * x + math.cos(turn) * y)
        yaw, frame = yaw + turn, parent
    return x, y, yaw


def drive_toward(goal, at):
    """One step; whether it has arrived."""
    dx, dy = goal.position.x - at[0], goal.position.y - at[1]
    turn = math.remainder(yaw_of(goal.orientation) - at[2], 2 * math.pi)
    far = math.hypot(dx, dy)
    if far < 0.01 and abs(turn) < 0.01:
        wheels.publish(Twist())
        return True
    speed = min(0.5, 1.5 * far)
    command = Twist()
    if far > 0:
        ahead = math.atan2(dy, dx) - at[2]
        command.linear.x, command.linear.y = speed * math.cos(ahead), speed * math.sin(ahead)
    command.angular.z = max(-1.0, min(1.0, 2 * turn))
    wheels.publish(command)
    return False


def execute(wanted):
    goal = wanted.target_pose.pose
    gives_up = abort_next.is_set()
    abort_next.clear()
    print("started %.2f %.2f" % (goal.position.x, goal.position.y), flush=True)
    feedback = MoveBaseFeedback()
    feedback.base_position.header.frame_id = "map"
    steps = 0
    while not rospy.is_shutdown():
        at = where()
        if server.is_preempt_requested():
            wheels.publish(Twist())
            print("preempted", flush=True)
            server.set_preempted(MoveBaseResult(), "as asked")
            return
        steps += 1
        if gives_up and steps > 20:
            wheels.publish(Twist())
            print("gave up", flush=True)
            server.set_aborted(MoveBaseResult(), "a chair is in the way")
            return
        if at is not None:
            feedback.base_position.pose.position.x, feedback.base_position.pose.position.y = at[0], at[1]
            feedback.base_position.pose.orientation.w = 1
            server.publish_feedback(feedback)
            if drive_toward(goal, at):
                print("arrived", flush=True)
                server.set_succeeded(MoveBaseResult())
                return
        rospy.sleep(0.05)


rospy.Subscriber("/tf", TFMessage, heard)
rospy.Subscriber("/tf_static", TFMessage, heard)
server = actionlib.SimpleActionServer("move_base", MoveBaseAction, execute_cb=execute, auto_start=False)
server.start()
print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "abort":
        abort_next.set()
