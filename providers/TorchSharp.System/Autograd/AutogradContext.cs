namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function keeps between forward and backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);

            internal AutogradContext()
            {
            }

            /// <summary>Whether backward gets zeros instead of null for outputs without a gradient.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> ToSave { get; private set; } = [];

            internal List<Tensor> NonDifferentiable { get; private set; } = [];

            internal List<Tensor> Saved { get; set; } = [];

            /// <summary>Keeps inputs or outputs for backward. libtorch guards them against in-place changes.</summary>
            public void save_for_backward(List<Tensor> tensors) => ToSave = tensors;

            /// <summary>What <see cref="save_for_backward"/> kept; valid during the backward call.</summary>
            public List<Tensor> get_saved_variables() => Saved;

            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data.TryGetValue(key, out object? value)
                ? value
                : throw new KeyNotFoundException($"Nothing was saved under '{key}'.");

            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = tensors;

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>Forgets everything; disposes nothing that the caller owns.</summary>
            public void Dispose()
            {
                _data.Clear();
                ToSave = [];
                Saved = [];
                NonDifferentiable = [];
            }
        }
    }
}
