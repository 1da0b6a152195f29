// C ABI between libtorch and the managed assembly GeoAlign.TorchSharp.System.
//
// Conventions
// - A tensor handle is a c10::TensorImpl* that owns one reference; null is the undefined tensor.
// - Every function may fail. It then returns the value said at its declaration and leaves a text for gat_last_error().
// - No C++ exception ever crosses this border.
#pragma once

#include <cstdint>

#define GAT_EXPORT extern "C" __attribute__((visibility("default")))

typedef void* gat_tensor;
typedef void* gat_generator;

enum gat_kind : int32_t {
  GAT_NONE = 0,
  GAT_TENSOR = 1,       // pointer
  GAT_INTEGER = 2,      // integer
  GAT_REAL = 3,         // real
  GAT_BOOLEAN = 4,      // integer, 0 or 1
  GAT_INTEGERS = 5,     // pointer to int64_t[count]
  GAT_REALS = 6,        // pointer to double[count]
  GAT_TENSORS = 7,      // pointer to gat_tensor[count]; null entries where the operator takes optional tensors
  GAT_TEXT = 8,         // pointer to char[count], UTF-8, no terminator
  GAT_GENERATOR = 9,    // pointer
  GAT_DEVICE = 10,      // integer = type; count = index
};

// One argument or result of an operator.
struct gat_value {
  int32_t kind;
  int32_t count;
  union {
    int64_t integer;
    double real;
    const void* pointer;
  };
};
