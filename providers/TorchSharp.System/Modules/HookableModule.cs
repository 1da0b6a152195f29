namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls can be watched and changed by hooks.</summary>
        public abstract class HookableModule<TPreHook, TPostHook> : Module where TPreHook : Delegate where TPostHook : Delegate
        {
            private readonly List<TPreHook> _before = [];
            private readonly List<TPostHook> _after = [];
            private readonly List<Action<Module>> _plainBefore = [];
            private readonly List<Action<Module>> _plainAfter = [];

            private protected HookableModule(string name) : base(name)
            {
            }

            private protected IReadOnlyList<TPreHook> PreHooks => _before;

            private protected IReadOnlyList<TPostHook> PostHooks => _after;

            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(_before, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(_plainBefore, hook);

            public HookRemover register_forward_hook(TPostHook hook) => Add(_after, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(_plainAfter, hook);

            private protected void AnnounceCall()
            {
                foreach (Action<Module> hook in _plainBefore.ToArray()) hook(this);
            }

            private protected void AnnounceResult()
            {
                foreach (Action<Module> hook in _plainAfter.ToArray()) hook(this);
            }

            private static HookRemover Add<THook>(List<THook> hooks, THook hook)
            {
                hooks.Add(hook);
                return new HookRemover(() => hooks.Remove(hook));
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly Action _remove;

                internal HookRemover(Action remove) => _remove = remove;

                public void remove() => _remove();
            }
        }
    }
}
