#include "host/san.hpp"

#include "base/dir.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// "session1" → its first connection, "connection1:0". The address it was told to use.
Reading<std::string> iscsi_server(const Machine& machine, const std::string& session) {
  const auto dir = directory(machine, "/sys/class/iscsi_connection");
  const auto connection = dir.child("connection" + session.substr(7) + ":0");
  auto address = text_field(machine, connection, "persistent_address");
  if (!address) return address;
  const auto port = text_field(machine, connection, "persistent_port");
  return port ? Reading<std::string>{*address + ":" + *port, address.source(), address.time()}
              : address;
}

}  // namespace

SanTarget read_san_target(const Machine& machine, const BlockDevice& device) {
  if (device.attachment == Attachment::iscsi) {
    const auto session = device.component("session");
    const auto dir = directory(machine, "/sys/class/iscsi_session").child(session);
    return {iscsi_server(machine, session), text_field(machine, dir, "targetname")};
  }
  const auto port =
      directory(machine, "/sys/class/fc_remote_ports").child(device.component("rport-"));
  return {text_field(machine, port, "node_name"), text_field(machine, port, "port_name")};
}

}  // namespace accel::host
