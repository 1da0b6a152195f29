using System.Text.Json.Serialization;

namespace GeoAlign.Sampling;

/// <summary>The JSON forms of this package: camel case, names for enumerations, unknown keys refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(QuarantineEntry))]
[JsonSerializable(typeof(ManifestEntry))]
[JsonSerializable(typeof(DataConfiguration))]
internal sealed partial class SamplingJsonContext : JsonSerializerContext;
