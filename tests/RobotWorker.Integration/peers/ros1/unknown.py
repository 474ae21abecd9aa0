"""A robot of types that RobotWorker was not compiled with: a satellite fix, an action that counts up to its goal, and rospy's own services."""
import actionlib
import rospy
from actionlib.msg import TestAction, TestFeedback, TestResult
from sensor_msgs.msg import NavSatFix, NavSatStatus

rospy.init_node("unknown")
fix = NavSatFix(latitude=48.25, longitude=11.5, position_covariance=[i / 2 for i in range(9)])
fix.header.frame_id = "gps"
fix.header.stamp = rospy.Time(7, 5)
fix.status.status = NavSatStatus.STATUS_SBAS_FIX
fixes = rospy.Publisher("/fix", NavSatFix, queue_size=1, latch=True)
fixes.publish(fix)


def count(goal):
    """A goal below 0 is aborted, one of 1000 or more goes on until it is cancelled."""
    print("started %d" % goal.goal, flush=True)
    at = 0
    while at < goal.goal:
        if server.is_preempt_requested():
            print("preempted %d" % goal.goal, flush=True)
            server.set_preempted(TestResult(at), "as asked")
            return
        at += 1
        server.publish_feedback(TestFeedback(at))
        rospy.sleep(0.05)
    if goal.goal < 0:
        server.set_aborted(TestResult(goal.goal), "below nothing")
    else:
        server.set_succeeded(TestResult(at))


server = actionlib.SimpleActionServer("count", TestAction, count, auto_start=False)
server.start()
print("ready", flush=True)
rospy.spin()
