#include "capture/recording.hpp"

namespace accel::capture {

void Recording::started(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  ++content_.files[path].under_way;
}

// The last answer counts, since the readings that are shown come last.
void Recording::finished(const std::string& path, int error_number, std::string_view bytes,
                         bool whole) {
  const std::scoped_lock lock(mutex_);
  ReadFile& file = content_.files[path];
  --file.under_way;
  if (file.whole && error_number == 0 && !whole)
    return;  // A reader that wanted only its beginning.
  total_ -= file.bytes.size();
  file.bytes.clear();
  file.error_number = error_number;
  file.whole = error_number == 0 && whole;
  file.too_large = bytes.size() > limits_.file || total_ + bytes.size() > limits_.total;
  if (error_number != 0 || file.too_large) return;
  file.bytes = bytes;
  total_ += bytes.size();
}

void Recording::listed(const std::string& folder, int error_number) {
  const std::scoped_lock lock(mutex_);
  content_.folders[folder] = error_number;
}

void Recording::looked_at(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  content_.places.insert(path);
}

Recording::Content Recording::content() const {
  const std::scoped_lock lock(mutex_);
  return content_;
}

}  // namespace accel::capture
