namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Takes the tensor out of its scope; the caller disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            _scope?.Detach(this);
            return this;
        }

        /// <summary>Moves the tensor to the scope around its own, so that it survives it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            _scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other._scope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (_scope is not null) _scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }
    }
}
