using System.Text;
using TorchSharp;

namespace GeoAlign.TorchSharp.System.Tests.Contract;

/// <summary>
/// Source that compiles against this subset has to compile against TorchSharp 0.107: every public member stands in the list of
/// TorchSharp's signatures (tests/fixtures/torchsharp), or below with a reason.
/// </summary>
public class TorchSharpContractTests
{
    // TorchSharp has these types; the list names them in signatures or bases without spelling out their members.
    private static readonly HashSet<string> NamedInTheListOnly = new(StringComparer.Ordinal)
    {
        "Adam", "Adam.ParamGroup", "SGD", "SGD.Options", "SGD.ParamGroup", "SGD.State",
        "OptimizerOptions", "OptimizerState", "ParamGroup", "ParamGroup<TOptions>", "StateDictionary",
        "BFloat16", "LifetimeStatistics", "Padding", "compute_mode", "ComponentNameAttribute",
        "torch.RoundingMode", "torch.GridSampleMode", "torch.GridSamplePaddingMode", "torch.UpsampleMode", "torch.linalg.QRMode",
        "torch.nn.init.FanInOut", "torch.nn.init.NonlinearityType", "torch.nn.HookableModule<TPreHook, TPostHook>.HookRemover",
    };

    // Members the list leaves out although TorchSharp has them.
    private static readonly Dictionary<(string Type, string Signature), string> KnownOmissions = new()
    {
        [("AdamW.Options", "Options()")] = "the constructor every class without one has",
        [("Generator", "void Dispose()")] = "Generator is disposable",
        [("Generator", "void Dispose(bool disposing)")] = "Generator is disposable",
        [("AnomalyMode", "void Dispose()")] = "AnomalyMode is disposable",
        [("ModuleDict<T>", "int Count { get; }")] = "the list has only its factory",
        [("ModuleDict<T>", "T Item[string key] { get; }")] = "the list has only its factory",
        [("ModuleDict<T>", "IEnumerator<(string, T)> GetEnumerator()")] = "the list has only its factory",
        [("ModuleList<T>", "IEnumerator<T> GetEnumerator()")] = "ModuleList is a list of modules",
        [("Tensor", "static Tensor op_Implicit(Scalar scalar)")] = "makes x.mul_(0.5) choose Scalar over Tensor, as TorchSharp does",
    };

    private static readonly HashSet<(string Type, string Kind, string Signature)> Listed =
    [
        .. File.ReadLines(Repository.Fixture("torchsharp", "api-0.107.tsv")).Skip(1).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1], Plain(cells[2]))),
    ];

    public static TheoryData<Type> PublicTypes => [.. typeof(torch).Assembly.GetExportedTypes()];

    [Theory, MemberData(nameof(PublicTypes))]
    public void Every_public_member_is_TorchSharps(Type type)
    {
        string name = ApiSignature.Of(type);
        if (NamedInTheListOnly.Contains(name)) return;

        StringBuilder strangers = new();
        foreach ((string kind, string signature) in ApiSignature.Members(type))
        {
            if (!IsListed(name, kind, signature) && !Inherits(type, kind, signature) && !KnownOmissions.ContainsKey((name, signature)))
                strangers.AppendLine($"{name}\t{kind}\t{signature}");
        }

        Assert.True(strangers.Length == 0, "Not among TorchSharp's signatures:\n" + strangers);
    }

    [Fact]
    public void Most_of_the_list_is_covered()
    {
        HashSet<(string, string, string)> own =
        [
            .. typeof(torch).Assembly.GetExportedTypes().SelectMany(type => ApiSignature.Members(type).Select(m => (ApiSignature.Of(type), m.Kind, Plain(m.Signature)))),
        ];

        int covered = Listed.Count(own.Contains);

        Assert.True(covered >= 1190, $"{covered} of {Listed.Count} signatures are covered.");
    }

    [Fact]
    public void Exceptions_to_the_list_are_still_needed()
    {
        HashSet<string> types = [.. typeof(torch).Assembly.GetExportedTypes().Select(ApiSignature.Of)];
        HashSet<(string, string)> members =
        [
            .. typeof(torch).Assembly.GetExportedTypes().SelectMany(type => ApiSignature.Members(type).Select(m => (ApiSignature.Of(type), m.Signature))),
        ];

        Assert.All(NamedInTheListOnly, type => Assert.True(types.Contains(type), $"{type} does not exist."));
        Assert.All(NamedInTheListOnly, type => Assert.False(Listed.Any(row => row.Type == type), $"{type} is spelled out."));
        Assert.All(KnownOmissions.Keys, member => Assert.True(members.Contains(member), $"{member} does not exist."));
    }

    private static bool IsListed(string type, string kind, string signature)
    {
        string plain = Plain(signature);
        // A property that can only be read here may be one that can also be set there.
        return Listed.Contains((type, kind, plain))
            || (kind == "property" && Listed.Contains((type, kind, plain.Replace("{ get; }", "{ get; set; }", StringComparison.Ordinal))));
    }

    // An override of something the list has for a base class, also one that this assembly lists by name only.
    private static bool Inherits(Type type, string kind, string signature)
    {
        for (Type? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            string name = ApiSignature.Of(parent);
            if (IsListed(name, kind, signature)) return true;
            if (NamedInTheListOnly.Contains(name) && ApiSignature.Members(parent).Any(m => m.Signature == signature)) return true;
            if (signature.Contains(" forward(", StringComparison.Ordinal) && parent.IsGenericType && parent.Name.StartsWith("Module`", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // Modifiers that make no difference to a caller.
    private static string Plain(string signature)
    {
        foreach (string modifier in (string[])["protected ", "virtual ", "abstract "]) signature = signature.Replace(modifier, "", StringComparison.Ordinal);
        return signature;
    }
}
