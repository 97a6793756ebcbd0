#include "capture/tar.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <variant>

namespace accel::capture {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameSize = 100;
constexpr std::size_t kLinkSize = 100;

// Type flags of pax(1).
constexpr char kFile = '0';
constexpr char kLink = '2';
constexpr char kFolder = '5';
constexpr char kExtended = 'x';

/// What a header says.
struct Entry {
  std::string name;
  std::string target;
  char type = kFile;
  unsigned mode = 0600;
  std::uint64_t size = 0;
  std::chrono::seconds modified{};
};

void put(std::string& header, std::size_t offset, std::string_view text) {
  std::copy(text.begin(), text.end(), header.begin() + static_cast<std::ptrdiff_t>(offset));
}

/// Octal digits that fill the field but for its last byte.
void put_number(std::string& header, std::size_t offset, std::size_t size, std::uint64_t number) {
  for (std::size_t i = size - 1; i-- > 0;) {
    header[offset + i] = static_cast<char>('0' + (number & 7U));
    number >>= 3U;
  }
}

std::string header_of(const Entry& entry) {
  std::string header(kBlock, '\0');
  put(header, 0, std::string_view(entry.name).substr(0, kNameSize));
  put_number(header, 100, 8, entry.mode);
  put_number(header, 108, 8, 0);  // user
  put_number(header, 116, 8, 0);  // group
  put_number(header, 124, 12, entry.size);
  put_number(header, 136, 12, static_cast<std::uint64_t>(entry.modified.count()));
  header[156] = entry.type;
  put(header, 157, std::string_view(entry.target).substr(0, kLinkSize));
  put(header, 257, std::string_view("ustar\00000", 8));
  put(header, 148, "        ");  // The sum counts itself as blanks.
  std::uint64_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put_number(header, 148, 7, sum);
  header[154] = '\0';
  return header;
}

/// "30 path=sys/...\n": the length counts its own digits.
std::string record(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;
  std::size_t length = rest + 1;
  while (length != rest + std::to_string(length).size()) ++length;
  return std::to_string(length) + " " + std::string(key) + "=" + std::string(value) + "\n";
}

std::string padding(std::size_t size) {
  std::string zeros;
  zeros.resize((kBlock - size % kBlock) % kBlock);
  return zeros;
}

Result<void> write_entry(Entry entry, std::string_view bytes, const Sink& sink) {
  std::string long_names;
  if (entry.name.size() > kNameSize) long_names += record("path", entry.name);
  if (entry.target.size() > kLinkSize) long_names += record("linkpath", entry.target);
  if (!long_names.empty()) {
    Entry extended;
    extended.name = "pax";
    extended.type = kExtended;
    extended.size = long_names.size();
    extended.modified = entry.modified;
    auto written = sink(header_of(extended) + long_names + padding(long_names.size()));
    if (!written) return written;
  }
  entry.size = bytes.size();
  auto written = sink(header_of(entry));
  if (written && !bytes.empty()) written = sink(bytes);
  if (written && !bytes.empty()) written = sink(padding(bytes.size()));
  return written;
}

}  // namespace

Result<void> write_tar(const Tree& tree, const std::string& folder, std::chrono::seconds modified,
                       const Sink& sink) {
  Entry top;
  top.name = folder + "/";
  top.type = kFolder;
  top.mode = 0700;
  top.modified = modified;
  auto written = write_entry(top, {}, sink);
  for (const auto& [path, node] : tree) {
    if (!written) return written;
    Entry entry;
    entry.name.append(folder).append("/").append(path);
    entry.modified = modified;
    std::string_view bytes;
    if (const auto* link = std::get_if<Link>(&node)) {
      entry.type = kLink;
      entry.mode = 0777;
      entry.target = link->target;
    } else if (const auto* file = std::get_if<File>(&node)) {
      bytes = file->bytes;
    } else {
      entry.type = kFolder;
      entry.mode = 0700;
      entry.name += '/';
    }
    written = write_entry(std::move(entry), bytes, sink);
  }
  if (!written) return written;
  return sink(std::string(2 * kBlock, '\0'));
}

}  // namespace accel::capture
