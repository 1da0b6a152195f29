// Settings of the whole process and random number generators.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/DefaultDtype.h>
#include <torch/version.h>

#include "guard.h"

namespace {
at::Generator& generator(gat_generator handle) { return *static_cast<at::Generator*>(handle); }
}  // namespace

GAT_EXPORT const char* gat_version() { return TORCH_VERSION; }

GAT_EXPORT int32_t gat_threads() {
  return gat::guarded<int32_t>(-1, [] { return at::get_num_threads(); });
}

GAT_EXPORT int32_t gat_set_threads(int32_t count) {
  return gat::guarded<int32_t>(-1, [&] { at::set_num_threads(count); return 0; });
}

GAT_EXPORT int32_t gat_interop_threads() {
  return gat::guarded<int32_t>(-1, [] { return at::get_num_interop_threads(); });
}

GAT_EXPORT int32_t gat_set_interop_threads(int32_t count) {
  return gat::guarded<int32_t>(-1, [&] { at::set_num_interop_threads(count); return 0; });
}

GAT_EXPORT int32_t gat_default_dtype() {
  return gat::guarded<int32_t>(-1, [] { return static_cast<int32_t>(c10::typeMetaToScalarType(c10::get_default_dtype())); });
}

GAT_EXPORT int32_t gat_set_default_dtype(int32_t dtype) {
  return gat::guarded<int32_t>(-1, [&] {
    c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(dtype)));
    return 0;
  });
}

GAT_EXPORT int32_t gat_deterministic(int32_t* warn_only) {
  return gat::guarded<int32_t>(-1, [&] {
    *warn_only = at::globalContext().deterministicAlgorithmsWarnOnly() ? 1 : 0;
    return at::globalContext().deterministicAlgorithms() ? 1 : 0;
  });
}

GAT_EXPORT int32_t gat_set_deterministic(int32_t enabled, int32_t warn_only) {
  return gat::guarded<int32_t>(-1, [&] {
    at::globalContext().setDeterministicAlgorithms(enabled != 0, warn_only != 0);
    return 0;
  });
}

// The process's own CPU generator, as a handle to be freed like any other.
GAT_EXPORT gat_generator gat_generator_default() {
  return gat::guarded<gat_generator>(nullptr, [] { return new at::Generator(at::detail::getDefaultCPUGenerator()); });
}

GAT_EXPORT gat_generator gat_generator_new(uint64_t seed) {
  return gat::guarded<gat_generator>(nullptr, [&] { return new at::Generator(at::detail::createCPUGenerator(seed)); });
}

GAT_EXPORT void gat_generator_free(gat_generator handle) {
  gat::guarded<int32_t>(0, [&] {
    delete static_cast<at::Generator*>(handle);
    return 0;
  });
}

GAT_EXPORT int32_t gat_generator_set_seed(gat_generator handle, uint64_t seed) {
  return gat::guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> hold(generator(handle).mutex());
    generator(handle).set_current_seed(seed);
    return 0;
  });
}

// Seeds from the system's source of randomness and returns the seed.
GAT_EXPORT int32_t gat_generator_reseed(gat_generator handle, uint64_t* seed) {
  return gat::guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> hold(generator(handle).mutex());
    *seed = generator(handle).seed();
    return 0;
  });
}

GAT_EXPORT int32_t gat_generator_seed(gat_generator handle, uint64_t* seed) {
  return gat::guarded<int32_t>(-1, [&] {
    *seed = generator(handle).current_seed();
    return 0;
  });
}

GAT_EXPORT gat_tensor gat_generator_state(gat_generator handle) {
  return gat::guarded<gat_tensor>(nullptr, [&] {
    std::lock_guard<std::mutex> hold(generator(handle).mutex());
    return gat::release(generator(handle).get_state());
  });
}

GAT_EXPORT int32_t gat_generator_set_state(gat_generator handle, gat_tensor state) {
  return gat::guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> hold(generator(handle).mutex());
    generator(handle).set_state(gat::borrow(state));
    return 0;
  });
}

// Switches of the CUDA back end that a program may set before it knows its device.
// 0: matmul may use TF32. 1: matmul may reduce half precision in half precision. 2: cuDNN may use TF32.
GAT_EXPORT int32_t gat_precision_switch(int32_t which) {
  return gat::guarded<int32_t>(-1, [&] {
    const auto& context = at::globalContext();
    return which == 0 ? context.allowTF32CuBLAS() : which == 1 ? context.allowFP16ReductionCuBLAS() : context.allowTF32CuDNN();
  });
}

GAT_EXPORT int32_t gat_set_precision_switch(int32_t which, int32_t allowed) {
  return gat::guarded<int32_t>(-1, [&] {
    auto& context = at::globalContext();
    if (which == 0) context.setAllowTF32CuBLAS(allowed != 0);
    if (which == 1) context.setAllowFP16ReductionCuBLAS(allowed != 0);
    if (which == 2) context.setAllowTF32CuDNN(allowed != 0);
    return 0;
  });
}
