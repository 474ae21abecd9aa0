"""One side of a ROS 1 benchmark by rospy: MODE (pub, sub, echo, ping) and the size of the messages."""
import sys
import threading
import time
import warnings

import rospy
from std_msgs.msg import String, UInt8MultiArray

# Without a queue a publisher of rospy sends by itself and waits, which is its fastest way; it warns of that.
warnings.simplefilter("ignore")
mode, size = sys.argv[1], int(sys.argv[2])
kind = String if size <= 1000 else UInt8MultiArray
payload = "x" * size if kind is String else bytes(size)
rospy.init_node(mode + "_py")


def wait(publisher):
    while publisher.get_num_connections() == 0:
        time.sleep(0.01)


if mode == "pub":
    publisher = rospy.Publisher("/flood", kind, queue_size=None, tcp_nodelay=True)
    wait(publisher)
    message = kind(data=payload)
    while not rospy.is_shutdown():
        publisher.publish(message)
elif mode == "sub":
    count = [0]

    def take(_):
        count[0] += 1

    rospy.Subscriber("/flood", kind, take, tcp_nodelay=True, buff_size=1 << 20)
    while count[0] == 0:
        time.sleep(0.01)
    time.sleep(1)
    before, start = count[0], time.perf_counter()
    time.sleep(3)
    print("RATE %f" % ((count[0] - before) / (time.perf_counter() - start)), flush=True)
elif mode == "echo":
    publisher = rospy.Publisher("/pong", kind, queue_size=None, tcp_nodelay=True)
    rospy.Subscriber("/ping", kind, publisher.publish, tcp_nodelay=True, buff_size=1 << 20)
    rospy.spin()
else:
    publisher = rospy.Publisher("/ping", kind, queue_size=None, tcp_nodelay=True)
    back = threading.Event()
    subscriber = rospy.Subscriber("/pong", kind, lambda _: back.set(), tcp_nodelay=True, buff_size=1 << 20)
    wait(publisher)
    while subscriber.get_num_connections() == 0:
        time.sleep(0.01)
    message = kind(data=payload)
    times = []
    for i in range(2500 if size <= 1000 else 250):
        back.clear()
        start = time.perf_counter()
        publisher.publish(message)
        back.wait()
        times.append((time.perf_counter() - start) * 1e6)
    times = sorted(times[len(times) // 5:])
    print("TRIP %f %f" % (times[len(times) // 2], times[len(times) * 99 // 100]), flush=True)
