using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace GeoAlign.TorchSharp.System.Tests.Contract;

/// <summary>Writes types and members the way the list of TorchSharp's signatures does.</summary>
internal static class ApiSignature
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(ushort)] = "ushort",
    };

    // The list's abbreviations.
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["torch.Tensor"] = "Tensor", ["torch.Device"] = "Device", ["torch.Generator"] = "Generator", ["torch.ScalarType"] = "ScalarType",
        ["torch.TensorIndex"] = "TensorIndex", ["torch.autograd.AutogradContext"] = "AutogradContext", ["torch.autograd.AnomalyMode"] = "AnomalyMode",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef) return "ref " + Of(type.GetElementType()!);
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (Nullable.GetUnderlyingType(type) is Type inner) return Of(inner) + "?";
        if (type.IsGenericParameter) return type.Name;
        if (typeof(ITuple).IsAssignableFrom(type) && type.IsGenericType) return $"({string.Join(", ", type.GetGenericArguments().Select(Of))})";

        // A nested generic type has the arguments of its outer types first.
        Type[] arguments = type.GetGenericArguments();
        List<string> parts = [];
        for (Type? part = type; part is not null; part = part.DeclaringType)
        {
            int outer = part.DeclaringType?.GetGenericArguments().Length ?? 0;
            string name = part.Name.Split('`')[0];
            int own = part.GetGenericArguments().Length;
            parts.Insert(0, own > outer ? $"{name}<{string.Join(", ", arguments[outer..own].Select(Of))}>" : name);
        }

        string path = string.Join(".", parts);
        if (Short.TryGetValue(path, out string? abbreviated)) return abbreviated;
        foreach (string start in (string[])["torch.nn.Module", "torch.optim."])
        {
            if (path.StartsWith(start, StringComparison.Ordinal)) return path["torch.".Length..];
        }

        return path;
    }

    /// <summary>Public and protected members that the type itself declares. Explicit, compiler-made and property methods are left out.</summary>
    public static IEnumerable<(string Kind, string Signature)> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (typeof(Delegate).IsAssignableFrom(type)) yield break;
        foreach (FieldInfo field in type.GetFields(All).Where(f => f.IsPublic || f.IsFamily))
        {
            if (field.IsSpecialName) continue;
            yield return field.IsLiteral && type.IsEnum
                ? ("enum", $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}")
                : ("field", $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Of(field.FieldType)} {field.Name}");
        }

        if (type.IsEnum) yield break;
        foreach (PropertyInfo property in type.GetProperties(All))
        {
            bool read = Visible(property.GetMethod), write = Visible(property.SetMethod);
            if (!read && !write) continue;
            ParameterInfo[] index = property.GetIndexParameters();
            string indices = index.Length == 0 ? "" : $"[{string.Join(", ", index.Select(Of))}]";
            bool isStatic = (property.GetMethod ?? property.SetMethod)!.IsStatic;
            yield return ("property", $"{(isStatic ? "static " : "")}{Of(property.PropertyType)} {property.Name}{indices} {{ {(read ? "get; " : "")}{(write ? "set; " : "")}}}");
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(All & ~BindingFlags.Static).Where(Visible))
        {
            bool unasked = constructor.GetParameters().Length == 0 && type.IsAbstract;
            if (!unasked) yield return ("constructor", $"{type.Name.Split('`')[0]}({string.Join(", ", constructor.GetParameters().Select(Of))})");
        }

        foreach (MethodInfo method in type.GetMethods(All).Where(Visible))
        {
            bool conversion = method.Name.StartsWith("op_", StringComparison.Ordinal);
            if (method.IsSpecialName && !conversion) continue;
            if (method.GetBaseDefinition().DeclaringType == typeof(object)) continue;
            string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Of))}>" : "";
            string extended = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
            yield return ("method", $"{(method.IsStatic ? "static " : "")}{Of(method.ReturnType)} {method.Name}{generic}({extended}{string.Join(", ", method.GetParameters().Select(Of))})");
        }
    }

    private static bool Visible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Of(ParameterInfo parameter)
    {
        string text = $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Of(parameter.ParameterType)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        string value => $"\"{value}\"",
        Enum value => value.ToString(),
        IFormattable value when parameter.ParameterType.IsEnum => Enum.ToObject(parameter.ParameterType, value).ToString()!,
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        object value => value.ToString()!,
    };
}
