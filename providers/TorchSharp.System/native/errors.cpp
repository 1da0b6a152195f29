// The last failure of each thread.
#include <c10/util/Exception.h>

#include "guard.h"

namespace gat {
namespace {
thread_local std::string last_text;
thread_local int64_t last_managed_key = 0;
}  // namespace

void record_failure(std::exception_ptr failure) noexcept {
  try {
    last_managed_key = 0;
    try {
      std::rethrow_exception(failure);
    } catch (const managed_failure& e) {
      last_managed_key = e.key;
      last_text = e.what();
    } catch (const c10::Error& e) {
      last_text = e.what_without_backtrace();
    } catch (const std::exception& e) {
      last_text = e.what();
    } catch (...) {
      last_text = "unknown C++ exception";
    }
  } catch (...) {
    // Out of memory while copying the text: an empty text is all that is left to say.
    last_text.clear();
  }
}

}  // namespace gat

// Text of this thread's last failure, UTF-8; valid until its next one. managed_key receives the key that a failed
// managed callback returned, or 0.
GAT_EXPORT const char* gat_last_error(int64_t* managed_key) {
  *managed_key = gat::last_managed_key;
  return gat::last_text.c_str();
}
