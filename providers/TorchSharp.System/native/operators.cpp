// Calls any operator of libtorch by its schema name. One boxed call serves all operators: arguments arrive as tagged
// values, missing trailing ones take the schema's defaults.
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <vector>

#include "guard.h"

namespace {

using c10::IValue;
using c10::TypeKind;

const c10::Type& inside_optional(const c10::Type& type) {
  return type.kind() == TypeKind::OptionalType ? *type.containedType(0) : type;
}

// Tensor?[] is a list of optionals; Tensor[] is not.
IValue tensor_list(const gat_value& value, const c10::Type& formal) {
  const auto* handles = static_cast<const gat_tensor*>(value.pointer);
  bool optional = formal.kind() == TypeKind::ListType && formal.containedType(0)->kind() == TypeKind::OptionalType;
  if (optional) {
    c10::List<c10::optional<at::Tensor>> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) {
      list.push_back(handles[i] ? c10::optional<at::Tensor>(gat::borrow(handles[i])) : c10::nullopt);
    }
    return IValue(std::move(list));
  }
  c10::List<at::Tensor> list;
  list.reserve(value.count);
  for (int32_t i = 0; i < value.count; i++) list.push_back(gat::borrow(handles[i]));
  return IValue(std::move(list));
}

template <typename T>
IValue number_list(const gat_value& value) {
  const auto* numbers = static_cast<const T*>(value.pointer);
  return IValue(at::ArrayRef<T>(numbers, value.count));
}

IValue to_ivalue(const gat_value& value, const c10::Argument& argument) {
  const c10::Type& formal = inside_optional(*argument.type());
  switch (value.kind) {
    case GAT_NONE:
      return IValue();
    case GAT_TENSOR:
      return IValue(gat::borrow(const_cast<void*>(value.pointer)));
    case GAT_INTEGER:
      if (formal.kind() == TypeKind::FloatType) return IValue(static_cast<double>(value.integer));
      return IValue(value.integer);
    case GAT_REAL:
      return IValue(value.real);
    case GAT_BOOLEAN:
      return IValue(value.integer != 0);
    case GAT_INTEGERS:
      return number_list<int64_t>(value);
    case GAT_REALS:
      return number_list<double>(value);
    case GAT_TENSORS:
      return tensor_list(value, formal);
    case GAT_TEXT:
      return IValue(std::string(static_cast<const char*>(value.pointer), value.count));
    case GAT_GENERATOR:
      return IValue(*static_cast<const at::Generator*>(value.pointer));
    case GAT_DEVICE:
      return IValue(c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.count)));
    default:
      TORCH_CHECK(false, "argument '", argument.name(), "' has the unknown kind ", value.kind);
  }
}

void append_result(IValue&& result, std::vector<gat_value>& results) {
  gat_value value{};
  if (result.isTensor()) {
    value.kind = GAT_TENSOR;
    value.pointer = gat::release(std::move(result).toTensor());
  } else if (result.isTensorList()) {
    for (const at::Tensor& item : result.toTensorVector()) append_result(IValue(item), results);
    return;
  } else if (result.isBool()) {
    value.kind = GAT_BOOLEAN;
    value.integer = result.toBool();
  } else if (result.isInt()) {
    value.kind = GAT_INTEGER;
    value.integer = result.toInt();
  } else if (result.isDouble()) {
    value.kind = GAT_REAL;
    value.real = result.toDouble();
  } else {
    TORCH_CHECK(false, "results of type ", result.tagKind(), " do not cross this border");
  }
  results.push_back(value);
}

thread_local std::vector<gat_value> last_results;

}  // namespace

// Finds an operator, for instance name "sum", overload "dim_IntList". Null when libtorch has no such operator.
// The handle stays valid for the life of the process.
GAT_EXPORT void* gat_operator_find(const char* name, const char* overload) {
  return gat::guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, overload});
    TORCH_CHECK(found.has_value(), "libtorch has no operator aten::", name, *overload ? "." : "", overload);
    return new c10::OperatorHandle(*found);
  });
}

// Calls an operator. Returns the number of results, -1 on failure. Tensor lists are flattened. *results is valid until
// this thread's next call; each tensor in it belongs to the caller. With results == null they are dropped.
GAT_EXPORT int64_t gat_operator_call(const void* handle, const gat_value* arguments, int64_t count, const gat_value** results) {
  return gat::guarded<int64_t>(-1, [&] {
    const auto& op = *static_cast<const c10::OperatorHandle*>(handle);
    const auto& formals = op.schema().arguments();
    TORCH_CHECK(count <= static_cast<int64_t>(formals.size()), op.operator_name(), " takes ", formals.size(),
                " arguments, ", count, " were given");
    std::vector<IValue> stack;
    stack.reserve(formals.size());
    for (int64_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i], formals[i]));
    for (size_t i = count; i < formals.size(); i++) {
      TORCH_CHECK(formals[i].default_value().has_value(), op.operator_name(), " needs a value for '", formals[i].name(), "'");
      stack.push_back(*formals[i].default_value());
    }

    op.callBoxed(&stack);

    if (results == nullptr) return int64_t{0};
    last_results.clear();
    for (IValue& result : stack) append_result(std::move(result), last_results);
    *results = last_results.data();
    return static_cast<int64_t>(last_results.size());
  });
}
