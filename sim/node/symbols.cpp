#include "symbols.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "../model/node.hpp"

namespace accel::sim {
namespace {

constexpr char kLibraryName[] = "libnvidia-ml.so.1";

bool read_file(const std::string& path, std::string& bytes) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  char block[65536];
  ssize_t length = 0;
  while ((length = ::read(fd, block, sizeof block)) > 0) {
    bytes.append(block, static_cast<std::size_t>(length));
  }
  ::close(fd);
  return length == 0;
}

bool write_file(const std::string& path, const std::string& bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0755);
  if (fd < 0) return false;
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t length = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (length < 0) break;
    done += static_cast<std::size_t>(length);
  }
  return ::close(fd) == 0 && done == bytes.size();
}

template <class T>
bool at(const std::string& bytes, std::size_t offset, T& out) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof out) return false;
  std::memcpy(&out, bytes.data() + offset, sizeof out);
  return true;
}

/// Overwrites the names of hidden functions in the dynamic string table: the loader finds the entry
/// of a name through its hash, then compares the text, which no longer matches.
bool hide(std::string& bytes, const std::set<std::string_view>& hidden) {
  Elf64_Ehdr header{};
  if (!at(bytes, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64) {
    return false;
  }
  for (std::size_t i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr symbols{};
    Elf64_Shdr strings{};
    if (!at(bytes, header.e_shoff + i * sizeof symbols, symbols)) return false;
    if (symbols.sh_type != SHT_DYNSYM) continue;
    if (!at(bytes, header.e_shoff + symbols.sh_link * sizeof strings, strings)) return false;
    if (strings.sh_offset + strings.sh_size > bytes.size()) return false;
    for (std::size_t at_symbol = 0; at_symbol < symbols.sh_size; at_symbol += sizeof(Elf64_Sym)) {
      Elf64_Sym symbol{};
      if (!at(bytes, symbols.sh_offset + at_symbol, symbol)) return false;
      if (symbol.st_name >= strings.sh_size) return false;
      char* name = bytes.data() + strings.sh_offset + symbol.st_name;
      if (hidden.contains(std::string_view(name))) name[0] = '-';
    }
    return true;
  }
  return false;
}

}  // namespace

const std::vector<Symbol>& nvml_symbols() {
  static const std::vector<Symbol> symbols = {
#define DONE(name, since) {#name, since},
#define STUB(name, since) {#name, since},
#include "../nvml/functions.inc"
#undef DONE
#undef STUB
  };
  return symbols;
}

std::vector<std::string_view> symbols_after(std::string_view driver_version) {
  const std::uint64_t version = version_number(driver_version);
  std::vector<std::string_view> names;
  for (const Symbol& symbol : nvml_symbols()) {
    if (version_number(symbol.since) > version) names.push_back(symbol.name);
  }
  return names;
}

Problem place_library(const std::string& library, const std::string& dir,
                      const std::vector<std::string_view>& hidden) {
  if (::mkdir(dir.c_str(), 0755) != 0 && errno != EEXIST) return system_problem(dir, errno);
  const std::string file = dir + '/' + kLibraryName;
  const std::string fresh = file + ".new";
  ::unlink(fresh.c_str());
  if (hidden.empty()) {
    if (::symlink(library.c_str(), fresh.c_str()) != 0) return system_problem(fresh, errno);
  } else {
    std::string bytes;
    if (!read_file(library, bytes)) return system_problem(library, errno);
    if (!hide(bytes, {hidden.begin(), hidden.end()})) {
      return {Fail::malformed, library + ": no dynamic symbols"};
    }
    if (!write_file(fresh, bytes)) return system_problem(fresh, errno);
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) return system_problem(file, errno);
  return {};
}

}  // namespace accel::sim
