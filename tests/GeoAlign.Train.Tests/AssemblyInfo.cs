// The tests speak to one process-wide console and to one libtorch.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
