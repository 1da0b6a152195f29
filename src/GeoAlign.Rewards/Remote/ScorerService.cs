using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>The server side of the scorer protocol, without a web server: hand it a body, send back what it says. One request is scored at a time.</summary>
public sealed class ScorerService : IDisposable
{
    private readonly IReward _reward;
    private readonly ScorerLimits _limits;
    private readonly int _maxWaiting;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string[] _names;
    private int _inside;

    /// <summary>Serves a reward.</summary>
    /// <param name="reward">The reward; stays the caller's.</param>
    /// <param name="name">Its name, for messages on the other side.</param>
    /// <param name="limits">What one request may hold; null: the defaults.</param>
    /// <param name="maxWaiting">Requests that may wait for their turn; further ones are told to come back.</param>
    public ScorerService(IReward reward, string name, ScorerLimits? limits = null, int maxWaiting = 4)
    {
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegative(maxWaiting);
        (_reward, _limits, _maxWaiting) = (reward, (limits ?? new ScorerLimits()).Validated(), maxWaiting);
        _names = [.. reward.Dimensions.Select(d => d.Name)];
        Description = new ScorerDescription(name, reward.Dimensions, _limits.MaxRequestBytes, _limits.MaxRollouts);
    }

    /// <summary>What a client asks for first.</summary>
    public ScorerDescription Description { get; }

    /// <summary>Answers a scoring request.</summary>
    /// <param name="body">The request.</param>
    /// <param name="lengthBytes">Its announced length; null is refused.</param>
    /// <param name="cancellationToken">The client has gone or the server stops.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ScorerReply> ScoreAsync(Stream body, long? lengthBytes, CancellationToken cancellationToken = default)
    {
        if (lengthBytes is not { } length) return ScorerReply.Error(411, "The length of the request must be announced.");
        if (length > _limits.MaxRequestBytes) return ScorerReply.Error(413, $"The request has {length} bytes, the limit is {_limits.MaxRequestBytes}.");
        if (Interlocked.Increment(ref _inside) > _maxWaiting + 1)
        {
            Interlocked.Decrement(ref _inside);
            return ScorerReply.Error(503, "Too many requests are waiting; come back later.");
        }

        try
        {
            ScorerRequest request = await ScorerRequest.ReadAsync(body, length, _limits, cancellationToken).ConfigureAwait(false);
            if (!request.Dimensions.SequenceEqual(_names))
                return ScorerReply.Error(422, $"The request expects the dimensions {string.Join(", ", request.Dimensions)}, this scorer gives {string.Join(", ", _names)}.");
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return Answer(request, await _reward.ScoreAsync(request.Rollouts, cancellationToken).ConfigureAwait(false));
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (ScorerProtocolException e)
        {
            return ScorerReply.Error(400, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (TransientRewardException e)
        {
            return ScorerReply.Error(503, e.Message);
        }
        catch (ArgumentException e)
        {
            return ScorerReply.Error(422, e.Message);            // a rollout without what the reward needs
        }
#pragma warning disable CA1031 // Whatever a reward throws is told to the client; the server goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return ScorerReply.Error(500, $"{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private ScorerReply Answer(ScorerRequest request, IReadOnlyList<ImmutableArray<RewardScore>> scores) =>
        scores.Count == request.Rollouts.Length && scores.All(s => !s.IsDefault && s.Length == _names.Length)
            ? new ScorerReply(200, ScorerAnswer.ToJson(request, scores))
            : ScorerReply.Error(500, $"The reward gave {scores.Count} answers for {request.Rollouts.Length} rollouts, or not {_names.Length} scores for each.");
}
