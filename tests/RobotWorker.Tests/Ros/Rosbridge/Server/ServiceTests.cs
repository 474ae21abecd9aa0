using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

public sealed class ServiceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [TestCase("""{"data":true}""")]
    [TestCase("[true]")]
    public void Call_OfTheGraphsService_IsAnsweredUnderItsId(string args)
    {
        using var served = new ServedGraph();
        Offer(served);
        var client = served.Connect();

        client.Send($$"""{"op":"call_service","id":7,"service":"/light","args":{{args}}}""");

        var answer = client.Next("service_response");
        Assert.That(answer.GetProperty("id").GetInt32(), Is.EqualTo(7));
        Assert.That(answer.GetProperty("result").GetBoolean());
        Assert.That(answer.GetProperty("values").GetProperty("message").GetString(), Is.EqualTo("it is True"));
    }

    [TestCase("/lihgt", "{}", "nobody offers '/lihgt'; did you mean '/light'?")]
    [TestCase("/light", """{"data":"yes"}""", "data")]
    [TestCase("/light", """{"date":true}""", "date")]
    public void Call_ThatCannotBeMade_IsAnsweredWithTheReason(string service, string args, string why)
    {
        using var served = new ServedGraph();
        Offer(served);
        var client = served.Connect();

        client.Send($$"""{"op":"call_service","id":"x","service":"{{service}}","args":{{args}}}""");

        var answer = client.Next("service_response");
        Assert.That(answer.GetProperty("result").GetBoolean(), Is.False);
        Assert.That(answer.GetProperty("values").GetString(), Does.Contain(why));
    }

    [Test]
    public void Call_NotAnsweredInTime_IsToldSo()
    {
        using var served = new ServedGraph();
        served.Do(() => served.Robot.AdvertiseService<Trigger.Request, Trigger.Response>("/never", (_, _) => new TaskCompletionSource<Trigger.Response>().Task));
        var client = served.Connect();

        client.Send("""{"op":"call_service","id":"x","service":"/never","timeout":0.05}""");

        var answer = client.Next("service_response");
        Assert.That(answer.GetProperty("result").GetBoolean(), Is.False);
        Assert.That(answer.GetProperty("values").GetString(), Does.Contain("no answer within 0.05 s"));
    }

    [Test]
    public void Advertised_TheGraphsCallsGoToTheClientAndBack()
    {
        using var served = new ServedGraph();
        var client = OfferedByAClient(served);
        var call = Call(served);

        var request = client.Next("call_service");
        Assert.That(request.GetProperty("args").GetProperty("data").GetBoolean());
        client.Send($$"""{"op":"service_response","id":"{{request.GetProperty("id").GetString()}}","service":"/lamp","values":{"success":true,"message":"on"},"result":true}""");

        served.WaitUntil(() => call.IsCompleted, "the call ends");
        Assert.That(call.GetAwaiter().GetResult().Message, Is.EqualTo("on"));
    }

    [TestCase("""{"success":true}""", "false", "its server says")]
    [TestCase("\"the bulb is broken\"", "false", "the bulb is broken")]
    [TestCase("""{"success":"yes"}""", "true", "cannot be understood")]
    public void Advertised_AnAnswerThatIsNone_FailsTheCallAndNotTheLoop(string values, string result, string why)
    {
        using var served = new ServedGraph();
        var client = OfferedByAClient(served);
        var call = Call(served);

        var id = client.Next("call_service").GetProperty("id").GetString();
        client.Send($$"""{"op":"service_response","id":"{{id}}","service":"/lamp","values":{{values}},"result":{{result}}}""");

        served.WaitUntil(() => call.IsCompleted, "the call ends");
        var failure = Assert.Throws<RosServiceException>(() => call.GetAwaiter().GetResult())!;
        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.Failed));
        Assert.That(failure.Message, Does.Contain(why));
    }

    [Test]
    public void Advertised_TheClientGoesDuringACall_ItFailsAndTheNameIsFree()
    {
        using var served = new ServedGraph();
        var client = OfferedByAClient(served);
        var call = Call(served);
        client.Next("call_service");

        client.Abort();

        served.WaitUntil(() => call.IsCompleted, "the call ends");
        Assert.That(Assert.Throws<RosServiceException>(() => call.GetAwaiter().GetResult())!.Failure, Is.EqualTo(ServiceFailure.ServerGone));
        Assert.That(served.Do(() => served.Graph.Look().Services.Select(service => service.Name)), Has.None.EqualTo("/lamp"));
    }

    private static void Offer(ServedGraph served) => served.Do(() => served.Robot.AdvertiseService<SetBool.Request, SetBool.Response>(
        "/light", (request, _) => Task.FromResult(new SetBool.Response { Success = true, Message = $"it is {request.Data}" })));

    private static RawClient OfferedByAClient(ServedGraph served)
    {
        var client = served.Connect();
        client.Send("""{"op":"advertise_service","service":"/lamp","type":"std_srvs/SetBool"}""");
        client.Settle();
        return client;
    }

    private static Task<SetBool.Response> Call(ServedGraph served) =>
        served.Do(() => served.Robot.CallServiceAsync<SetBool.Request, SetBool.Response>("/lamp", new() { Data = true }, Deadline));
}
