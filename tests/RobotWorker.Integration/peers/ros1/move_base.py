"""A move_base that goes nowhere: the goal's x says how it ends. 1 succeeds, 2 aborts, 3 goes on until it is cancelled or displaced."""
import actionlib
import rospy
from move_base_msgs.msg import MoveBaseAction, MoveBaseFeedback, MoveBaseResult

rospy.init_node("move_base")


def execute(goal):
    x = goal.target_pose.pose.position.x
    print("started %g in %s" % (x, goal.target_pose.header.frame_id), flush=True)
    feedback = MoveBaseFeedback()
    feedback.base_position.header.frame_id = "map"
    for i in range(3 if x < 3 else 1000):
        if server.is_preempt_requested():
            print("preempted %g" % x, flush=True)
            server.set_preempted(MoveBaseResult(), "as asked")
            return
        feedback.base_position.pose.position.x = i
        server.publish_feedback(feedback)
        rospy.sleep(0.05)
    if x == 2:
        server.set_aborted(MoveBaseResult(), "blocked")
    else:
        server.set_succeeded(MoveBaseResult())


server = actionlib.SimpleActionServer("move_base", MoveBaseAction, execute_cb=execute, auto_start=False)
server.start()
print("ready", flush=True)
rospy.spin()
