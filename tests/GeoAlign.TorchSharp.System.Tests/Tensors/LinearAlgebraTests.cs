using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

public class LinearAlgebraTests : TorchFacts
{
    private static double[] Product(double[] a, double[] b, int rows, int inner, int columns)
    {
        double[] c = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
        for (int k = 0; k < inner; k++)
            c[i * columns + j] += a[i * inner + k] * b[k * columns + j];
        return c;
    }

    [Fact]
    public void Matrix_products_agree_with_the_triple_loop()
    {
        Tensor a = Normal(1, 3, 4), b = Normal(2, 4, 5);
        double[] expected = Product(Values(a), Values(b), 3, 4, 5);

        Near.Equal(expected, Values(a.matmul(b)), 1e-14);
        Near.Equal(expected, Values(matmul(a, b)), 1e-14);
        Near.Equal(expected, Values(a.mm(b)), 1e-14);
        Near.Equal(expected, Values(a.unsqueeze(0).bmm(b.unsqueeze(0))), 1e-14);
        Near.Equal(expected, Values(einsum("ik,kj->ij", a, b)), 1e-14);
        Near.Equal(expected, Values(tensordot(a, b, [1], [0])), 1e-14);
        Near.Equal(expected, Values(a.matmul(b.t().contiguous().t())), 1e-14);
    }

    [Fact]
    public void Batches_broadcast()
    {
        Tensor a = Normal(1, 2, 1, 3, 4), b = Normal(2, 5, 4, 2);

        Tensor c = a.matmul(b);

        Assert.Equal([2, 5, 3, 2], c.shape);
        Near.Equal(Product(Values(a[1, 0]), Values(b[3]), 3, 4, 2), Values(c[1, 3]), 1e-14);
    }

    [Fact]
    public void Fused_products_scale_and_add()
    {
        Tensor a = Normal(1, 3, 4), b = Normal(2, 4, 5), c = Normal(3, 3, 5);
        double[] product = Product(Values(a), Values(b), 3, 4, 5);
        double[] expected = [.. Values(c).Select((v, i) => 0.5 * v + 2 * product[i])];

        Near.Equal(expected, Values(c.addmm(a, b, beta: 0.5f, alpha: 2)), 1e-14);
        Near.Equal(expected, Values(c.unsqueeze(0).baddbmm(a.unsqueeze(0), b.unsqueeze(0), beta: 0.5f, alpha: 2)), 1e-14);
    }

    [Fact]
    public void Dot_outer_and_cross()
    {
        Tensor a = tensor([1.0, 2, 3]), b = tensor([4.0, 5, 6]);

        Assert.Equal(32, a.dot(b).ToDouble());
        Assert.Equal([4, 5, 6, 8, 10, 12, 12, 15, 18], Values(a.outer(b)));
        Assert.Equal([-3, 6, -3], Values(linalg.cross(a, b)));
    }

    [Fact]
    public void Einsum_sums_repeated_letters()
    {
        Tensor x = Normal(1, 2, 3, 4), y = Normal(2, 2, 3, 4);

        Near.Equal(Values((x * y).sum(2)), Values(einsum("bhd,bhd->bh", x, y)), 1e-14);
        Near.Equal(Values(x.permute(2, 0, 1)), Values(einsum("abc->cab", x)), 0);
    }

    [Fact]
    public void Inverse_and_determinant()
    {
        Tensor m = tensor([2.0, 1, 7, 4], [2, 2]);

        Near.Equal([1], Values(linalg.det(m)), 1e-14);
        Near.Equal([1], Values(m.det()), 1e-14);
        Near.Equal([4, -1, -7, 2], Values(linalg.inv(m)), 1e-13);
        Near.Equal([4, -1, -7, 2], Values(m.inverse()), 1e-13);
        Near.Equal([4, -1, -7, 2], Values(linalg.pinv(m)), 1e-12);
        Near.Equal([1, 2], Values(linalg.solve(m, m.matmul(tensor([1.0, 2])))), 1e-13);
    }

    [Fact]
    public void Decompositions_multiply_back()
    {
        Tensor m = Normal(1, 4, 3);

        (Tensor u, Tensor s, Tensor vh) = linalg.svd(m, fullMatrices: false);
        Near.Equal(Values(m), Values((u * s).matmul(vh)), 1e-14);
        Assert.Equal([4, 4], linalg.svd(m).U.shape);
        (Tensor q, Tensor r) = linalg.qr(m);
        Near.Equal(Values(m), Values(q.matmul(r)), 1e-14);
        Tensor symmetric = m.t().matmul(m);
        (Tensor eigenvalues, Tensor eigenvectors) = linalg.eigh(symmetric);
        Near.Equal(Values(symmetric), Values((eigenvectors * eigenvalues).matmul(eigenvectors.t())), 1e-13);
        Near.Equal(Values(s.square().flip(0)), Values(eigenvalues), 1e-13);
        Tensor x = Normal(2, 3, 2);
        Near.Equal(Values(x), Values(linalg.lstsq(m, m.matmul(x)).Solution), 1e-13);
    }

    [Fact]
    public void Distances_between_points()
    {
        Tensor a = tensor([0.0, 0, 3, 4], [2, 2]);

        Near.Equal([0, 5, 5, 0], Values(cdist(a, a)), 1e-7);
        Near.Equal([0, 7, 7, 0], Values(cdist(a, a, p: 1)), 1e-14);
    }

    [Fact]
    public void Complex_numbers_rotate_pairs()
    {
        Tensor x = tensor([3.0, 4.0]).view(1, 2);
        Tensor angle = tensor([Math.PI / 2]);

        Tensor turned = view_as_real(view_as_complex(x) * polar(ones_like(angle), angle));

        Near.Equal([-4, 3], Values(turned), 1e-15);
        Near.Equal([1, 2], Values(view_as_real(complex(tensor([1.0]), tensor([2.0])))), 0);
    }
}
