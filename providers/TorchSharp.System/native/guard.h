// Turns C++ exceptions into a thread-local text and a return value.
#pragma once

#include <c10/core/TensorImpl.h>
#include <ATen/core/Tensor.h>

#include <exception>
#include <stdexcept>
#include <string>

#include "geoalign_torch.h"

namespace gat {

// A managed callback failed; the exception itself stays on the managed side under this key.
struct managed_failure : std::runtime_error {
  explicit managed_failure(int64_t key)
      : std::runtime_error("an exception was thrown inside a managed autograd function"), key(key) {}
  int64_t key;
};

void record_failure(std::exception_ptr failure) noexcept;

// Runs body; on failure records the text and returns on_failure.
template <typename T, typename Body>
T guarded(T on_failure, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    record_failure(std::current_exception());
    return on_failure;
  }
}

// Another reference to the tensor behind a handle the caller keeps.
inline at::Tensor borrow(gat_tensor handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      static_cast<c10::TensorImpl*>(handle)));
}

// Gives the tensor's reference to the caller.
inline gat_tensor release(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline std::vector<at::Tensor> borrow_all(const gat_tensor* handles, int64_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int64_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

}  // namespace gat
