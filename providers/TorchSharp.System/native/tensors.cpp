// What a tensor is made of: life time, shape, type, memory.
#include <ATen/EmptyTensor.h>
#include <ATen/Functions.h>
#include <c10/core/ScalarType.h>

#include <cstring>

#include "guard.h"

namespace {
const c10::TensorImpl& impl(gat_tensor handle) { return *static_cast<const c10::TensorImpl*>(handle); }
}  // namespace

// Drops the reference behind a handle. Also runs on the finaliser thread.
GAT_EXPORT void gat_tensor_free(gat_tensor handle) {
  gat::guarded<int>(0, [&] {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(handle));
    return 0;
  });
}

// Another handle to the same tensor. Null on failure.
GAT_EXPORT gat_tensor gat_tensor_share(gat_tensor handle) {
  return gat::guarded<gat_tensor>(nullptr, [&] { return gat::release(gat::borrow(handle)); });
}

GAT_EXPORT int64_t gat_tensor_ndim(gat_tensor handle) {
  return gat::guarded<int64_t>(-1, [&] { return impl(handle).dim(); });
}

GAT_EXPORT int64_t gat_tensor_numel(gat_tensor handle) {
  return gat::guarded<int64_t>(-1, [&] { return impl(handle).numel(); });
}

// Writes the sizes and (where not null) the strides of all dimensions. Returns 0, or -1 on failure.
GAT_EXPORT int32_t gat_tensor_layout(gat_tensor handle, int64_t* sizes, int64_t* strides) {
  return gat::guarded<int32_t>(-1, [&] {
    auto shape = impl(handle).sizes();
    std::copy(shape.begin(), shape.end(), sizes);
    if (strides != nullptr) {
      auto steps = impl(handle).strides();
      std::copy(steps.begin(), steps.end(), strides);
    }
    return 0;
  });
}

GAT_EXPORT int32_t gat_tensor_dtype(gat_tensor handle) {
  return gat::guarded<int32_t>(-1, [&] { return static_cast<int32_t>(c10::typeMetaToScalarType(impl(handle).dtype())); });
}

GAT_EXPORT int32_t gat_tensor_device(gat_tensor handle, int32_t* index) {
  return gat::guarded<int32_t>(-1, [&] {
    c10::Device device = impl(handle).device();
    *index = device.index();
    return static_cast<int32_t>(device.type());
  });
}

GAT_EXPORT int32_t gat_tensor_is_contiguous(gat_tensor handle) {
  return gat::guarded<int32_t>(-1, [&] { return impl(handle).is_contiguous() ? 1 : 0; });
}

// First element in memory, null for an empty tensor. *failed is 0, or 1 on failure.
GAT_EXPORT void* gat_tensor_data(gat_tensor handle, int32_t* failed) {
  *failed = 1;
  return gat::guarded<void*>(nullptr, [&]() -> void* {
    at::Tensor tensor = gat::borrow(handle);
    TORCH_CHECK(tensor.device().is_cpu(), "memory of a tensor on ", tensor.device(), " cannot be read; call cpu() first");
    void* data = tensor.data_ptr();
    *failed = 0;
    return data;
  });
}

// A new contiguous CPU tensor with a copy of the given bytes. Null on failure.
GAT_EXPORT gat_tensor gat_tensor_from_memory(const void* data, const int64_t* sizes, int64_t ndim, int32_t dtype) {
  return gat::guarded<gat_tensor>(nullptr, [&] {
    at::Tensor tensor = at::detail::empty_cpu(at::IntArrayRef(sizes, ndim), static_cast<c10::ScalarType>(dtype));
    if (tensor.numel() > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    return gat::release(std::move(tensor));
  });
}
