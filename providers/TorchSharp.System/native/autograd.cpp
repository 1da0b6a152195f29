// Gradients: recording, backward passes, and nodes whose backward is managed code.
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>

#include "guard.h"

using torch::autograd::variable_list;

GAT_EXPORT int32_t gat_grad_mode() {
  return gat::guarded<int32_t>(-1, [] { return c10::GradMode::is_enabled() ? 1 : 0; });
}

GAT_EXPORT int32_t gat_set_grad_mode(int32_t enabled) {
  return gat::guarded<int32_t>(-1, [&] {
    c10::GradMode::set_enabled(enabled != 0);
    return 0;
  });
}

GAT_EXPORT void* gat_inference_mode_enter(int32_t enabled) {
  return gat::guarded<void*>(nullptr, [&] { return new c10::InferenceMode(enabled != 0); });
}

GAT_EXPORT int32_t gat_inference_mode_leave(void* guard) {
  return gat::guarded<int32_t>(-1, [&] {
    delete static_cast<c10::InferenceMode*>(guard);
    return 0;
  });
}

GAT_EXPORT int32_t gat_anomaly_mode(int32_t* check_nan) {
  return gat::guarded<int32_t>(-1, [&] {
    *check_nan = torch::autograd::AnomalyMode::should_check_nan() ? 1 : 0;
    return torch::autograd::AnomalyMode::is_enabled() ? 1 : 0;
  });
}

GAT_EXPORT int32_t gat_set_anomaly_mode(int32_t enabled, int32_t check_nan) {
  return gat::guarded<int32_t>(-1, [&] {
    torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
    return 0;
  });
}

GAT_EXPORT int32_t gat_tensor_requires_grad(gat_tensor handle) {
  return gat::guarded<int32_t>(-1, [&] { return gat::borrow(handle).requires_grad() ? 1 : 0; });
}

GAT_EXPORT int32_t gat_tensor_set_requires_grad(gat_tensor handle, int32_t requires_grad) {
  return gat::guarded<int32_t>(-1, [&] {
    gat::borrow(handle).requires_grad_(requires_grad != 0);
    return 0;
  });
}

GAT_EXPORT int32_t gat_tensor_is_leaf(gat_tensor handle) {
  return gat::guarded<int32_t>(-1, [&] { return gat::borrow(handle).is_leaf() ? 1 : 0; });
}

// Gradient accumulated in a leaf, into *grad (null when there is none). Returns 0, or -1 on failure.
GAT_EXPORT int32_t gat_tensor_grad(gat_tensor handle, gat_tensor* grad) {
  return gat::guarded<int32_t>(-1, [&] {
    *grad = gat::release(gat::borrow(handle).grad());
    return 0;
  });
}

GAT_EXPORT int32_t gat_tensor_set_grad(gat_tensor handle, gat_tensor grad) {
  return gat::guarded<int32_t>(-1, [&] {
    gat::borrow(handle).mutable_grad() = gat::borrow(grad);
    return 0;
  });
}

// Accumulates d(tensors)/d(leaves), or into inputs alone where there are any. gradients may be null; its entries too.
// retain_graph: -1 means as create_graph. Returns 0, or -1 on failure.
GAT_EXPORT int32_t gat_backward(const gat_tensor* tensors, int64_t count, const gat_tensor* gradients, int32_t retain_graph,
                                int32_t create_graph, const gat_tensor* inputs, int64_t input_count) {
  return gat::guarded<int32_t>(-1, [&] {
    torch::autograd::backward(gat::borrow_all(tensors, count),
                              gradients ? gat::borrow_all(gradients, count) : variable_list{},
                              retain_graph < 0 ? c10::nullopt : c10::optional<bool>(retain_graph != 0), create_graph != 0,
                              gat::borrow_all(inputs, input_count));
    return 0;
  });
}

// d(outputs)/d(inputs) into results[input_count] (null for an unused input). Returns 0, or -1 on failure.
GAT_EXPORT int32_t gat_grad(const gat_tensor* outputs, int64_t count, const gat_tensor* gradients, const gat_tensor* inputs,
                            int64_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                            gat_tensor* results) {
  return gat::guarded<int32_t>(-1, [&] {
    variable_list found = torch::autograd::grad(gat::borrow_all(outputs, count), gat::borrow_all(inputs, input_count),
                                                gradients ? gat::borrow_all(gradients, count) : variable_list{},
                                                retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int64_t i = 0; i < input_count; i++) results[i] = gat::release(found[i]);
    return 0;
  });
}

namespace {

// gradients: one per output of forward, null where undefined, owned by the callee.
// results: one per tensor given to forward, to be filled with owned handles or null.
// saved: what gat_function_save kept, owned by the callee. Returns 0, or the key of the managed exception.
typedef int64_t (*backward_callback)(void* state, const gat_tensor* gradients, int64_t gradient_count, const gat_tensor* saved,
                                     int64_t saved_count, gat_tensor* results, int64_t result_count);
typedef void (*release_callback)(void* state);

// A step of the graph whose derivative is managed code.
struct ManagedNode : torch::autograd::Node {
  ManagedNode(void* state, backward_callback backward, release_callback release, size_t tensors)
      : state(state), backward(backward), release(release), tensors(tensors) {}

  ~ManagedNode() override { release_state(); }

  variable_list apply(variable_list&& gradients) override {
    TORCH_CHECK(state != nullptr, "Trying to backward through the graph a second time: a managed autograd function has already "
                                  "freed what it saved. Specify retain_graph=true for the first backward.");
    std::vector<gat_tensor> incoming, kept;
    for (size_t i = 0; i < gradients.size(); i++) {
      bool fill = materialize && !gradients[i].defined();
      incoming.push_back(gat::release(fill ? input_metadata(i).zeros_like() : gradients[i]));
    }
    auto self = shared_from_this();
    for (const auto& variable : saved) kept.push_back(gat::release(variable.unpack(self)));

    std::vector<gat_tensor> outgoing(tensors, nullptr);
    int64_t failure = backward(state, incoming.data(), incoming.size(), kept.data(), kept.size(), outgoing.data(), outgoing.size());

    variable_list results;
    for (gat_tensor handle : outgoing) {
      at::Tensor gradient = gat::borrow(handle);
      if (handle != nullptr) c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(handle));
      results.push_back(std::move(gradient));
    }
    if (failure != 0) throw gat::managed_failure(failure);
    return results;
  }

  void release_variables() override {
    saved.clear();
    release_state();
  }

  std::string name() const override { return "ManagedFunction"; }

  void release_state() {
    if (state == nullptr) return;
    void* freed = state;
    state = nullptr;
    release(freed);
  }

  void* state;
  backward_callback backward;
  release_callback release;
  size_t tensors;
  bool materialize = true;
  std::vector<torch::autograd::SavedVariable> saved;
};

void delete_node(torch::autograd::Node* node) { torch::autograd::deleteNode(node); }

}  // namespace

// Whether a function of these tensors has to be recorded now.
GAT_EXPORT int32_t gat_function_is_recorded(const gat_tensor* inputs, int64_t count) {
  return gat::guarded<int32_t>(-1, [&] {
    if (!c10::GradMode::is_enabled()) return 0;
    for (int64_t i = 0; i < count; i++) {
      if (gat::borrow(inputs[i]).requires_grad()) return 1;
    }
    return 0;
  });
}

// Makes outputs, computed without recording, depend on inputs through a managed backward. recorded[i] == 0 marks output i as
// not differentiable. results receives one handle per output (the same tensor where possible, else an alias). Tensors in
// saved are kept with version checks and come back in the callback. On failure returns -1 and has not taken state.
GAT_EXPORT int32_t gat_function_record(void* state, backward_callback backward, release_callback release, int32_t materialize,
                                       const gat_tensor* inputs, int64_t input_count, const gat_tensor* outputs,
                                       const uint8_t* recorded, int64_t output_count, const gat_tensor* saved,
                                       int64_t saved_count, gat_tensor* results) {
  return gat::guarded<int32_t>(-1, [&] {
    variable_list given = gat::borrow_all(inputs, input_count);
    std::shared_ptr<ManagedNode> node(new ManagedNode(nullptr, backward, release, input_count), delete_node);
    node->materialize = materialize != 0;
    node->set_next_edges(torch::autograd::collect_next_edges(given));

    variable_list made = gat::borrow_all(outputs, output_count);
    variable_list kept = gat::borrow_all(saved, saved_count);
    for (int64_t i = 0; i < output_count; i++) {
      if (!recorded[i] || !made[i].defined()) {
        // Keeps the node's outputs in step with what forward returned.
        node->add_input_metadata(torch::autograd::Node::undefined_input());
        continue;
      }
      bool taken = made[i].requires_grad() || made[i].is_view();
      for (const at::Tensor& input : given) taken |= input.is_same(made[i]);
      if (taken) {
        at::Tensor alias = made[i].detach();
        for (at::Tensor& tensor : kept) {
          bool is_input = false;
          for (const at::Tensor& input : given) is_input |= input.is_same(tensor);
          if (!is_input && tensor.is_same(made[i])) tensor = alias;
        }
        made[i] = alias;
      }
      torch::autograd::set_history(made[i], node);
    }
    for (const at::Tensor& tensor : kept) {
      bool is_output = tensor.defined() && tensor.grad_fn().get() == node.get();
      node->saved.emplace_back(tensor, is_output);
    }
    for (int64_t i = 0; i < output_count; i++) results[i] = gat::release(made[i]);
    node->state = state;
    return 0;
  });
}
