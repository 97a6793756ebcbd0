#include "host/cpu_caches.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/number.hpp"
#include "host/cpu_list.hpp"
#include "host/cpu_topology.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// "48K", as drivers/base/cacheinfo.c writes it; it knows no other unit, we take M as well.
Reading<Bytes> cache_size(const Machine& machine, const base::Dir& index) {
  const auto text = text_field(machine, index, "size");
  if (!text) return {text.absence(), text.source(), text.time()};
  std::string_view digits = *text;
  std::int64_t unit = 1;
  if (digits.ends_with('K')) unit = std::int64_t{1} << 10;
  if (digits.ends_with('M')) unit = std::int64_t{1} << 20;
  if (unit > 1) digits.remove_suffix(1);
  const auto number = base::parse_integer(digits);
  const auto size = number ? scaled(*number, unit) : number;
  if (!size) return {nonsense(text.source() + ": " + size.error().message), text.source()};
  return {Bytes{*size}, text.source(), text.time()};
}

/// The kernel has no limit; processors have three to five.
constexpr int kMostCaches = 16;

/// Caches are alike when level, type and size are; a size that is not known, -1, is like another.
using Kind = std::tuple<int, std::string, std::int64_t>;

struct Census {
  std::map<Kind, CpuCache> kinds;
  /// Processors whose cache of that level and type is counted already.
  std::map<std::pair<int, std::string>, std::set<int>> covered;
};

/// False where there is no such cache, hence none of a higher number.
bool count_cache(const Machine& machine, const base::Dir& index, int thread, Census& census) {
  const auto level = index.integer("level");
  if (!level && level.error().code == Errc::operation_not_supported) return index.exists();
  const auto type = text_field(machine, index, "type");
  if (!level || !type || *level < 1 || *level > 9) return true;
  auto& covered = census.covered[{static_cast<int>(*level), *type}];
  if (covered.contains(thread)) return true;

  const auto text = index.text("shared_cpu_list");
  const auto shared = text ? parse_cpu_list(*text) : Result<std::vector<int>>{text.error()};
  // Without the list nobody can tell one instance from the next.
  if (!shared || std::ranges::find(*shared, thread) == shared->end()) return true;
  covered.insert(shared->begin(), shared->end());

  auto size = cache_size(machine, index);
  const Kind kind{static_cast<int>(*level), *type, size ? size->value : -1};
  auto& cache = census.kinds[kind];
  if (cache.instances++ > 0) return true;
  cache.level = std::get<int>(kind);
  cache.type = *type;
  cache.size = std::move(size);
  return true;
}

}  // namespace

std::vector<CpuCache> read_caches(const Machine& machine, const std::vector<int>& threads) {
  Census census;
  for (const int thread : threads) {
    const auto dir = cpu_directory(machine, thread).child("cache");
    // By number, because listing a directory costs more than one look too many.
    for (int i = 0; i < kMostCaches; ++i) {
      if (!count_cache(machine, dir.child("index" + std::to_string(i)), thread, census)) break;
    }
  }
  std::vector<CpuCache> caches;
  for (auto& [kind, cache] : census.kinds) caches.push_back(std::move(cache));
  return caches;
}

}  // namespace accel::host
