// Finds secrets by what they look like and by what stands beside them. It knows texts, and no
// files.
#pragma once

#include <string>
#include <string_view>

#include "capture/secrets.hpp"

namespace accel::capture {

/// What has the shape of a UUID, of a hardware address, or of a container's id.
void find_shapes(std::string_view text, Secrets& secrets);

/// Addresses of the internet protocol: only in texts that hold some, since versions look alike.
void find_addresses(std::string_view text, Secrets& secrets);

/// Values of keys that say so: "Serial Number: 1", "E:ID_SERIAL=1", "password=1".
void find_keys(std::string_view text, Secrets& secrets);
/// The text without the values of passwords and their like, which no bundle may have.
[[nodiscard]] std::string without_credentials(std::string_view text, Secrets& secrets);

/// "//server/share" and "server:/export", as the tables of mounts have them; and names of people in
/// "/home/name".
void find_servers(std::string_view text, Secrets& secrets);
void find_homes(std::string_view text, Secrets& secrets);
/// Names of Kubernetes pods in the paths of their logs: "var/log/pods/namespace_name_uid".
void find_pods(std::string_view path, Secrets& secrets);

/// What a key or a file's name says of the value: true for "board_serial", "ID_FS_UUID".
[[nodiscard]] bool names_a_secret(std::string_view key);

}  // namespace accel::capture
