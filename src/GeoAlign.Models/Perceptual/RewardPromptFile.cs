using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>Reads the prompt files of reward models: small JSON files whose texts are taken as they stand.</summary>
internal static class RewardPromptFile
{
    private const int MostFileBytes = 1 << 20;

    /// <summary>Reads and checks a file.</summary>
    public static RewardPrompt Read(string path, RewardPromptFormat format, bool acceptOtherText)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, format.FileName) : path;
        if (!File.Exists(file)) throw new FileNotFoundException(HowToMake(file, format), file);
        long length = new FileInfo(file).Length;
        if (length > MostFileBytes) throw new PromptFormatException(file, $"{length} bytes, expected at most {MostFileBytes}");

        RewardPrompt prompt = Parse(file, File.ReadAllBytes(file), format);
        return prompt.IsPublishedText || acceptOtherText
            ? prompt
            : throw new PromptFormatException(
                file,
                $"this is not {format.Model}'s published text (SHA-256 {prompt.Sha256}, expected {format.PublishedSha256}), so scores would mean something else. "
                + $"Take it from {format.Origin}, blanks at line ends and line ends at both ends included, or accept another text explicitly");
    }

    private static RewardPrompt Parse(string path, byte[] file, RewardPromptFormat format)
    {
        try
        {
            ReadOnlyMemory<byte> content = file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? file.AsMemory(3) : file;
            using JsonDocument document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 16 });
            JsonElement chat = Member(path, document.RootElement, "chat", JsonValueKind.Object);
            string substitution = Text(path, document.RootElement, "substitution");
            string text = string.Concat(format.TextKeys.Select(key => Text(path, document.RootElement, key)));
            string vision = Text(path, chat, format.VisionKey);

            Require(path, substitution.Length > 0, "'substitution' is empty, expected the text that stands for the user's prompt");
            RequireOnce(path, text, substitution, string.Join(" + ", format.TextKeys));
            RequireOnce(path, vision, format.VisionToken, format.VisionKey);
            int last = -1;
            foreach (string token in format.RewardTokens)
            {
                RequireOnce(path, text, token, string.Join(" + ", format.TextKeys));
                int at = text.IndexOf(token, StringComparison.Ordinal);
                Require(path, at > last, $"'{token}' comes too early, expected the order {string.Join(", ", format.RewardTokens)}");
                last = at;
            }

            return new RewardPrompt(format, Text(path, chat, "prefix"), vision, text, substitution, Text(path, chat, "suffix"));
        }
        catch (JsonException e)
        {
            throw new PromptFormatException(path, $"line {(e.LineNumber ?? 0) + 1}: not JSON", e);
        }
        catch (InvalidOperationException e)
        {
            throw new PromptFormatException(path, "a text in it is not Unicode", e);        // what JsonElement throws for half a surrogate pair
        }
    }

    private static string Text(string path, JsonElement parent, string name) => Member(path, parent, name, JsonValueKind.String).GetString()!;

    private static JsonElement Member(string path, JsonElement parent, string name, JsonValueKind kind)
    {
        Require(path, parent.ValueKind == JsonValueKind.Object, "expected a JSON object");
        return parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw new PromptFormatException(path, $"no '{name}', expected {(kind == JsonValueKind.String ? "a text" : "an object")}");
    }

    private static void RequireOnce(string path, string text, string part, string place)
    {
        int count = 0;
        for (int at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length) count++;
        Require(path, count == 1, $"'{part}' stands {count} times in '{place}', expected once");
    }

    private static void Require(string path, bool condition, string problem)
    {
        if (!condition) throw new PromptFormatException(path, problem);
    }

    private static string HowToMake(string file, RewardPromptFormat format) =>
        $"{file}: not found. The text that {format.Model} is asked with belongs to the model and is not part of this library: make a JSON file with the texts "
        + $"{string.Join(", ", format.TextKeys.Select(key => $"'{key}'"))} (from {format.Origin}), 'substitution' (what stands in them for the user's prompt) and 'chat' with "
        + $"'prefix', '{format.VisionKey}', 'suffix' (from the chat template of Qwen2-VL-Instruct); docs/rewards.md has an example.";
}
