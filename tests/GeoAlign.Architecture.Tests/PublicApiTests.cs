using System.Reflection;
using System.Text;

namespace GeoAlign.Architecture.Tests;

/// <summary>The public surface of every package is written down in api/*.txt, so that a change of it is a decision and shows in a diff.</summary>
public class PublicApiTests
{
    private const string Refresh = "GEOALIGN_REFRESH_API";

    [Theory, MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void The_public_surface_is_the_one_written_down(string package)
    {
        string actual = Describe(Packages.Load(package));
        string path = Path.Combine(Repository.Root, "tests", "GeoAlign.Architecture.Tests", "api", package + ".txt");
        if (Environment.GetEnvironmentVariable(Refresh) == "1") File.WriteAllText(path, actual);

        string expected = File.Exists(path) ? File.ReadAllText(path) : "";

        string[] added = [.. Lines(actual).Except(Lines(expected))];
        string[] gone = [.. Lines(expected).Except(Lines(actual))];
        Assert.True(added.Length + gone.Length == 0,
            $"The public surface of {package} changed. If that is wanted, run this test with {Refresh}=1 and commit api/{package}.txt.\n"
            + string.Join("\n", added.Select(l => "+ " + l).Concat(gone.Select(l => "- " + l)).Take(30)));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Describe(Assembly assembly)
    {
        List<string> lines = [];
        foreach (Type type in assembly.GetExportedTypes())
        {
            lines.Add(Kind(type) + " " + Name(type));
            const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (MemberInfo member in type.GetMembers(Declared))
            {
                string? text = member switch
                {
                    ConstructorInfo c when Visible(c) => $"{Name(type)}({Parameters(c)})",
                    MethodInfo m when Visible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !m.Name.Contains('<') => $"{Name(type)}.{m.Name}({Parameters(m)}) : {Name(m.ReturnType)}",
                    PropertyInfo p when p.GetMethod is { } g && Visible(g) => $"{Name(type)}.{p.Name} : {Name(p.PropertyType)}{(p.SetMethod is { } s && Visible(s) ? " { get; set }" : "")}",
                    FieldInfo f when f.IsPublic && !f.IsSpecialName => $"{Name(type)}.{f.Name} : {Name(f.FieldType)}",
                    EventInfo e when e.AddMethod is { } a && Visible(a) => $"event {Name(type)}.{e.Name} : {Name(e.EventHandlerType!)}",
                    _ => null,
                };
                if (text is not null) lines.Add("  " + text);
            }
        }

        lines.Sort(StringComparer.Ordinal);
        StringBuilder all = new();
        foreach (string line in lines.Distinct()) all.Append(line.TrimStart()).Append('\n');
        return all.ToString();
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : "class";

    private static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.HasElementType) return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        string name = type.IsNested ? Name(type.DeclaringType!) + "." + type.Name : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0) name = name[..tick];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
