using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>A part of a network: named parameters, buffers and parts of its own.</summary>
        public partial class Module : IDisposable
        {
            protected string name;

            private readonly OrderedDictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, Module> _modules = new(StringComparer.Ordinal);

            protected Module(string? name) => this.name = name ?? GetType().Name;

            public bool training { get; private set; } = true;

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (Module child in children()) child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Forgets all gradients (or fills them with zeros).</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using Tensor? gradient = parameter.grad;
                    if (gradient is null) continue;
                    using Tensor detached = gradient.detach();
                    detached.zero_();
                }
            }

            /// <summary>Calls <paramref name="fn"/> on every part, innermost first, and on the module itself last.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual IEnumerable<Module> children() => _modules.Values;

            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(pair => (pair.Key, pair.Value));

            /// <summary>All parts at any depth, without the module itself; a part before its own parts.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string key, Module child) in _modules)
                {
                    yield return (key, child);
                    foreach ((string inner, Module module) in child.named_modules()) yield return ($"{key}.{inner}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            /// <summary>Own parameters first, then those of the parts, each once even if shared.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                HashSet<Parameter> seen = new(ReferenceEqualityComparer.Instance);
                foreach ((string key, Parameter parameter) in _parameters)
                {
                    if (seen.Add(parameter)) yield return (key, parameter);
                }

                if (!recurse) yield break;
                foreach ((string prefix, Module module) in named_modules())
                {
                    foreach ((string key, Parameter parameter) in module._parameters)
                    {
                        if (seen.Add(parameter)) yield return ($"{prefix}.{key}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(pair => pair.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach ((string key, (Tensor buffer, bool persistent)) in _buffers)
                {
                    if (persistent || include_nonpersistent) yield return (key, buffer);
                }

                if (!recurse) yield break;
                foreach ((string prefix, Module module) in named_modules())
                {
                    foreach ((string key, Tensor buffer) in module.named_buffers(false, include_nonpersistent))
                        yield return ($"{prefix}.{key}", buffer);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            public virtual bool has_parameter(string target) =>
                Find(target) is (Module owner, string last) && owner._parameters.ContainsKey(last);

            /// <summary>The parameter with that dotted name; null when there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                Find(target) is (Module owner, string last) && owner._parameters.TryGetValue(last, out Parameter? found) ? found : null;

            /// <summary>The buffer with that dotted name; null when there is none.</summary>
            public virtual Tensor? get_buffer(string target) =>
                Find(target) is (Module owner, string last) && owner._buffers.TryGetValue(
                    last, out (Tensor Tensor, bool Persistent) found) ? found.Tensor : null;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes parameters, buffers and parts.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (Parameter parameter in _parameters.Values) parameter.Dispose();
                foreach ((Tensor buffer, _) in _buffers.Values) buffer.Dispose();
                foreach (Module child in _modules.Values) child.Dispose();
            }

            private (Module Owner, string Name)? Find(string target)
            {
                string[] path = target.Split('.');
                Module owner = this;
                foreach (string step in path.AsSpan(0, path.Length - 1))
                {
                    if (!owner._modules.TryGetValue(step, out Module? child)) return null;
                    owner = child;
                }

                return (owner, path[^1]);
            }
        }
    }
}
