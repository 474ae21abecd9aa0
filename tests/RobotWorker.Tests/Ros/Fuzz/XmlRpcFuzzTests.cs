using System.Net;
using System.Text;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.Wire;
using RobotWorker.Ros.Ros1.XmlRpc;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Ros.Fuzz;

/// <summary>
/// XML-RPC against mutated bytes, from the HTTP request to the node's own API, and from a master's answer to what is made of it. The seeds are what rospy,
/// roscpp and rosmaster put on the wire.
/// </summary>
[TestFixture]
public sealed class XmlRpcFuzzTests
{
    private const int Few = 3_000;
    private const int Many = 1_000_000;

    private static readonly string[] Calls =
    [
        // rospy, with a line feed behind every element.
        """
        <?xml version='1.0'?>
        <methodCall>
        <methodName>requestTopic</methodName>
        <params>
        <param>
        <value><string>/py</string></value>
        </param>
        <param>
        <value><string>/chat</string></value>
        </param>
        <param>
        <value><array><data>
        <value><array><data>
        <value><string>TCPROS</string></value>
        </data></array></value>
        </data></array></value>
        </param>
        </params>
        </methodCall>

        """,
        // rosmaster.
        """
        <?xml version='1.0'?>
        <methodCall>
        <methodName>publisherUpdate</methodName>
        <params>
        <param>
        <value><string>/master</string></value>
        </param>
        <param>
        <value><string>/answer</string></value>
        </param>
        <param>
        <value><array><data>
        <value><string>http://127.0.0.1:34731/</string></value>
        </data></array></value>
        </param>
        </params>
        </methodCall>

        """,
        """
        <?xml version='1.0'?>
        <methodCall>
        <methodName>paramUpdate</methodName>
        <params>
        <param>
        <value><string>/master</string></value>
        </param>
        <param>
        <value><string>/speed/max/</string></value>
        </param>
        <param>
        <value><struct>
        <member>
        <name>n</name>
        <value><array><data>
        <value><int>1</int></value>
        <value><double>2.0</double></value>
        <value><boolean>1</boolean></value>
        <value><string>x&lt;&amp;&gt;</string></value>
        <value><base64>
        AAECAw==
        </base64></value>
        <value><nil/></value></data></array></value>
        </member>
        </struct></value>
        </param>
        </params>
        </methodCall>

        """,
        // roscpp: texts without a type.
        "<?xml version=\"1.0\"?>\r\n<methodCall><methodName>requestTopic</methodName>\r\n<params><param><value>/cpp</value></param><param><value>/chat</value></param><param><value><array><data>"
            + "<value><array><data><value>TCPROS</value></data></array></value></data></array></value></param></params></methodCall>\r\n",
        "<?xml version=\"1.0\"?>\r\n<methodCall><methodName>getBusInfo</methodName>\r\n<params><param><value>/cpp</value></param></params></methodCall>\r\n",
        "<?xml version=\"1.0\"?>\r\n<methodCall><methodName>shutdown</methodName>\r\n<params><param><value>/cpp</value></param><param><value>new node registered with same name</value></param></params></methodCall>\r\n",
    ];

    private static readonly string[] Answers =
    [
        // rosmaster.
        """
        <?xml version='1.0'?>
        <methodResponse>
        <params>
        <param>
        <value><array><data>
        <value><int>1</int></value>
        <value><string>Registered [/py] as publisher of [/answer]</string></value>
        <value><array><data>
        <value><string>http://127.0.0.1:38763/</string></value>
        </data></array></value>
        </data></array></value>
        </param>
        </params>
        </methodResponse>

        """,
        """
        <?xml version='1.0'?>
        <methodResponse>
        <params>
        <param>
        <value><array><data>
        <value><int>-1</int></value>
        <value><string>Parameter [/use_sim_time] is not set</string></value>
        <value><int>0</int></value>
        </data></array></value>
        </param>
        </params>
        </methodResponse>

        """,
        """
        <?xml version='1.0'?>
        <methodResponse>
        <params>
        <param>
        <value><array><data>
        <value><int>1</int></value>
        <value><string>current system state</string></value>
        <value><array><data>
        <value><array><data>
        <value><array><data>
        <value><string>/chat</string></value>
        <value><array><data>
        <value><string>/cpp</string></value>
        </data></array></value>
        </data></array></value>
        <value><array><data>
        <value><string>/answer</string></value>
        <value><array><data>
        <value><string>/py</string></value>
        </data></array></value>
        </data></array></value>
        </data></array></value>
        <value><array><data>
        </data></array></value>
        <value><array><data>
        </data></array></value>
        </data></array></value>
        </data></array></value>
        </param>
        </params>
        </methodResponse>

        """,
        """
        <?xml version='1.0'?>
        <methodResponse>
        <fault>
        <value><struct>
        <member>
        <name>faultCode</name>
        <value><int>1</int></value>
        </member>
        <member>
        <name>faultString</name>
        <value><string>&lt;class 'Exception'&gt;:method "foo" is not supported</string></value>
        </member>
        </struct></value>
        </fault>
        </methodResponse>

        """,
        // roscpp.
        "<?xml version=\"1.0\"?>\r\n<methodResponse><params><param>\r\n\t<value><array><data><value><i4>1</i4></value><value></value><value><array><data><value>TCPROS</value>"
            + "<value>127.0.0.1</value><value><i4>48615</i4></value></data></array></value></data></array></value>\r\n</param></params></methodResponse>\r\n",
    ];

    private NodeWire wire = null!;

    // Its master is nowhere: it is asked in the background, and what comes in is answered without it.
    [OneTimeSetUp]
    public void Start()
    {
        wire = new("/robot", new(new("http://127.0.0.1:1/")) { MostPause = TimeSpan.FromMinutes(5), LeastPause = TimeSpan.FromMinutes(5) }, new Silence(), _ => { });
        wire.Watch("/speed", _ => { });
        wire.Add(new TopicSender("/robot", "/chat", new("std_msgs/String", "992ce8a1687cec8c8bd883ec73ca41d1", "string data"), 0, new(1, 1000, false, TimeSpan.FromSeconds(15)), TimeProvider.System, _ => { }));
    }

    [OneTimeTearDown]
    public async Task Stop() => await wire.CloseAsync();

    [Test]
    public void AFewThousandRequests_AreAnsweredOrRefused() => Request(Few, seed: 1);

    [Test]
    [Category("Slow")]
    public void AMillionRequests_AreAnsweredOrRefused() => Request(Many, seed: 2);

    [Test]
    public void AFewThousandAnswers_AreTakenOrRefused() => Answer(Few, seed: 1);

    [Test]
    [Category("Slow")]
    public void AMillionAnswers_AreTakenOrRefused() => Answer(Many, seed: 2);

    // Found by the fuzzing: a key without a slash.
    [Test]
    public void ParamUpdate_NameWithoutASlash_IsAnswered() =>
        Assert.That(SlaveApi.Answer(wire, new("paramUpdate", ["/master", "speed", 1])), Is.EqualTo(RosApi.Done("", 0)));

    // Found by the fuzzing: two entries of one topic ended the registrar.
    [Test]
    public async Task SystemState_TopicThatComesTwice_IsOne()
    {
        using var answers = new CannedAnswers();
        using var client = new XmlRpcClient(TimeProvider.System, answers);
        var publishers = XmlRpcValue.List(XmlRpcValue.List("/chat", XmlRpcValue.List("/a")), XmlRpcValue.List("/chat", XmlRpcValue.List("/b")));
        answers.Next = XmlRpcWriter.Response(RosApi.Done("", XmlRpcValue.List(publishers, XmlRpcValue.List(), XmlRpcValue.List())));

        var state = await new MasterClient(client, new("http://127.0.0.1:11311/"), "/robot", TimeSpan.FromSeconds(20)).SystemStateAsync(CancellationToken.None);

        Assert.That(state.Publishers["/chat"], Is.EqualTo(["/a", "/b"]));
    }

    // Whatever comes, each answer that goes out is one that a client can read, and nothing escapes.
    private void Request(int count, int seed)
    {
        var corpus = Calls.SelectMany(Requests).ToArray();
        var sizes = new Random(seed);
        var (answered, refused, faults) = (0, 0, 0);
        Fuzzing.Run(
            request =>
            {
                using var stream = new DrippingStream(request, sizes);
                Finish(XmlRpcServer.ServeAsync(stream, TimeProvider.System, call => SlaveApi.Answer(wire, call), CancellationToken.None));
                for (var rest = stream.Written; !rest.IsEmpty;)
                {
                    var (status, body, length) = Http(rest);
                    rest = rest[length..];
                    if (status == 100) continue;
                    if (status != 200)
                    {
                        refused++;
                        Assert.That(rest.Length, Is.Zero, "a refusal is the last answer");
                        continue;
                    }

                    try
                    {
                        XmlRpcReader.Response(body);
                        answered++;
                    }
                    catch (XmlRpcFaultException)
                    {
                        faults++;
                    }
                }
            },
            corpus, count, seed, _ => false);

        Assert.That(answered, Is.GreaterThan(count / 100));
        Assert.That(refused, Is.GreaterThan(count / 100));
        Assert.That(faults, Is.GreaterThan(count / 100));
    }

    // All that is made of a master's or a node's answer: its value, or a Ros1Exception that says what was wrong.
    private static void Answer(int count, int seed)
    {
        using var answers = new CannedAnswers();
        using var client = new XmlRpcClient(TimeProvider.System, answers);
        var master = new MasterClient(client, new("http://127.0.0.1:11311/"), "/robot", TimeSpan.FromSeconds(20));
        var options = new Ros1Options(master.Address);
        var choice = new Random(seed);
        var (taken, refused) = (0, 0);
        Fuzzing.Run(
            answer =>
            {
                answers.Next = answer;
                try
                {
                    Finish(choice.Next(4) switch
                    {
                        0 => master.SystemStateAsync(CancellationToken.None),
                        1 => master.RegisterSubscriberAsync("/chat", "std_msgs/String", "http://127.0.0.1:2/", CancellationToken.None),
                        2 => master.TopicTypesAsync(CancellationToken.None),
                        _ => PublisherConnection.PlaceAsync(client, "http://127.0.0.1:3/", "/robot", "/chat", options, CancellationToken.None),
                    });
                    taken++;
                }
                catch (Ros1Exception)
                {
                    refused++;
                }
            },
            [.. Answers.Select(Encoding.UTF8.GetBytes)], count, seed, _ => false);

        Assert.That(taken, Is.GreaterThan(count / 100));
        Assert.That(refused, Is.GreaterThan(count / 20));
    }

    private static IEnumerable<byte[]> Requests(string call)
    {
        var body = Encoding.UTF8.GetBytes(call);
        var half = body.Length / 2;
        yield return
        [
            .. Encoding.ASCII.GetBytes(
                $"POST / HTTP/1.1\r\nHost: 127.0.0.1:38763\r\nAccept-Encoding: gzip\r\nContent-Type: text/xml\r\nUser-Agent: Python-xmlrpc/3.11\r\nContent-Length: {body.Length}\r\n\r\n"),
            .. body,
        ];
        // Two requests on a connection, as roscpp keeps it.
        byte[] cpp = [.. Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nUser-Agent: XMLRPC++ 0.7\r\nHost: 127.0.0.1:34731\r\nContent-Type: text/xml\r\nContent-length: {body.Length}\r\n\r\n"), .. body];
        yield return [.. cpp, .. cpp];
        yield return
        [
            .. Encoding.ASCII.GetBytes($"POST /RPC2 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n{half:x}\r\n"), .. body.AsSpan(0, half),
            .. Encoding.ASCII.GetBytes($"\r\n{body.Length - half:X};name=value\r\n"), .. body.AsSpan(half), .. "\r\n0\r\nTrailer: x\r\n\r\n"u8,
        ];
        yield return [.. Encoding.ASCII.GetBytes($"POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    private static (int Status, byte[] Body, int Length) Http(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        Assert.That(end, Is.Positive, "an answer has a head");
        var head = Encoding.ASCII.GetString(bytes[..end]);
        Assert.That(head, Does.StartWith("HTTP/1.1 "));
        var status = int.Parse(head[9..12]);
        var length = status == 100 ? 0 : int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0]);
        return (status, bytes.Slice(end + 4, length).ToArray(), end + 4 + length);
    }

    private static void Finish(Task task)
    {
        Assert.That(task.IsCompleted, "nothing here waits for anything");
        task.GetAwaiter().GetResult();
    }

    private sealed class CannedAnswers : HttpMessageHandler
    {
        public byte[] Next { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Next) });
    }

    private sealed class Silence : IRegistrarEvents
    {
        public void MasterIs(bool there)
        {
        }

        public void TopicsAre(System.Collections.Immutable.ImmutableArray<(string Topic, string Type)> topics)
        {
        }

        public void Problem(string name, string text)
        {
        }
    }
}
