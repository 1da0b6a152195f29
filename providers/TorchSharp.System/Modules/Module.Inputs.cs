namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A module with one input. <c>call</c> runs the hooks and <c>forward</c>; a hook that gives null changes nothing.
        /// </summary>
        public abstract class Module<T, TResult> : HookableModule<
            Func<Module<T, TResult>, T, T>,
            Func<Module<T, TResult>, T, TResult, TResult>>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                AnnounceCall();
                foreach (var hook in PreHooks) input = hook(this, input) is { } changed ? changed : input;
                TResult result = forward(input);
                foreach (var hook in PostHooks)
                {
                    if (hook(this, input, result) is { } changed) result = changed;
                }

                AnnounceResult();
                return result;
            }
        }

        /// <summary>A module with two inputs; calls as <see cref="Module{T, TResult}"/> does.</summary>
        public abstract class Module<T1, T2, TResult> : HookableModule<
            Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
            Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                AnnounceCall();
                foreach (var hook in PreHooks)
                {
                    if (hook(this, input1, input2) is { } changed) (input1, input2) = changed;
                }

                TResult result = forward(input1, input2);
                foreach (var hook in PostHooks)
                {
                    if (hook(this, input1, input2, result) is { } changed) result = changed;
                }

                AnnounceResult();
                return result;
            }
        }

        /// <summary>A module with three inputs; calls as <see cref="Module{T, TResult}"/> does.</summary>
        public abstract class Module<T1, T2, T3, TResult> : HookableModule<
            Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
            Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                AnnounceCall();
                foreach (var hook in PreHooks)
                {
                    if (hook(this, input1, input2, input3) is { } changed) (input1, input2, input3) = changed;
                }

                TResult result = forward(input1, input2, input3);
                foreach (var hook in PostHooks)
                {
                    if (hook(this, input1, input2, input3, result) is { } changed) result = changed;
                }

                AnnounceResult();
                return result;
            }
        }

        /// <summary>A module with four inputs; calls as <see cref="Module{T, TResult}"/> does.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>,
            Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                AnnounceCall();
                foreach (var hook in PreHooks)
                {
                    if (hook(this, input1, input2, input3, input4) is { } changed) (input1, input2, input3, input4) = changed;
                }

                TResult result = forward(input1, input2, input3, input4);
                foreach (var hook in PostHooks)
                {
                    if (hook(this, input1, input2, input3, input4, result) is { } changed) result = changed;
                }

                AnnounceResult();
                return result;
            }
        }

        /// <summary>A module with five inputs; calls as <see cref="Module{T, TResult}"/> does.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>,
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                AnnounceCall();
                foreach (var hook in PreHooks)
                {
                    if (hook(this, input1, input2, input3, input4, input5) is { } changed) (input1, input2, input3, input4, input5) = changed;
                }

                TResult result = forward(input1, input2, input3, input4, input5);
                foreach (var hook in PostHooks)
                {
                    if (hook(this, input1, input2, input3, input4, input5, result) is { } changed) result = changed;
                }

                AnnounceResult();
                return result;
            }
        }

        /// <summary>A module with six inputs; calls as <see cref="Module{T, TResult}"/> does.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>,
            Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                AnnounceCall();
                foreach (var hook in PreHooks)
                {
                    if (hook(this, input1, input2, input3, input4, input5, input6) is { } changed) (input1, input2, input3, input4, input5, input6) = changed;
                }

                TResult result = forward(input1, input2, input3, input4, input5, input6);
                foreach (var hook in PostHooks)
                {
                    if (hook(this, input1, input2, input3, input4, input5, input6, result) is { } changed) result = changed;
                }

                AnnounceResult();
                return result;
            }
        }
    }
}
