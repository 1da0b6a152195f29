// Tensor operations already use every core they are given; two test classes at once only get in each other's way.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
