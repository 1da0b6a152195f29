// Plain C++ loops over the formulas that Sophus and Eigen execute for the rows of docs/benchmarks.md, in double: a yardstick of this
// machine. One million elements in arrays, one thread, eleven repetitions a row.
//
//   g++ -O3 -march=native -DNDEBUG -o calibration calibration.cpp && taskset -c 0 ./calibration

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

struct Vec { double x, y, z; };
struct Quat { double w, x, y, z; };
struct Mat { double m[9]; };
struct Pose { Quat q; Vec t; };
struct Twist { Vec rho, omega; };

static Vec operator+(const Vec& a, const Vec& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vec operator*(double s, const Vec& a) { return {s * a.x, s * a.y, s * a.z}; }
static Vec cross(const Vec& a, const Vec& b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }

static Quat exp_so3(const Vec& o, double& theta) {
  double square = o.x * o.x + o.y * o.y + o.z * o.z, k, w;
  if (square < 1e-20) {
    theta = 0;
    k = 0.5 - square / 48;
    w = 1 - square / 8;
  } else {
    theta = std::sqrt(square);
    k = std::sin(0.5 * theta) / theta;
    w = std::cos(0.5 * theta);
  }
  return {w, k * o.x, k * o.y, k * o.z};
}

static Vec log_so3(const Quat& q, double& theta) {
  double square = q.x * q.x + q.y * q.y + q.z * q.z, k;
  if (square < 1e-20) {
    k = 2 / q.w - 2.0 / 3 * square / (q.w * q.w * q.w);
    theta = 2 * square / q.w;
  } else {
    double n = std::sqrt(square);
    k = 2 * (q.w < 0 ? std::atan2(-n, -q.w) : std::atan2(n, q.w)) / n;
    theta = k * n;
  }
  return {k * q.x, k * q.y, k * q.z};
}

static Quat mul(const Quat& a, const Quat& b) {
  Quat c{a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
         a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
  double n = c.w * c.w + c.x * c.x + c.y * c.y + c.z * c.z;
  if (n != 1) {
    double k = 2 / (1 + n);
    c = {k * c.w, k * c.x, k * c.y, k * c.z};
  }
  return c;
}

static Vec rotate(const Quat& q, const Vec& p) {
  Vec v{q.x, q.y, q.z}, t = cross(v, p);
  t = t + t;
  return p + q.w * t + cross(v, t);
}

static Mat to_matrix(const Quat& q) {
  double x = 2 * q.x, y = 2 * q.y, z = 2 * q.z;
  double wx = x * q.w, wy = y * q.w, wz = z * q.w, xx = x * q.x, xy = y * q.x, xz = z * q.x, yy = y * q.y, yz = z * q.y, zz = z * q.z;
  return {{1 - (yy + zz), xy - wz, xz + wy, xy + wz, 1 - (xx + zz), yz - wx, xz - wy, yz + wx, 1 - (xx + yy)}};
}

static Quat from_matrix(const Mat& a) {
  const double* m = a.m;
  double trace = m[0] + m[4] + m[8];
  if (trace > 0) {
    double s = std::sqrt(trace + 1), k = 0.5 / s;
    return {0.5 * s, (m[7] - m[5]) * k, (m[2] - m[6]) * k, (m[3] - m[1]) * k};
  }
  int i = m[4] > m[0] ? 1 : 0;
  if (m[8] > m[4 * i]) i = 2;
  int j = (i + 1) % 3, k = (j + 1) % 3;
  double s = std::sqrt(m[4 * i] - m[4 * j] - m[4 * k] + 1), f = 0.5 / s, v[3];
  v[i] = 0.5 * s;
  v[j] = (m[3 * j + i] + m[3 * i + j]) * f;
  v[k] = (m[3 * k + i] + m[3 * i + k]) * f;
  return {(m[3 * k + j] - m[3 * j + k]) * f, v[0], v[1], v[2]};
}

static Vec mul(const Mat& a, const Vec& p) {
  const double* m = a.m;
  return {m[0] * p.x + m[1] * p.y + m[2] * p.z, m[3] * p.x + m[4] * p.y + m[5] * p.z, m[6] * p.x + m[7] * p.y + m[8] * p.z};
}

static Mat mul(const Mat& a, const Mat& b) {
  Mat c;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) c.m[3 * i + j] = a.m[3 * i] * b.m[j] + a.m[3 * i + 1] * b.m[3 + j] + a.m[3 * i + 2] * b.m[6 + j];
  return c;
}

static Mat in_hat(double b, double c, const Vec& o) {
  double xx = o.x * o.x, yy = o.y * o.y, zz = o.z * o.z, xy = c * o.x * o.y, xz = c * o.x * o.z, yz = c * o.y * o.z;
  return {{1 - c * (yy + zz), xy - b * o.z, xz + b * o.y, xy + b * o.z, 1 - c * (xx + zz), yz - b * o.x, xz - b * o.y, yz + b * o.x, 1 - c * (xx + yy)}};
}

static Mat left_jacobian(const Vec& o, double theta) {
  if (theta < 1e-10) return in_hat(0.5, 1.0 / 6, o);
  return in_hat((1 - std::cos(theta)) / (theta * theta), (theta - std::sin(theta)) / (theta * theta * theta), o);
}

static Mat left_jacobian_inverse(const Vec& o, double theta) {
  if (theta < 1e-10) return in_hat(-0.5, 1.0 / 12, o);
  double h = 0.5 * theta;
  return in_hat(-0.5, (1 - h * std::cos(h) / std::sin(h)) / (theta * theta), o);
}

template <class F>
static void row(const char* name, F f) {
  const int n = 1000000;
  std::vector<double> ns;
  for (int r = 0; r < 12; r++) {
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < n; i++) f(i);
    double took = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / n;
    if (r > 0) ns.push_back(took);                                          // the first pass touches the pages
  }
  std::sort(ns.begin(), ns.end());
  std::printf("| %s | %.1f (%.1f) |\n", name, ns[0], ns[5]);
}

int main() {
  const int n = 1000000;
  std::mt19937_64 rng(7);
  std::uniform_real_distribution<double> uniform(-1, 1);
  auto unit = [&] {
    while (true) {
      Vec v{uniform(rng), uniform(rng), uniform(rng)};
      double length = std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
      if (length > 0.1 && length < 1) return (1 / length) * v;
    }
  };

  std::vector<Vec> omega(n), point(n), out_v(n);
  std::vector<Quat> q(n), other(n), out_q(n);
  std::vector<Mat> m(n), m2(n), out_m(n);
  std::vector<Pose> pose(n), pose2(n), out_p(n);
  std::vector<Twist> xi(n), out_x(n);
  double theta;
  for (int i = 0; i < n; i++) {
    omega[i] = 1.5 * (uniform(rng) + 1) * unit();
    point[i] = unit();
    q[i] = exp_so3(omega[i], theta);
    other[i] = exp_so3(1.5 * (uniform(rng) + 1) * unit(), theta);
    m[i] = to_matrix(q[i]);
    m2[i] = to_matrix(other[i]);
    pose[i] = {q[i], unit()};
    pose2[i] = {other[i], unit()};
    xi[i] = {unit(), omega[i]};
  }

  std::printf("| operation, plain C++ | ns: minimum (median) |\n|---|---:|\n");
  row("SO3 exp", [&](int i) { double t; out_q[i] = exp_so3(omega[i], t); });
  row("SO3 log", [&](int i) { double t; out_v[i] = log_so3(q[i], t); });
  row("SO3 compose", [&](int i) { out_q[i] = mul(q[i], other[i]); });
  row("SO3 rotate point", [&](int i) { out_v[i] = rotate(q[i], point[i]); });
  row("SO3 to matrix", [&](int i) { out_m[i] = to_matrix(q[i]); });
  row("matrix → quaternion (SO3)", [&](int i) { out_q[i] = from_matrix(m[i]); });
  row("3×3 · point", [&](int i) { out_v[i] = mul(m[i], point[i]); });
  row("3×3 · 3×3", [&](int i) { out_m[i] = mul(m[i], m2[i]); });
  row("SO3 left Jacobian", [&](int i) { out_m[i] = left_jacobian(omega[i], std::sqrt(omega[i].x * omega[i].x + omega[i].y * omega[i].y + omega[i].z * omega[i].z)); });
  row("SO3 left Jacobian, inverse", [&](int i) { out_m[i] = left_jacobian_inverse(omega[i], std::sqrt(omega[i].x * omega[i].x + omega[i].y * omega[i].y + omega[i].z * omega[i].z)); });
  row("SE3 exp", [&](int i) { double t; Quat r = exp_so3(xi[i].omega, t); out_p[i] = {r, mul(left_jacobian(xi[i].omega, t), xi[i].rho)}; });
  row("SE3 log", [&](int i) { double t; Vec o = log_so3(pose[i].q, t); out_x[i] = {mul(left_jacobian_inverse(o, t), pose[i].t), o}; });
  row("SE3 compose", [&](int i) { out_p[i] = {mul(pose[i].q, pose2[i].q), rotate(pose[i].q, pose2[i].t) + pose[i].t}; });
  row("SE3 inverse", [&](int i) { Quat c{pose[i].q.w, -pose[i].q.x, -pose[i].q.y, -pose[i].q.z}; out_p[i] = {c, -1.0 * rotate(c, pose[i].t)}; });
  row("SE3 transform point (a pose per point)", [&](int i) { out_v[i] = rotate(pose[i].q, point[i]) + pose[i].t; });
  Pose one = pose[0];
  row("SE3 transform, one pose for all points", [&](int i) { out_v[i] = rotate(one.q, point[i]) + one.t; });
  Mat r = m[0];
  Vec t = point[0];
  row("R·p + t, one matrix", [&](int i) { out_v[i] = mul(r, point[i]) + t; });

  double sum = out_v[5].x + out_q[5].w + out_m[5].m[0] + out_p[5].t.x + out_x[5].rho.x;
  return std::isfinite(sum) ? 0 : 1;
}
