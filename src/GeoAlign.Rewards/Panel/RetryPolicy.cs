using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GeoAlign.Rewards;

/// <summary>When and how often a panel asks a reward again whose call threw.</summary>
/// <remarks>A call that the panel itself gave up after its timeout is never repeated: the reward may still be at work.</remarks>
public sealed record RetryPolicy
{
    /// <summary>One attempt and no more. The default of a panel.</summary>
    public static RetryPolicy None { get; } = new() { MaxAttempts = 1 };

    /// <summary>Attempts in all, at least 1.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Wait before the second attempt.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Each further wait is this much longer than the one before, at least 1.</summary>
    public double DelayFactor { get; init; } = 2;

    /// <summary>Which exceptions are worth another attempt. Default: <see cref="IsTransientByDefault"/>.</summary>
    public Func<Exception, bool> IsTransient { get; init; } = IsTransientByDefault;

    /// <summary>
    /// Whether an exception is a <see cref="TransientRewardException"/>, a <see cref="TimeoutException"/>, a <see cref="SocketException"/>, or an
    /// <see cref="HttpRequestException"/> without a status or with 408, 429, 502, 503 or 504. Nothing else: a wrong argument stays wrong.
    /// </summary>
    public static bool IsTransientByDefault(Exception exception) => exception switch
    {
        TransientRewardException or TimeoutException or SocketException => true,
        HttpRequestException http => http.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public RetryPolicy Validated()
    {
        List<string> errors = [];
        if (MaxAttempts < 1) errors.Add($"{nameof(MaxAttempts)} is {MaxAttempts}, must be at least 1");
        if (Delay < TimeSpan.Zero || Delay > LongestWait.Value) errors.Add($"{nameof(Delay)} is {Delay}, must be from 0 to {LongestWait.Bound}");
        if (!(DelayFactor >= 1 && double.IsFinite(DelayFactor))) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(DelayFactor)} is {DelayFactor}, must be at least 1"));
        if (IsTransient is null) errors.Add($"{nameof(IsTransient)} is null");
        return errors.Count == 0 ? this : throw new ArgumentException("RetryPolicy: " + string.Join("; ", errors) + ".");
    }

    /// <summary>Wait after a failed attempt, counted from 1; at most 49 days, the longest a timer waits.</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        double milliseconds = Delay.TotalMilliseconds * Math.Pow(DelayFactor, attempt - 1);
        return milliseconds < LongestWait.Value.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Delay == TimeSpan.Zero ? TimeSpan.Zero : LongestWait.Value;
    }
}
