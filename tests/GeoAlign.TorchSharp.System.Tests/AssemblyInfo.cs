// libtorch runs on one thread here and shares its settings among all tests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
