#include "capture/scrub.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "capture/firmware_tables.hpp"
#include "capture/process_files.hpp"
#include "capture/scrubbed_document.hpp"
#include "capture/secret_search.hpp"

namespace accel::capture {
namespace {

constexpr std::string_view kPasswd = "etc/passwd";
constexpr std::string_view kDmi = "sys/firmware/dmi/tables/DMI";

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool starts_with_any(std::string_view path, std::span<const std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view s) { return path.starts_with(s); });
}

/// Texts of packages speak of keys and addresses, and mean none of this machine's.
bool speaks_of_this_machine(std::string_view path) {
  constexpr std::array<std::string_view, 5> kStarts{"sys/", "proc/", "run/", "etc/", "dev/"};
  return starts_with_any(path, kStarts);
}

bool is_mount_table(std::string_view path) {
  const auto name = name_of(path);
  return name == "mountinfo" || name == "mounts" || name == "fstab" || name == "mtab";
}

bool holds_addresses(std::string_view path) {
  constexpr std::array<std::string_view, 5> kStarts{"sys/class/nvme", "sys/class/iscsi",
                                                    "proc/net/", "etc/hosts", "etc/resolv"};
  const auto name = name_of(path);
  return is_mount_table(path) || starts_with_any(path, kStarts) || path == "proc/cmdline" ||
         name == "address" || name == "traddr" || name == "targetname" ||
         name == "persistent_address" || name.ends_with("_addr");
}

bool is_configuration(std::string_view path) {
  return path.starts_with("etc/") || path == "proc/cmdline";
}

/// That holds nothing but the machine's own name.
bool is_host_file(std::string_view path) {
  return path == "proc/sys/kernel/hostname" || path == "etc/hostname";
}

/// "status" of "proc/123/status"; empty for what is no file of a program.
std::string_view process_file(std::string_view path) {
  if (!path.starts_with("proc/")) return {};
  path.remove_prefix(5);
  const auto pid = path.substr(0, path.find('/'));
  const bool is_pid = !pid.empty() && pid.find_first_not_of("0123456789") == std::string::npos;
  return is_pid && pid.size() < path.size() ? path.substr(pid.size() + 1) : std::string_view();
}

bool is_text(std::string_view bytes) { return bytes.find('\0') == std::string_view::npos; }

/// Each line of a file whose name says what it holds.
void find_by_name(std::string_view name, std::string_view text, Secrets& secrets) {
  const bool is_host = name == "hostname" || name == "nodename";
  if (!is_host && !names_a_secret(name)) return;
  const auto kind = is_host                                       ? SecretKind::host
                    : name.find("uuid") != std::string_view::npos ? SecretKind::uuid
                                                                  : SecretKind::serial;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    secrets.add(kind, line);
    // "node1.example.com" is "node1" to most.
    if (is_host) secrets.add(kind, line.substr(0, line.find('.')));
  }
}

void find_in(std::string_view path, std::string_view bytes, Secrets& secrets) {
  if (path == kPasswd) return find_people(bytes, secrets);
  const bool is_command = path.ends_with("/cmdline") && path != "proc/cmdline";
  if (!speaks_of_this_machine(path) || !is_text(bytes) || is_command) return;
  find_by_name(name_of(path), bytes, secrets);
  find_shapes(bytes, secrets);
  find_keys(bytes, secrets);
  find_homes(bytes, secrets);
  if (is_mount_table(path)) find_servers(bytes, secrets);
  if (holds_addresses(path)) find_addresses(bytes, secrets);
}

std::string scrubbed_bytes(std::string_view path, std::string_view bytes, Secrets& secrets) {
  if (path == kPasswd) return scrubbed_passwd(bytes, secrets);
  if (path == kDmi) {
    return secrets.hidden(scrubbed_dmi(bytes, secrets.pseudonyms()), true);
  }
  const bool is_config = name_of(path) == "config" && path.starts_with("sys/");
  if (is_config && !is_text(bytes)) return scrubbed_pci_config(bytes, secrets.pseudonyms());
  if (is_host_file(path)) {
    const auto name = bytes.substr(0, bytes.find('\n'));
    return secrets.host(name).append(bytes.substr(name.size()));
  }
  if (const auto file = process_file(path); !file.empty()) {
    return secrets.hidden(scrubbed_process_file(file, bytes, secrets));
  }
  return secrets.hidden(bytes, !is_text(bytes));
}

}  // namespace

Tree without_credentials(Tree tree, Secrets& secrets) {
  for (auto& [path, node] : tree) {
    auto* file = std::get_if<File>(&node);
    if (file == nullptr || !is_configuration(path) || path == kPasswd) continue;
    file->bytes = without_credentials(file->bytes, secrets);
  }
  return tree;
}

Scrubbed scrubbed(const Tree& tree, std::vector<std::pair<std::string, std::string>> documents,
                  Secrets& secrets) {
  for (const auto& [path, node] : tree) {
    if (const auto* file = std::get_if<File>(&node)) find_in(path, file->bytes, secrets);
    find_shapes(path, secrets);
    find_pods(path, secrets);
  }
  for (auto& [name, text] : documents) text = scrubbed_document(text, secrets);

  Scrubbed made;
  for (const auto& [path, node] : tree) {
    const std::string name = secrets.hidden(path);
    if (const auto* file = std::get_if<File>(&node)) {
      made.tree[name] = File{scrubbed_bytes(path, file->bytes, secrets)};
    } else if (const auto* link = std::get_if<Link>(&node)) {
      made.tree[name] = Link{secrets.hidden(link->target)};
    } else {
      made.tree[name] = Folder{};
    }
  }
  for (auto& [name, text] : documents) text = secrets.hidden(text);
  made.documents = std::move(documents);
  for (std::size_t i = 0; i < kSecretKinds; ++i) {
    const auto kind = static_cast<SecretKind>(i);
    made.hidden.emplace_back(kind, secrets.count(kind));
  }
  return made;
}

}  // namespace accel::capture
