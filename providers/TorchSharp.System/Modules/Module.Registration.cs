using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private const BindingFlags OwnFields =
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

            private readonly Dictionary<string, FieldInfo> _fields = new(StringComparer.Ordinal);

            /// <summary>Registers a trainable tensor and takes it out of the dispose scope. Null registers nothing.</summary>
            public virtual void register_parameter(string name, Parameter? param)
            {
                RequireFree(name);
                if (param is null) return;
                param.DetachFromDisposeScope();
                _parameters.Add(name, param);
            }

            /// <summary>Registers a tensor that is saved with the module (if persistent) but not trained.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                RequireFree(name);
                tensor.DetachFromDisposeScope();
                _buffers.Add(name, (tensor, persistent));
            }

            /// <summary>Registers a part. Null registers nothing.</summary>
            public virtual void register_module(string name, Module? submodule)
            {
                RequireFree(name);
                if (submodule is null) return;
                if (ReferenceEquals(submodule, this)) throw new ArgumentException(
                    "A module cannot be a part of itself.", nameof(submodule));
                _modules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>
            /// Registers the fields of this object, also private ones and those of base classes, under their names: modules as parts,
            /// parameters, and other tensors as persistent buffers. Call it at the end of the constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(OwnFields)) RegisterField(field);
                }
            }

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _parameters.Remove(name);
                else if (_parameters.ContainsKey(name)) _parameters[name] = Kept(value);
                else register_parameter(name, value);
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value) =>
                ConditionallyRegisterParameter(name, value as Parameter ?? (value is null ? null : new Parameter(value)));

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _buffers.Remove(name);
                else if (_buffers.ContainsKey(name)) _buffers[name] = (Kept(value), persistent);
                else register_buffer(name, value, persistent);
            }

            protected void ClearModules() => _modules.Clear();

            private static T Kept<T>(T tensor) where T : Tensor
            {
                tensor.DetachFromDisposeScope();
                return tensor;
            }

            private void RegisterField(FieldInfo field)
            {
                string key = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                switch (field.GetValue(this))
                {
                    case Module module when !_modules.ContainsKey(key):
                        register_module(key, module);
                        break;
                    case Parameter parameter when !_parameters.ContainsKey(key):
                        register_parameter(key, parameter);
                        _fields[key] = field;
                        break;
                    case Tensor buffer and not Modules.Parameter when !_buffers.ContainsKey(key):
                        register_buffer(key, buffer);
                        _fields[key] = field;
                        break;
                }
            }

            private void RequireFree(string name)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"'{name}' cannot name a component: it is empty or holds a dot.", nameof(name));
                if (_parameters.ContainsKey(name) || _buffers.ContainsKey(name) || _modules.ContainsKey(name))
                    throw new InvalidOperationException($"{GetName()} already has a component '{name}'.");
            }
        }
    }
}
