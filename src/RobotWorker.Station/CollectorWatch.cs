namespace RobotWorker.Station;

/// <summary>Keeps in mind why the collector was not reached: the exporters themselves do not say.</summary>
internal sealed class CollectorWatch
{
    private string? failure;

    public string? Failure => Volatile.Read(ref failure);

    public HttpClient Client(int timeoutMilliseconds) => new(new Handler(this)) { Timeout = TimeSpan.FromMilliseconds(timeoutMilliseconds) };

    private HttpResponseMessage Seen(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) Note(request, $"it answers {(int)response.StatusCode}");
        return response;
    }

    private void Note(HttpRequestMessage request, string why) => Volatile.Write(ref failure, $"{request.RequestUri}: {why.TrimEnd('.')}");

    private sealed class Handler(CollectorWatch watch) : DelegatingHandler(new HttpClientHandler())
    {
        // The exporters send with the one or the other.
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return watch.Seen(request, base.Send(request, cancellationToken));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                watch.Note(request, e.Message);
                throw;
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return watch.Seen(request, await base.SendAsync(request, cancellationToken));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                watch.Note(request, e.Message);
                throw;
            }
        }
    }
}
