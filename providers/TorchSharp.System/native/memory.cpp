// A CPU allocator that keeps large blocks instead of giving them back to malloc.
//
// Why: glibc returns freed blocks above 128 KiB to the system and faults them in again at the next request, and its aligned
// requests often miss freed holes, so that the heap grows although every tensor was freed. Here blocks of 32 KiB and more
// come from mmap in size classes and are reused from free lists; smaller ones go to posix_memalign.
#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <unordered_map>
#include <vector>

#include "guard.h"

namespace {

constexpr size_t KiB = 1024, MiB = 1024 * KiB;
constexpr size_t SmallestPooled = 32 * KiB;
constexpr size_t HugePage = 2 * MiB;
constexpr size_t Alignment = 64;

// Classes: multiples of 32 KiB up to 256 KiB, of 256 KiB up to 2 MiB, of 2 MiB above. Above 256 KiB at most half is unused.
size_t round_up(size_t bytes) {
  size_t step = bytes <= 256 * KiB ? 32 * KiB : bytes <= 2 * MiB ? 256 * KiB : 2 * MiB;
  return (bytes + step - 1) / step * step;
}

struct Counters {
  int64_t live_bytes = 0, live_blocks = 0, cached_bytes = 0, mapped_bytes = 0, peak_mapped_bytes = 0, maps = 0, reuses = 0;
};

class Pool {
 public:
  void* take(size_t bytes) {
    size_t size = round_up(bytes);
    std::lock_guard<std::mutex> hold(lock_);
    auto list = free_.find(size);
    void* block;
    if (list != free_.end() && !list->second.empty()) {
      block = list->second.back();
      list->second.pop_back();
      counters_.cached_bytes -= size;
      counters_.reuses++;
    } else {
      block = map(size);
    }
    counters_.live_bytes += size;
    counters_.live_blocks++;
    return block;
  }

  void reset_peak() {
    std::lock_guard<std::mutex> hold(lock_);
    counters_.peak_mapped_bytes = counters_.mapped_bytes;
  }

  // False when the block is not one of the pool's.
  bool give(void* block) {
    std::lock_guard<std::mutex> hold(lock_);
    auto found = sizes_.find(block);
    if (found == sizes_.end()) return false;
    size_t size = found->second;
    counters_.live_bytes -= size;
    counters_.live_blocks--;
    if (counters_.cached_bytes + static_cast<int64_t>(size) > limit_) {
      unmap(block, size);
    } else {
      free_[size].push_back(block);
      counters_.cached_bytes += size;
    }
    return true;
  }

  void empty() {
    std::lock_guard<std::mutex> hold(lock_);
    trim(0);
  }

  void set_limit(int64_t bytes) {
    std::lock_guard<std::mutex> hold(lock_);
    limit_ = bytes;
    trim(limit_);
  }

  int64_t limit() {
    std::lock_guard<std::mutex> hold(lock_);
    return limit_;
  }

  Counters counters() {
    std::lock_guard<std::mutex> hold(lock_);
    return counters_;
  }

 private:
  void* map(size_t size) {
    void* block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) {
      trim(0);
      block = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      TORCH_CHECK(block != MAP_FAILED, "CPU memory: no block of ", size, " bytes; ", counters_.live_bytes, " bytes are in use");
    }
    if (size >= HugePage) madvise(block, size, MADV_HUGEPAGE);
    sizes_[block] = size;
    counters_.mapped_bytes += size;
    if (counters_.mapped_bytes > counters_.peak_mapped_bytes) counters_.peak_mapped_bytes = counters_.mapped_bytes;
    counters_.maps++;
    return block;
  }

  void unmap(void* block, size_t size) {
    sizes_.erase(block);
    munmap(block, size);
    counters_.mapped_bytes -= size;
  }

  // Gives cached blocks back, largest first, until no more than target bytes are cached.
  void trim(int64_t target) {
    for (auto list = free_.rbegin(); list != free_.rend(); ++list) {
      while (!list->second.empty() && counters_.cached_bytes > target) {
        unmap(list->second.back(), list->first);
        list->second.pop_back();
        counters_.cached_bytes -= list->first;
      }
    }
  }

  // GEOALIGN_TORCH_CACHE_MIB, or an eighth of the machine's memory, at most 4 GiB.
  static int64_t default_limit() {
    if (const char* wanted = std::getenv("GEOALIGN_TORCH_CACHE_MIB")) {
      char* end = nullptr;
      long long mebibytes = std::strtoll(wanted, &end, 10);
      if (end != wanted && *end == '\0' && mebibytes >= 0) return mebibytes * static_cast<int64_t>(MiB);
    }
    int64_t physical = static_cast<int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    return std::min<int64_t>(physical / 8, int64_t{4096} * static_cast<int64_t>(MiB));
  }

  std::mutex lock_;
  std::map<size_t, std::vector<void*>> free_;
  std::unordered_map<void*, size_t> sizes_;
  Counters counters_;
  int64_t limit_ = default_limit();
};

// Never destroyed: tensors may outlive static destruction.
Pool& pool() {
  static Pool* instance = new Pool();
  return *instance;
}

void free_small(void* block) { std::free(block); }

void free_pooled(void* block) { pool().give(block); }

void free_any(void* block) {
  if (block != nullptr && !pool().give(block)) std::free(block);
}

struct PooledAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) const override {
    c10::Device cpu(c10::DeviceType::CPU);
    if (bytes == 0) return {nullptr, nullptr, &free_small, cpu};
    if (bytes >= SmallestPooled) {
      void* block = pool().take(bytes);
      return {block, block, &free_pooled, cpu};
    }
    void* block = nullptr;
    TORCH_CHECK(posix_memalign(&block, Alignment, bytes) == 0, "CPU memory: no block of ", bytes, " bytes");
    return {block, block, &free_small, cpu};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &free_any; }
};

}  // namespace

// Makes the pool libtorch's CPU allocator. Call once, before the first tensor; it stays for the life of the process.
GAT_EXPORT int32_t gat_memory_install() {
  return gat::guarded<int32_t>(-1, [] {
    static PooledAllocator allocator;
    c10::SetCPUAllocator(&allocator, 100);
    return 0;
  });
}

GAT_EXPORT int32_t gat_memory_empty_cache() {
  return gat::guarded<int32_t>(-1, [] {
    pool().empty();
    return 0;
  });
}

GAT_EXPORT int64_t gat_memory_cache_limit() {
  return gat::guarded<int64_t>(-1, [] { return pool().limit(); });
}

GAT_EXPORT int32_t gat_memory_set_cache_limit(int64_t bytes) {
  return gat::guarded<int32_t>(-1, [&] {
    pool().set_limit(bytes);
    return 0;
  });
}

// From here on peak_mapped_bytes is the most that is mapped after this call.
GAT_EXPORT int32_t gat_memory_reset_peak() {
  return gat::guarded<int32_t>(-1, [] {
    pool().reset_peak();
    return 0;
  });
}

// live_bytes, live_blocks, cached_bytes, mapped_bytes, peak_mapped_bytes, maps, reuses of the pool, in this order.
GAT_EXPORT int32_t gat_memory_counters(int64_t* seven) {
  return gat::guarded<int32_t>(-1, [&] {
    Counters c = pool().counters();
    int64_t values[] = {c.live_bytes, c.live_blocks, c.cached_bytes, c.mapped_bytes, c.peak_mapped_bytes, c.maps, c.reuses};
    std::copy(std::begin(values), std::end(values), seven);
    return 0;
  });
}
