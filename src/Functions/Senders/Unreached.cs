namespace Dunning.Functions.Senders;

/// <summary>Tells a connection that was never made, after which nothing can have arrived, from an answer that was lost.</summary>
internal static class Unreached
{
    public static bool Is(Exception? failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
