using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.MoveBaseMsgs;

namespace RobotWorker.Tests.Ros.Codecs;

public class Ros1DefinitionTests
{
    // As published with ROS noetic; an integration test compares those that Debian has with genpy.
    [TestCase("std_msgs/Header", "2176decaecbce78abc3b96ef049fabed")]
    [TestCase("std_msgs/String", "992ce8a1687cec8c8bd883ec73ca41d1")]
    [TestCase("std_msgs/Empty", "d41d8cd98f00b204e9800998ecf8427e")]
    [TestCase("geometry_msgs/PoseStamped", "d3812c3cbc69362b77dc0b19b345f8f5")]
    [TestCase("geometry_msgs/Twist", "9f195f881246fdfa2798d1d3eebca84a")]
    [TestCase("sensor_msgs/JointState", "3066dcd76a6cfaef579bd0f34173e9fd")]
    [TestCase("sensor_msgs/CameraInfo", "c9a58c1b0b154e0e6da7578cb991d214")]
    [TestCase("nav_msgs/Odometry", "cd5e73d190d741a2f92e81eda573aca7")]
    [TestCase("nav_msgs/OccupancyGrid", "3381f2d731d4076ec5c71b0759edbe4e")]
    [TestCase("actionlib_msgs/GoalStatusArray", "8b2b82f13216d0a8ea88bd3af735e619")]
    [TestCase("control_msgs/JointTolerance", "f544fe9c16cf04547e135dd6063ff5be")]
    [TestCase("object_recognition_msgs/ObjectType", "ac757ec5be1998b0167e7efcda79e3cf")]
    public void Md5Of_AMessage_IsThatOfRos(string name, string md5) => Assert.That(Ros1Definition.Md5Of(RosTypes.Message(name)!), Is.EqualTo(md5));

    [Test]
    public void Md5Of_TheParts_OfActions_AreThoseOfRos()
    {
        Assert.That(Ros1Definition.Md5Of(FollowJointTrajectory.Type.Goal), Is.EqualTo("69636787b6ecbde4d61d711979bc7ecb"));
        Assert.That(Ros1Definition.Md5Of(FollowJointTrajectory.Type.Result), Is.EqualTo("493383b18409bfb604b4e26c676401d2"));
        Assert.That(Ros1Definition.Md5Of(FollowJointTrajectory.Type.Feedback), Is.EqualTo("10817c60c2486ef6b33e97dcd87f4474"));
        Assert.That(Ros1Definition.Md5Of(Ros1ActionGoal.TypeOf(GripperCommandAction.Type.Goal)), Is.EqualTo("aa581f648a35ed681db2ec0bf7a82bea"));
    }

    [TestCase("std_srvs/Trigger", "937c9679a518e3a18d831e57125ea522")]
    [TestCase("std_srvs/SetBool", "09fb03525b03e7ea1fd3992bafd87e16")]
    [TestCase("nav_msgs/GetPlan", "421c8ea4d21c6c9db7054b4bbdf1e024")]
    public void Md5Of_AService_IsThatOfRos(string name, string md5) => Assert.That(Ros1Definition.Md5Of(RosTypes.Service(name)!), Is.EqualTo(md5));

    [TestCase("std_msgs/msg/String", "std_msgs/String")]
    [TestCase("std_srvs/srv/Trigger", "std_srvs/Trigger")]
    [TestCase("std_srvs/srv/Trigger_Request", "std_srvs/TriggerRequest")]
    [TestCase("move_base_msgs/action/MoveBase_Goal", "move_base_msgs/MoveBaseGoal")]
    [TestCase("my_msgs/String", "my_msgs/String")]
    public void NameOf_IsTheRos1Name(string name, string ros1) => Assert.That(Ros1Definition.NameOf(name), Is.EqualTo(ros1));

    [Test]
    public void TextOf_AnActionGoal_IsTheRos1FormWithEachTypeOnce()
    {
        var type = Ros1ActionGoal.TypeOf(MoveBase.Type.Goal);
        var text = Ros1Definition.TextOf(type);
        var parts = text.Split(DefinitionText.Separator);

        Assert.That(Ros1Definition.NameOf(type.Name), Is.EqualTo("move_base_msgs/MoveBaseActionGoal"));
        Assert.That(parts[0], Is.EqualTo("std_msgs/Header header\nactionlib_msgs/GoalID goal_id\nmove_base_msgs/MoveBaseGoal goal\n"));
        Assert.That(parts.Select(part => part.Split('\n')[0]).Skip(1), Is.EquivalentTo([
            "MSG: std_msgs/Header", "MSG: actionlib_msgs/GoalID", "MSG: move_base_msgs/MoveBaseGoal", "MSG: geometry_msgs/PoseStamped", "MSG: geometry_msgs/Pose",
            "MSG: geometry_msgs/Point", "MSG: geometry_msgs/Quaternion"]));
        Assert.That(parts[1], Is.EqualTo("MSG: std_msgs/Header\nuint32 seq\ntime stamp\nstring frame_id\n"));
    }

    [Test]
    public void TextOf_EveryMessage_IsReadAsRos1AndHasTheSameMd5([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Types))] object type)
    {
        var known = (MessageType)type;
        DefinitionBundle.Parse(Ros1Definition.NameOf(known.Name), Ros1Definition.TextOf(known), DefinitionRules.Ros1, out var problems);

        Assert.That(problems, Is.Empty);
        Assert.That(Ros1Definition.Md5Of(known), Has.Length.EqualTo(32));
    }
}
