using System.Text;
using CsCheck;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Tests.Ros.Ros1.XmlRpc;

[TestFixture]
public sealed class XmlRpcTests
{
    // What XML can carry at all; \r is among it because it must survive.
    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Int[0, 8].Select(i => "\t\n\rä茶<&]\""[i]))];

    private static readonly Gen<XmlRpcValue> Values = Gen.Recursive<XmlRpcValue>((depth, inner) => depth > 3 ? Leaves() : Gen.OneOf(
        Leaves(),
        inner.Array[0, 4].Select(items => (XmlRpcValue)XmlRpcValue.List([.. items])),
        Gen.Select(Texts, inner).Array[0, 4].Select(members =>
            (XmlRpcValue)XmlRpcValue.Map(members.DistinctBy(member => member.Item1).Select(member => (member.Item1, member.Item2))))));

    [Test]
    public void Response_AnyValue_IsReadBackEqual() => Values.Sample(value =>
    {
        var read = XmlRpcReader.Response(XmlRpcWriter.Response(value));
        return read.Equals(value);
    });

    [Test]
    public void Call_AnyArguments_AreReadBackEqual() => Values.Array[0, 4].Sample(arguments =>
    {
        var call = XmlRpcReader.Call(XmlRpcWriter.Call("publisherUpdate", [.. arguments]));
        return call.Method == "publisherUpdate" && call.Arguments.SequenceEqual(arguments);
    });

    // As Python's xmlrpc.client writes: line feeds between elements, and "i4" from others.
    [Test]
    public void Call_WrittenByPython_IsRead()
    {
        const string text = """
            <?xml version='1.0'?>
            <methodCall>
            <methodName>requestTopic</methodName>
            <params>
            <param>
            <value><string>/listener</string></value>
            </param>
            <param>
            <value><array><data>
            <value><array><data>
            <value><string>TCPROS</string></value>
            <value><i4>-7</i4></value>
            </data></array></value>
            </data></array></value>
            </param>
            </params>
            </methodCall>
            """;

        var call = XmlRpcReader.Call(Encoding.UTF8.GetBytes(text));

        Assert.That(call.Method, Is.EqualTo("requestTopic"));
        Assert.That(call.Arguments, Is.EqualTo(new XmlRpcValue[] { "/listener", XmlRpcValue.List(XmlRpcValue.List("TCPROS", -7)) }));
    }

    // As roscpp writes: a text without a type, whose white space counts.
    [TestCase("<value> a b </value>", " a b ")]
    [TestCase("<value></value>", "")]
    [TestCase("<value/>", "")]
    [TestCase("<value><string/></value>", "")]
    [TestCase("<value>a&#13;&lt;b</value>", "a\r<b")]
    public void Response_TextWithoutAType_IsAText(string value, string expected) =>
        Assert.That(XmlRpcReader.Response(Answer(value)), Is.EqualTo(new XmlRpcText(expected)));

    [TestCase("<value><double>nan</double></value>", double.NaN)]
    [TestCase("<value><double>-inf</double></value>", double.NegativeInfinity)]
    [TestCase("<value><double> 1e-3 </double></value>", 0.001)]
    public void Response_Double_AsPythonSpellsIt(string value, double expected) =>
        Assert.That(XmlRpcReader.Response(Answer(value)), Is.EqualTo(new XmlRpcDouble(expected)));

    [Test]
    public void Response_Fault_IsThrownWithItsWords()
    {
        var fault = Assert.Throws<XmlRpcFaultException>(() => XmlRpcReader.Response(XmlRpcWriter.Fault(4, "no such method\u0001")));

        Assert.That((fault.Code, fault.Text), Is.EqualTo((4, "no such method?")));
    }

    [TestCase("")]
    [TestCase("no xml")]
    [TestCase("<methodResponse>")]
    [TestCase("<methodResponse></methodResponse>")]
    [TestCase("<methodResponse><params><param><value><int>1.5</int></value></param></params></methodResponse>")]
    [TestCase("<methodResponse><params><param><value><int>9999999999</int></value></param></params></methodResponse>")]
    [TestCase("<methodResponse><params><param><value><boolean>yes</boolean></value></param></params></methodResponse>")]
    [TestCase("<methodResponse><params><param><value><base64>!</base64></value></param></params></methodResponse>")]
    [TestCase("<methodResponse><params><param><value><date>1</date></value></param></params></methodResponse>")]
    [TestCase("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><methodResponse><params><param><value>&a;</value></param></params></methodResponse>")]
    public void Response_Nonsense_IsNamed(string text) =>
        Assert.That(() => XmlRpcReader.Response(Encoding.UTF8.GetBytes(text)), Throws.TypeOf<XmlRpcException>());

    [Test]
    public void Response_NestedTooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("<value><array><data>", 100_000));

        Assert.That(() => XmlRpcReader.Response(Answer(deep)), Throws.TypeOf<XmlRpcException>().With.Message.Contains("64 deep"));
    }

    [Test]
    public void Call_TextThatXmlCannotCarry_IsRefusedBeforeItIsSent() =>
        Assert.That(() => XmlRpcWriter.Call("setParam", "a\0b"), Throws.TypeOf<XmlRpcException>().With.Message.Contains("U+0000 at 1"));

    private static byte[] Answer(string value) => Encoding.UTF8.GetBytes($"<methodResponse><params><param>{value}</param></params></methodResponse>");

    private static Gen<XmlRpcValue> Leaves() => Gen.OneOf(
        Gen.Int.Select(value => (XmlRpcValue)value),
        Gen.Bool.Select(value => (XmlRpcValue)value),
        Gen.Double.Select(value => (XmlRpcValue)value),
        Texts.Select(value => (XmlRpcValue)value),
        Gen.Byte.Array.Select(value => (XmlRpcValue)new XmlRpcBytes([.. value])),
        Gen.Const(XmlRpcValue.Nil));
}
