using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Parameters and persistent buffers by dotted name: own ones first, then those of each part. The tensors are the live
            /// ones, not copies.
            /// </summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach ((string key, Modules.Parameter parameter) in _parameters) destination.TryAdd(start + key, parameter);
                foreach ((string key, (Tensor buffer, bool persistent)) in _buffers)
                {
                    if (persistent) destination.TryAdd(start + key, buffer);
                }

                foreach ((string key, Module child) in _modules) child.state_dict(destination, start + key);
                return destination;
            }

            /// <summary>Copies values into the module, with conversion of dtype.</summary>
            /// <returns>Names the source does not have, and names of the source the module does not have.</returns>
            /// <exception cref="InvalidOperationException">Strict, and one of these lists is not empty.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                HashSet<string> skipped = new(skip ?? [], StringComparer.Ordinal);
                List<string> missing = [.. own.Keys.Where(key => !source.ContainsKey(key) && !skipped.Contains(key))];
                List<string> unexpected = [.. source.Keys.Where(key => !own.ContainsKey(key) && !skipped.Contains(key))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"{GetName()}: missing keys [{string.Join(", ", missing)}], unexpected keys [{string.Join(", ", unexpected)}].");
                }

                using (no_grad())
                {
                    foreach ((string key, Tensor target) in own)
                    {
                        if (!skipped.Contains(key) && source.TryGetValue(key, out Tensor? value)) target.copy_(value);
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Writes the state in TorchSharp's binary format: count; name, dtype, shape and raw data of each entry.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                using FileStream stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                KeyValuePair<string, Tensor>[] entries = [.. sd.Where(pair => skip is null || !skip.Contains(pair.Key))];
                writer.WriteLeb128(entries.Length);
                foreach ((string key, Tensor tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using FileStream stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(
                Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using BinaryReader reader = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                HashSet<string> expected = new(own.Keys.Where(key => skip is null || !skip.Contains(key)), StringComparer.Ordinal);
                long count = reader.ReadLeb128();
                using IDisposable quiet = no_grad();
                for (long i = 0; i < count; i++)
                {
                    string key = reader.ReadString();
                    bool wanted = expected.Contains(key);
                    if (!wanted && strict && (skip is null || !skip.Contains(key)))
                        throw new InvalidOperationException($"{GetName()}: the file has '{key}', the module does not.");
                    using Tensor value = TensorExtensionMethods.Load(reader);
                    if (wanted) own[key].copy_(value);
                    expected.Remove(key);
                    if (loadedParameters is not null) loadedParameters[key] = wanted;
                }

                if (strict && expected.Count > 0)
                    throw new InvalidOperationException($"{GetName()}: the file lacks [{string.Join(", ", expected)}].");
                return this;
            }
        }
    }
}
