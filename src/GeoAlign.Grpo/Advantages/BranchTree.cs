namespace GeoAlign.Grpo;

/// <summary>Rewards and advantages of rollouts that share prefixes and branch into a tree (BranchGRPO, arXiv 2509.06040).</summary>
/// <remarks>Nodes are numbered so that a parent stands before its children; node 0 is the root. Leaves are finished rollouts.</remarks>
public static class BranchTree
{
    private const double Epsilon = 1e-8;                    // added to the deviation; below SmallestStd a depth does not tell its nodes apart
    private const double SmallestStd = 1e-6;

    /// <summary>Reward of every node: the mean reward of the leaves below it.</summary>
    /// <param name="parents">Parent of each node; −1 for the root.</param>
    /// <param name="leafRewards">Reward of each leaf; what stands at inner nodes is not read.</param>
    /// <exception cref="ArgumentException">Not such a tree, or a leaf without a finite reward.</exception>
    public static double[] MeanRewards(ReadOnlySpan<int> parents, ReadOnlySpan<double> leafRewards)
    {
        bool[] inner = InnerNodes(parents, leafRewards);
        double[] sums = new double[parents.Length];
        int[] leaves = new int[parents.Length];
        for (int node = parents.Length - 1; node >= 0; node--)
        {
            if (!inner[node]) (sums[node], leaves[node]) = (leafRewards[node], 1);
            if (node == 0) break;
            sums[parents[node]] += sums[node];
            leaves[parents[node]] += leaves[node];
        }

        for (int node = 0; node < sums.Length; node++) sums[node] /= leaves[node];
        return sums;
    }

    /// <summary>Reward of every node: its children's rewards, weighted by the softmax of the log densities of the edges to them.</summary>
    /// <param name="parents">Parent of each node; −1 for the root.</param>
    /// <param name="leafRewards">Reward of each leaf; what stands at inner nodes is not read.</param>
    /// <param name="edgeLogProbs">Log density of the step from the parent to each node; the root's is not read.</param>
    /// <exception cref="ArgumentException">Not such a tree, a leaf without a finite reward, or an edge without a finite log density.</exception>
    public static double[] SoftmaxRewards(ReadOnlySpan<int> parents, ReadOnlySpan<double> leafRewards, ReadOnlySpan<double> edgeLogProbs)
    {
        if (edgeLogProbs.Length != parents.Length)
            throw new ArgumentException($"{edgeLogProbs.Length} log densities for {parents.Length} nodes.", nameof(edgeLogProbs));
        bool[] inner = InnerNodes(parents, leafRewards);
        double[] largest = new double[parents.Length];
        Array.Fill(largest, double.NegativeInfinity);
        for (int node = 1; node < parents.Length; node++)
        {
            if (!double.IsFinite(edgeLogProbs[node])) throw new ArgumentException($"The log density of the edge to node {node} is {edgeLogProbs[node]}.", nameof(edgeLogProbs));
            largest[parents[node]] = Math.Max(largest[parents[node]], edgeLogProbs[node]);
        }

        double[] rewards = new double[parents.Length], weights = new double[parents.Length];
        for (int node = parents.Length - 1; node >= 0; node--)
        {
            rewards[node] = inner[node] ? rewards[node] / weights[node] : leafRewards[node];
            if (node == 0) break;
            double weight = Math.Exp(edgeLogProbs[node] - largest[parents[node]]);
            rewards[parents[node]] += weight * rewards[node];
            weights[parents[node]] += weight;
        }

        return rewards;
    }

    /// <summary>
    /// Advantage of every node among the nodes of its depth: (r − mean) / (unbiased deviation + 10⁻⁸). 0 where a depth has one node or its
    /// deviation is below 10⁻⁶.
    /// </summary>
    /// <param name="parents">Parent of each node; −1 for the root.</param>
    /// <param name="nodeRewards">Reward of every node.</param>
    /// <exception cref="ArgumentException">Not such a tree, or a reward is not finite.</exception>
    public static double[] Advantages(ReadOnlySpan<int> parents, ReadOnlySpan<double> nodeRewards)
    {
        if (nodeRewards.Length != parents.Length) throw new ArgumentException($"{nodeRewards.Length} rewards for {parents.Length} nodes.", nameof(nodeRewards));
        int[] depths = Depths(parents);
        double[] advantages = new double[parents.Length];
        for (int depth = 0; depth <= depths.Max(); depth++)
        {
            int[] nodes = [.. Enumerable.Range(0, depths.Length).Where(n => depths[n] == depth)];
            double mean = 0, squares = 0;
            foreach (int node in nodes) mean += nodeRewards[node] / nodes.Length;
            if (!double.IsFinite(mean)) throw new ArgumentException($"A reward at depth {depth} is not finite.", nameof(nodeRewards));
            foreach (int node in nodes) squares += (nodeRewards[node] - mean) * (nodeRewards[node] - mean);
            double std = nodes.Length > 1 ? Math.Sqrt(squares / (nodes.Length - 1)) : 0;
            if (std < SmallestStd) continue;
            foreach (int node in nodes) advantages[node] = (nodeRewards[node] - mean) / (std + Epsilon);
        }

        return advantages;
    }

    private static bool[] InnerNodes(ReadOnlySpan<int> parents, ReadOnlySpan<double> leafRewards)
    {
        if (leafRewards.Length != parents.Length) throw new ArgumentException($"{leafRewards.Length} rewards for {parents.Length} nodes.", nameof(leafRewards));
        Depths(parents);
        bool[] inner = new bool[parents.Length];
        for (int node = 1; node < parents.Length; node++) inner[parents[node]] = true;
        for (int node = 0; node < parents.Length; node++)
        {
            if (!inner[node] && !double.IsFinite(leafRewards[node]))
                throw new ArgumentException($"Leaf {node} has the reward {leafRewards[node]}, expected a finite number.", nameof(leafRewards));
        }

        return inner;
    }

    private static int[] Depths(ReadOnlySpan<int> parents)
    {
        if (parents.IsEmpty || parents[0] != -1) throw new ArgumentException("Node 0 must be the root, with parent −1.", nameof(parents));
        int[] depths = new int[parents.Length];
        for (int node = 1; node < parents.Length; node++)
        {
            if (parents[node] < 0 || parents[node] >= node)
                throw new ArgumentException($"Node {node} has the parent {parents[node]}, expected a node before it.", nameof(parents));
            depths[node] = depths[parents[node]] + 1;
        }

        return depths;
    }
}
