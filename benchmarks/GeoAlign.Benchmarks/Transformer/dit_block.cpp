// Forward and backward pass of one Wan text-to-video block, written directly against libtorch's C++ interface: the yardstick of
// DitBlockTimes.cs, with the same shapes, the same trained weights (self-attention) and the same operations.
//
//   dit_block width heads feed_forward tokens text_tokens
//
// Prepares the block, prints "ready", then for every line on standard input runs one pass and prints its milliseconds.

#include <torch/torch.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <string>
#include <tuple>
#include <vector>

using at::Tensor;

namespace {

constexpr double kEpsilon = 1e-6;

Tensor weight(std::vector<int64_t> shape, double scale, bool trained) {
  Tensor w = at::randn(shape) * scale;
  return w.set_requires_grad(trained);
}

struct Linear {
  Tensor w, b;
  Linear(int64_t in, int64_t out, bool trained) : w(weight({out, in}, 1 / std::sqrt(double(in)), trained)), b(weight({out}, 0, trained)) {}
  Tensor operator()(const Tensor& x) const { return at::linear(x, w, b); }
};

struct Rms {
  Tensor w;
  Rms(int64_t width, bool trained) : w(at::ones({width}).set_requires_grad(trained)) {}
  Tensor operator()(const Tensor& x) const { return x * (x.square().mean({-1}, true) + kEpsilon).rsqrt() * w; }
};

struct Attention {
  Linear q, k, v, o;
  Rms norm_q, norm_k;
  Attention(int64_t d, bool trained) : q(d, d, trained), k(d, d, trained), v(d, d, trained), o(d, d, trained), norm_q(d, trained), norm_k(d, trained) {}
};

Tensor rotate(const Tensor& x, const Tensor& turn) {
  return at::view_as_real(at::view_as_complex(x.unflatten(-1, {x.size(-1) / 2, 2})) * turn).flatten(-2);
}

Tensor attend(const Tensor& q, const Tensor& k, const Tensor& v) {
  Tensor a = std::get<0>(at::_scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)));
  return a.transpose(1, 2).reshape({q.size(0), q.size(1), q.size(2) * q.size(3)});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return std::cerr << "dit_block width heads feed_forward tokens text_tokens\n", 2;
  const int64_t d = std::atol(argv[1]), heads = std::atol(argv[2]), hidden = std::atol(argv[3]), tokens = std::atol(argv[4]), words = std::atol(argv[5]);
  at::set_num_threads(1);
  Attention self(d, true), cross(d, false);
  Linear in(d, hidden, false), out(hidden, d, false);
  Tensor modulation = weight({1, 6, d}, 1 / std::sqrt(double(d)), false), time = at::randn({1, 6, d});
  Tensor norm3w = at::ones({d}), norm3b = at::zeros({d});
  Tensor angles = at::randn({1, tokens, 1, d / heads / 2}), turn = at::complex(angles.cos(), angles.sin());
  Tensor text = at::randn({1, words, d}), input = at::randn({1, tokens, d}), gradient = at::randn({1, tokens, d});
  auto split = [&](const Tensor& x) { return x.unflatten(-1, {heads, d / heads}); };
  auto modulated = [&](const Tensor& x, const Tensor& shift, const Tensor& scale) {
    return at::layer_norm(x, {d}, {}, {}, kEpsilon) * (scale + 1.0) + shift;
  };

  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    auto start = std::chrono::steady_clock::now();
    {
      Tensor leaf = input.detach().requires_grad_(), x = leaf;
      std::vector<Tensor> m = (modulation + time).chunk(6, 1);
      Tensor u = modulated(x, m[0], m[1]);
      Tensor q = self.norm_q(self.q(u)), k = self.norm_k(self.k(u)), v = self.v(u);
      x = x + m[2] * self.o(attend(rotate(split(q), turn), rotate(split(k), turn), split(v)));
      u = at::layer_norm(x, {d}, norm3w, norm3b, kEpsilon);
      x = x + cross.o(attend(split(cross.norm_q(cross.q(u))), split(cross.norm_k(cross.k(text))), split(cross.v(text))));
      x = x + m[5] * out(at::gelu(in(modulated(x, m[3], m[4])), "tanh"));
      x.backward(gradient);
      for (Tensor* w : {&self.q.w, &self.q.b, &self.k.w, &self.k.b, &self.v.w, &self.v.b, &self.o.w, &self.o.b, &self.norm_q.w, &self.norm_k.w})
        w->mutable_grad().reset();
    }
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    std::cout << took.count() << std::endl;
  }
}
