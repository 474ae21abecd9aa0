"""Offers services, and calls those of others when told to by a line: "call NAME VALUE" or "persist NAME COUNT"."""
import sys

import rospy
from std_srvs.srv import SetBool, SetBoolResponse, Trigger, TriggerResponse

rospy.init_node("services")


def set_bool(request):
    return SetBoolResponse(success=request.data, message="ist wahr" if request.data else "ist falsch – äöü")


def trigger(_):
    print("triggered", flush=True)
    rospy.sleep(5)    # long enough to be killed meanwhile on a busy machine
    return TriggerResponse(success=True, message="done")


def fail(_):
    raise rospy.ServiceException("no power")


rospy.Service("/py/set_bool", SetBool, set_bool)
rospy.Service("/py/trigger", Trigger, trigger)
rospy.Service("/py/fail", Trigger, fail)
print("ready", flush=True)

for line in sys.stdin:
    verb, name, value = line.split()
    try:
        if verb == "call":
            response = rospy.ServiceProxy(name, SetBool)(value == "true")
            print("answer %s %s" % (response.success, response.message), flush=True)
        else:
            proxy = rospy.ServiceProxy(name, SetBool, persistent=True)
            answers = [proxy(i % 2 == 0) for i in range(int(value))]
            print("answers " + " ".join(str(answer.success) for answer in answers), flush=True)
            proxy.close()
    except rospy.ServiceException as wrong:
        print("refused %s" % wrong, flush=True)
