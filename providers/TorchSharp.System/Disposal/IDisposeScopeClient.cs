namespace TorchSharp;

/// <summary>A disposable that knows the scope it is attached to.</summary>
internal interface IDisposeScopeClient : IDisposable
{
    DisposeScope? OwningDisposeScope { get; set; }
}
