namespace GeoAlign.Grpo.Tests;

public class BranchTreeTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "tree_sampler.safetensors");

    private static int[] Parents => Array.ConvertAll(Golden["tree.parent"].Integers(), p => (int)p);

    [Fact]
    public void Mean_rewards_and_their_advantages_are_the_golden_ones()
    {
        double[] rewards = BranchTree.MeanRewards(Parents, Golden["tree.leaf_reward"].Values);

        Near.Equal(Golden["tree.mean.node_reward"].Values, rewards, 1e-12, 1e-10);
        Near.Equal(Golden["tree.mean.advantage"].Values, BranchTree.Advantages(Parents, rewards), 1e-12, 1e-10);
    }

    [Fact]
    public void Softmax_rewards_and_their_advantages_are_the_golden_ones()
    {
        double[] rewards = BranchTree.SoftmaxRewards(Parents, Golden["tree.leaf_reward"].Values, Golden["tree.edge_logp"].Values);

        Near.Equal(Golden["tree.softmax.node_reward"].Values, rewards, 1e-12, 1e-10);
        Near.Equal(Golden["tree.softmax.advantage"].Values, BranchTree.Advantages(Parents, rewards), 1e-12, 1e-10);
    }

    [Fact]
    public void A_node_counts_its_leaves_not_its_children()
    {
        // Root → a leaf of reward 0 and an inner node with two leaves of reward 3.
        double[] rewards = BranchTree.MeanRewards([-1, 0, 0, 2, 2], [double.NaN, 0, double.NaN, 3, 3]);

        Near.Equal([2, 0, 3, 3, 3], rewards, 1e-15);
    }

    [Fact]
    public void A_depth_whose_nodes_are_equal_has_no_advantage() =>
        Assert.All(BranchTree.Advantages([-1, 0, 0], [1, 1, 1]), a => Assert.Equal(0, a));

    [Theory]
    [InlineData(new[] { 0, 0 }, "root")]
    [InlineData(new[] { -1, 1 }, "Node 1 has the parent 1")]
    [InlineData(new[] { -1, -1 }, "Node 1 has the parent -1")]
    public void What_is_no_tree_is_refused(int[] parents, string problem) =>
        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => BranchTree.MeanRewards(parents, [1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_leaf_without_a_reward_is_refused() =>
        Assert.Contains("Leaf 1", Assert.Throws<ArgumentException>(() => BranchTree.MeanRewards([-1, 0], [1, double.NaN])).Message, StringComparison.Ordinal);
}
