using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Moves or casts the module in place. Where dtype or device really changes, a parameter is replaced by a new object and
            /// the old one is disposed; gradients move along. Only floating-point tensors are cast.
            /// </summary>
            internal void Move(Device? device, ScalarType? dtype, bool nonBlocking)
            {
                HashSet<Tensor> replaced = new(ReferenceEqualityComparer.Instance);
                using (no_grad())
                {
                    MoveOwn(device, dtype, nonBlocking, replaced);
                    foreach (Module module in modules().Distinct()) module.MoveOwn(device, dtype, nonBlocking, replaced);
                }

                // Last, because a tensor shared by several modules is read once by each.
                foreach (Tensor old in replaced) old.Dispose();
            }

            private void MoveOwn(Device? device, ScalarType? dtype, bool nonBlocking, HashSet<Tensor> replaced)
            {
                foreach ((string key, Parameter parameter) in _parameters.ToArray())
                {
                    using DisposeScope scope = NewDisposeScope();
                    if (Converted(parameter, device, dtype, nonBlocking) is not Tensor moved) continue;
                    Parameter successor = new(moved, parameter.requires_grad);
                    if (parameter.grad is Tensor gradient) successor.grad = Converted(gradient, device, dtype, nonBlocking) ?? gradient;
                    successor.DetachFromDisposeScope();
                    _parameters[key] = successor;
                    if (_fields.TryGetValue(key, out FieldInfo? field)) field.SetValue(this, successor);
                    replaced.Add(parameter);
                }

                foreach ((string key, (Tensor buffer, bool persistent)) in _buffers.ToArray())
                {
                    if (Converted(buffer, device, dtype, nonBlocking) is not Tensor moved) continue;
                    moved.DetachFromDisposeScope();
                    _buffers[key] = (moved, persistent);
                    if (_fields.TryGetValue(key, out FieldInfo? field)) field.SetValue(this, moved);
                    replaced.Add(buffer);
                }
            }

            // Null where nothing changes.
            private static Tensor? Converted(Tensor tensor, Device? device, ScalarType? dtype, bool nonBlocking)
            {
                ScalarType before = tensor.dtype;
                bool real = before is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
                ScalarType after = real ? dtype ?? before : before;
                Device place = device ?? tensor.device;
                return after == before && place.Equals(tensor.device) ? null : tensor.to(after, place, non_blocking: nonBlocking);
            }
        }
    }
}
